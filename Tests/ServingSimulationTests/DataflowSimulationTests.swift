import Hardware
import ModelArchitecture
import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing

/// Runs on a pipeline of chips, whose steps are now bound by its latency, now by its slowest stage.
struct DataflowSimulationTests {
  @Test func fastForwardEqualsStepByStepOnAPipeline() throws {
    var boundByLatency = 0
    var boundByWork = 0
    for seed in LongTests.seeds(short: 100, long: 5_000) {
      let scenario = RandomScenario(seed: seed)
      var random = RandomStream(seed: seed, name: "pipeline")
      var design = ReplicaDesign(
        architecture: SampleModels.all[random.integer(in: 0...SampleModels.all.count - 1)],
        hardware: try HardwareCatalogue.load(nameOrPath: "groq-lpu"),
        precision: Precision(weights: .int8, keyValueCache: .bf16),
        layout: ParallelLayout(pipeline: random.integer(in: 1...3)), host: .none)
      // So short that a few sequences of a few hundred tokens fill the pipeline.
      design.hardware.lpu?.layerLatency?.value = [41e-6, 1e-6, 100e-9][random.integer(in: 0...2)]
      if random.integer(in: 0...2) == 0 { design.host = .serial(step: 1e-5, sequence: 1e-7) }
      if random.integer(in: 0...1) == 0 { design.host.overlapsAccelerator = true }
      var configuration = scenario.configuration
      configuration.model = StepModel(design)
      let fast = Simulation(configuration).finish()
      configuration.mode = .stepwise
      let slow = Simulation(configuration).finish()
      let differences = SummaryDifferences.between(fast, slow)
      #expect(differences == [], "\(scenario)")
      let broken = LawChecker.brokenLaws(of: fast, behind: configuration.pools[0].frontEnd)
      #expect(broken == [], "\(scenario)")
      if fast.work.interconnect > 0 { boundByLatency += 1 }
      if fast.work.interconnect < fast.work.compute + fast.work.memory { boundByWork += 1 }
      #expect(fast.work.interconnect >= 0 && fast.work.host >= 0, "\(scenario)")
    }
    #expect(boundByLatency > 10)
    #expect(boundByWork > 10)
  }
}
