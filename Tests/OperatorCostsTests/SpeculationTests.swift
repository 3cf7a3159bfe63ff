import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct SpeculationTests {
  private func design(
    _ drafter: Speculation.Drafter?, guesses: Int = 3, model: Architecture = SampleModels.dense()
  ) -> ReplicaDesign {
    .guessing(drafter, guesses: guesses, model: model)
  }

  @Test func workedExample() {
    let speculation = Speculation(drafter: .lookup, acceptance: [0.8, 0.6])
    #expect(abs(speculation.tokensPerStep - 2.28) < 1e-12)
    #expect(speculation.verifiedTokens == 3)
    // 2.28 tokens are 36.48 sixteenths.
    #expect(speculation.unitsPerStep == 36)
  }

  @Test func contextIsReadOnceForAllTokensOfASequence() {
    let plain = StepModel(design(nil))
    let guessing = StepModel(design(.lookup))
    #expect(guessing.contextUnitsPerToken == 16)
    #expect(guessing.verifiedTokens == 4)
    let (one, parts) = (plain.decodePerContextToken[0], guessing.decodePerContextToken[0])
    // Bound by memory: four queries cost no more than one.
    #expect(abs(Double(16 * parts.femtoseconds) / Double(one.femtoseconds) - 1) < 1e-3)
    #expect(16 * parts.flops == 4 * one.flops)
    #expect(16 * parts.bytes == one.bytes)
    #expect(guessing.decodePerSequence.bytes == 4 * plain.decodePerSequence.bytes)
    #expect(!guessing.hasSequenceCosts)
  }

  @Test func manyTokensOfASequenceAreBoundByCompute() throws {
    let model = try ModelCatalogue.load(nameOrPath: "DeepSeek-V3")
    let plain = StepModel(design(nil, model: model))
    let guessing = StepModel(design(.lookup, guesses: 7, model: model))
    // 128 heads on the latent do 242 FLOPs a byte; eight tokens far more than the machine can.
    #expect(guessing.decodePerContextToken[0].compute > 0)
    #expect(
      16 * guessing.decodePerContextToken[0].femtoseconds
        > 2 * plain.decodePerContextToken[0].femtoseconds)
  }

  @Test func everyGuessIsOneLayerAndTheHead() throws {
    let layers = SampleModels.dense(layers: 4)
    let draft = try #require(Draft(design(.nextTokenLayers, model: layers)))
    let costs = draft.costs(sequences: 10)
    #expect(costs.allSatisfy { $0.name.hasPrefix("draft_") })
    let one = LayerGraph(design(nil, model: SampleModels.dense(layers: 1)))
    let expected =
      (one.tokenCosts(tokens: 10) + one.headCosts(sampled: 10)).reduce(0) { $0 + $1.flops }
      + 2 * 10 * 2 * 512 * 512
    #expect(costs.reduce(0) { $0 + $1.flops } == 3 * expected)
    // Three passes over a layer's context beside the model's four layers.
    let (lookup, own) = (StepModel(design(.lookup)), StepModel(design(.nextTokenLayers)))
    let ratio = own.decodePerContextToken[0].bytes / lookup.decodePerContextToken[0].bytes
    #expect(abs(ratio - 7.0 / 4) < 1e-12)
  }

  @Test func layersThatGuessTakeMemory() {
    let policy = MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 16)
    func plan(_ drafter: Speculation.Drafter?) -> MemoryPlan {
      MemoryPlan(design(drafter), policy: policy, tokenBudget: 100, maximumSequences: 10)
    }
    #expect(plan(nil) == plan(.lookup))
    let layer = (512 * (512 + 2 * 256) + 512 * 512 + 3 * 512 * 1024) * 2
    #expect(
      plan(.nextTokenLayers).weightBytes - plan(nil).weightBytes
        == Double(layer + 2 * 512 * 512 * 2))
    #expect(plan(.nextTokenLayers).bytesPerBlock == plan(nil).bytesPerBlock * 5 / 4)
  }
}
