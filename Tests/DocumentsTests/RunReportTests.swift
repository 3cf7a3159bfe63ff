import Economics
import OperatorCosts
import Outcomes
import Results
import Scenarios
import ServingSimulation
import Testing

@testable import Documents

/// The document of a small run, and what must hold of any.
@Suite struct RunReportTests {
  static func report(_ changes: String..., hardware: String = "h200-sxm") throws -> RunReport {
    let text =
      """
      schema: windtunnel/scenario/1
      model: meta-llama/Llama-3.1-8B
      hardware: \(hardware)
      engine: vllm
      workload:
        requests: 40
        arrivals: {process: poisson, rate: 4 req/s}
        input: 500
        output: 50

      """ + changes.joined(separator: "\n")
    let scenario = try ScenarioCatalogue.read(text: text, file: "test.yaml", overrides: []) { _ in
      fatalError("there is no trace")
    }
    let deployment = try Deployment(scenario)
    let summary = Simulation(deployment.configuration()).finish()
    return RunReport(summary, of: deployment)
  }

  @Test func sharesOfTheMakespanAddUpToOne() throws {
    let bound = try #require(try Self.report().results.boundBy)
    let sum = bound.compute + bound.memory + bound.interconnect + bound.host + bound.idle
    #expect(abs(sum - 1) < 1e-9)
    #expect(bound.idle > 0)
  }

  @Test func costLinesMultiplyAndAddUpAsPrinted() throws {
    let cost = try #require(try Self.report().results.cost)
    for line in cost.lines {
      #expect(abs(line.quantity * line.unitPrice - line.cost) <= 0.500001e-6, "\(line.item)")
    }
    #expect(abs(cost.lines.reduce(0) { $0 + $1.cost } - cost.total) < 1e-12)
  }

  // MARK: Pools

  private static let twoPools = """
    pools:
      prefill: {parallelism: {tensor: 2}}
      decode: {replicas: 2, hardware: h100-sxm}
    """

  @Test func sharesAreWeightedByAccelerators() throws {
    let results = try Self.report(Self.twoPools).results
    let whole = try #require(results.boundBy)
    let parts = try results.pools.map { try #require($0.boundBy) }
    for bound in parts + [whole] {
      let sum = bound.compute + bound.memory + bound.interconnect + bound.host + bound.idle
      #expect(abs(sum - 1) < 1e-9)
    }
    #expect(results.pools.map(\.accelerators) == [2, 2])
    #expect(abs(whole.memory - (parts[0].memory + parts[1].memory) / 2) < 2e-6)
    let utilization = results.pools.compactMap(\.modelFLOPsUtilization)
    let mean = (utilization[0] + utilization[1]) / 2
    #expect(abs(try #require(results.modelFLOPsUtilization) - mean) < 1e-5 * mean)
  }

  @Test func everyPoolHasItsCost() throws {
    let results = try Self.report(Self.twoPools).results
    let cost = try #require(results.cost)
    #expect(cost.lines.map(\.pool) == ["prefill", "prefill", "decode", "decode"])
    #expect(abs(cost.lines.reduce(0) { $0 + $1.cost } - cost.total) < 1e-12)
    let pools = results.pools.compactMap(\.cost).reduce(0, +)
    #expect(abs(pools - cost.total) < 1e-12)
    let hours = cost.lines.reduce(0) { $0 + $1.quantity }
    #expect(abs(hours - results.makespanSeconds * 4 / 3600) < 2e-9)
    let prices = cost.perMillionTokens
    let paid =
      (prices.input ?? 0) * Double(results.tokens.input)
      + (prices.output ?? 0) * Double(results.tokens.output)
    #expect(abs(paid / 1e6 / cost.total - 1) < 1e-9)
  }

  @Test func transfersAreCounted() throws {
    let report = try Self.report(Self.twoPools)
    let transfers = try #require(report.results.transfers)
    #expect(transfers.count == 40)
    // Prompts of 500 tokens, 131,072 bytes each.
    #expect(transfers.bytes == 40 * 500 * 131_072)
    #expect(report.inputs.transfer?.link == "scale_out")
    #expect(try Self.report().results.transfers == nil)
  }

  /// Chips that do the feed-forwards are part of the account, and what nobody knows of them too.
  @Test func chipsBesideThePoolAreAccountedFor() throws {
    let report = try Self.report("feed_forward: {hardware: groq-3-lpx, chips: 64}")
    #expect(report.inputs.layout.accelerators == 65)
    #expect(report.inputs.hardware.name == "h200-sxm + groq-3-lpx")
    #expect(report.results.cost == nil)
    #expect(
      report.results.unknown.map(\.reason) == [
        "the profile `groq-3-lpx` has no TDP or no idle power",
        "the profile `groq-3-lpx` has no rental price",
      ])
    let figures = report.provenance.figures.filter { $0.from == "hardware groq-3-lpx" }
    #expect(figures.contains { $0.path == "lpu.layer_latency" })
  }

  @Test func sameRunGivesTheSameBytes() throws {
    #expect(try Self.report().json() == Self.report().json())
  }

  @Test func machineWithoutAPriceOrPowerHasReasonsInstead() throws {
    let results = try Self.report(hardware: "l40s").results
    #expect(results.cost == nil)
    #expect(results.energy?.meanPowerWatts == nil)
    #expect(results.energy?.acceleratorPowerWatts != nil)
    #expect(
      results.unknown.map(\.reason) == [
        "the profile `l40s` has no `system.power_per_accelerator`",
        "the profile `l40s` has no rental price",
      ])
  }

  @Test func weakestStatusIsThatOfTheWeakestFigure() throws {
    let provenance = try Self.report().provenance
    #expect(provenance.weakest == "assumed")
    #expect(provenance.weakestBehind.performance == "estimated")
    #expect(provenance.weakestBehind.cost == "estimated")
    #expect(!provenance.figures.contains { $0.path.hasPrefix("efficiencies.moe") })
    #expect(!provenance.figures.contains { $0.path.hasPrefix("scale_up") })
    let bandwidth = provenance.figures.first { $0.path == "accelerator.memory.0.bandwidth" }
    let capacity = provenance.figures.first { $0.path == "accelerator.memory.0.reported" }
    // Weights and cache are read in every step; what fits decides no step's time.
    #expect(bandwidth?.share ?? 0 > 0.5)
    #expect(capacity != nil && capacity?.share == nil)
    #expect(provenance.doubtful.first?.words.hasSuffix(", fitted") == true)
  }

  @Test func rankCountBringsItsCollectiveIntoTheAccount() throws {
    let provenance = try Self.report("parallelism: {tensor: 4}").provenance
    let collective = provenance.figures.filter { $0.path.hasPrefix("scale_up") }
    // The link itself is what one-shot kernels read over.
    #expect(
      collective.map(\.path) == [
        "scale_up.bandwidth", "scale_up.collectives.all_reduce.1",
        "scale_up.collectives.all_gather.1",
      ])
    #expect(collective[1].value?.hasPrefix("4 ranks: ") == true)
    #expect(collective[1].leading?.hasPrefix("latency ") == true)
  }

  @Test func scenarioValueReplacesTheEnginesInTheAccount() throws {
    let paths = try Self.report("scheduler: {token_budget: 4096}").provenance.figures.map(\.path)
    #expect(!paths.contains("scheduler.token_budget"))
    #expect(paths.contains("scheduler.maximum_sequences"))
  }
}
