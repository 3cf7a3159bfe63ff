import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct ContextSplitTests {
  private func design(context: Int, tensor: Int = 8) throws -> ReplicaDesign {
    ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: "DeepSeek-V3"),
      hardware: SampleMachine.profile, precision: Precision(weights: .fp8, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: tensor, context: context), host: .none)
  }

  @Test func workedExample() throws {
    let design = try design(context: 8)
    let costs = LayerGraph(design).contextCosts(sequences: 64)
    #expect(costs.prefix(2).map(\.name) == ["gather_queries", "scatter_outputs"])
    let gather = AllGather(ranks: 8, over: SampleMachine.profile.scaleUp)
    let one = gather.seconds(bytes: 64 * 8 * 18_432)
    #expect(abs(costs[0].seconds / Double(costs[0].layers) / one - 1) < 1e-12)
    // 9.4 MB.
    #expect(64 * 8 * 18_432 == 9_437_184)
  }

  @Test func ranksThatShareTheTokensHoldAndReadAPart() throws {
    let whole = try CacheFootprint(design(context: 1)).growingBytesPerToken
    let shared = try CacheFootprint(design(context: 4)).growingBytesPerToken
    #expect(whole == 4 * shared)
    let (alone, split) = (StepModel(try design(context: 1)), StepModel(try design(context: 8)))
    // 16 heads on a rank read the latent once: bound by memory until it is an eighth.
    let ratio = alone.decodePerContextToken[0].bytes / split.decodePerContextToken[0].bytes
    #expect(abs(ratio - 8) < 1e-9)
    #expect(alone.decodePerContextToken[0].flops == split.decodePerContextToken[0].flops)
    #expect(
      split.decodePerContextToken[0].femtoseconds < alone.decodePerContextToken[0].femtoseconds)
    #expect(split.decodePerSequence.femtoseconds > alone.decodePerSequence.femtoseconds)
  }

  @Test func aLaterChunkGathersTheEarlierOnes() throws {
    var model = StepModel(try design(context: 8))
    var alone = StepModel(try design(context: 1))
    #expect(model.prefill(new: 512, prior: 0) == alone.prefill(new: 512, prior: 0))
    let gather = AllGather(ranks: 8, over: SampleMachine.profile.scaleUp)
    let expected = 61 * gather.seconds(bytes: 4096 * 1152)
    let difference =
      model.prefill(new: 512, prior: 4096).interconnect
      - alone.prefill(new: 512, prior: 4096).interconnect
    #expect(abs(difference / expected - 1) < 1e-9)
  }
}
