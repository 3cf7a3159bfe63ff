import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

struct StepModelTests {
  @Test func aStepCostsTheSumOfItsOperators() {
    for seed in LongTests.seeds(short: 100, long: 5_000) {
      let sample = RandomDesign(seed: seed)
      var random = sample.random
      let graph = LayerGraph(sample.design)
      var model = StepModel(sample.design)
      let sequences = random.integer(in: 1...64)
      let new = random.integer(in: 1...2000)
      let prior = random.integer(in: 0...3000)
      var price = PartCost()
      price += model.tokens(sequences + new)
      price += model.head(sampled: sequences + 1)
      price += model.prefillFixed
      price += model.prefill(new: new, prior: prior)
      price += model.decodeFixed
      price += model.decodePerSequence.scaled(by: sequences)
      var operators =
        graph.tokenCosts(tokens: sequences + new) + graph.headCosts(sampled: sequences + 1)
      operators += graph.prefillCosts(new: new, prior: prior)
      let contexts = model.visibilities.map { _ in random.integer(in: sequences...100_000) }
      for (view, context) in contexts.enumerated() {
        price += model.decodePerContextToken[view].scaled(by: context)
      }
      for item in graph.attention {
        let view = model.visibilities.firstIndex(of: item.element.visibility)!
        let cost = item.element.decodeCost(
          sequences: Double(sequences), context: Double(contexts[view]), on: graph.roofline)
        operators.append(cost.repeated(item.layers))
      }
      for item in graph.recurrent {
        let cost = item.element.decodeCost(sequences: Double(sequences), on: graph.roofline)
        operators.append(cost.repeated(item.layers))
      }
      let seconds = operators.reduce(0) { $0 + $1.seconds }
      // A femtosecond for each operator and context token.
      #expect(price.seconds >= seconds * (1 - 1e-12), "\(sample)")
      #expect(price.seconds <= seconds * (1 + 1e-5), "\(sample): \(price.seconds) s, \(seconds) s")
      let parts = price.compute + price.memory + price.interconnect + price.host
      #expect(abs(parts / price.seconds - 1) < 1e-12, "\(sample)")
      #expect(abs(price.flops / operators.reduce(0) { $0 + $1.flops } - 1) < 1e-12, "\(sample)")
      #expect(abs(price.bytes / operators.reduce(0) { $0 + $1.bytes } - 1) < 1e-12, "\(sample)")
    }
  }

  /// With the fastest kernel for each message: one-shot kernels are left at a size where they are
  /// slower than what follows (`aOneShotKernelReadsWhatAllOthersHave`).
  @Test func moreIsNeverFaster() {
    for seed in LongTests.seeds(short: 40, long: 1_000) {
      var sample = RandomDesign(seed: seed)
      sample.design.host.oneShotShare = 0
      var random = sample.random
      var model = StepModel(sample.design)
      let count = random.integer(in: 1...3000)
      let more = count + random.integer(in: 1...500)
      #expect(model.tokens(more).femtoseconds >= model.tokens(count).femtoseconds, "\(sample)")
      #expect(
        model.head(sampled: more).femtoseconds >= model.head(sampled: count).femtoseconds,
        "\(sample)")
      let short = model.prefill(new: count, prior: 100).femtoseconds
      #expect(model.prefill(new: more, prior: 100).femtoseconds >= short, "\(sample)")
      if sample.design.architecture.name != "windowed" {
        #expect(model.prefill(new: count, prior: 700).femtoseconds >= short, "\(sample)")
      }
      #expect(model.decodePerSequence.femtoseconds >= 0)
      for slope in model.decodePerContextToken { #expect(slope.femtoseconds >= 0) }
    }
  }

  @Test func moreLayersTakeLonger() {
    func seconds(layers: Int) -> Double {
      var model = StepModel(
        ReplicaDesign(
          architecture: SampleModels.dense(layers: layers), hardware: SampleMachine.profile,
          precision: Precision(weights: .bf16, keyValueCache: .bf16),
          layout: ParallelLayout(tensor: 1), host: .none))
      return model.tokens(10).seconds + model.decodeFixed.seconds
    }
    #expect(seconds(layers: 2) < seconds(layers: 3))
    let each = seconds(layers: 3) - seconds(layers: 2)
    #expect(abs(seconds(layers: 12) - seconds(layers: 2) - 10 * each) < 1e-12)
  }

  @Test func constantPricesAreTheirFormula() {
    var model = StepModel(secondsPerStep: 0.5, secondsPerToken: 0.001)
    // Also for the counts that index a table's first entries.
    for count in [1, 2, 3, 100, 1_000_000] {
      #expect(abs(model.tokens(count).seconds - (0.5 + 0.001 * Double(count))) < 1e-9)
    }
    #expect(model.tokens(0).femtoseconds == 0)
    #expect(model.head(sampled: 5).femtoseconds == 0)
    #expect(model.prefill(new: 5, prior: 0).femtoseconds == 0)
  }
}
