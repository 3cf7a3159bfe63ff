import Hardware
import ModelArchitecture
import OperatorCosts
import TestSupport
import Testing

struct BlockDiffusionTests {
  private func design(_ diffusion: BlockDiffusion?) throws -> ReplicaDesign {
    var design = ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: "Qwen3-8B"),
      hardware: try HardwareCatalogue.load(nameOrPath: "h200-sxm"),
      precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
      host: .serial(step: 0.001, sequence: 0))
    design.diffusion = diffusion
    return design
  }

  private func price(_ diffusion: BlockDiffusion?, sequences: Int, context: Int) throws
    -> StepPrice
  {
    var model = StepModel(try design(diffusion))
    var views = ContextViews()
    views.tokens[0] = Int64(sequences * context)
    return model.decodePrice(sequences: sequences, views: views)
  }

  @Test func workedExample() {
    let blocks = BlockDiffusion(block: 32, tokensPerPass: 2.6)
    #expect(abs(blocks.passes - 12.3) < 0.01)
    #expect(abs(blocks.tokensPerPass - 2.6) < 1e-12)
  }

  /// A block takes its passes, the host's part of each included.
  @Test(arguments: [1, 16, 200])
  func aBlockTakesItsPasses(sequences: Int) throws {
    let once = try price(
      BlockDiffusion(block: 32, passes: 1), sequences: sequences, context: 2_000)
    let often = try price(
      BlockDiffusion(block: 32, passes: 12.5), sequences: sequences, context: 2_000)
    let ratio = Double(often.first) / Double(once.first)
    #expect(abs(ratio - 12.5) < 1e-6, "\(ratio)")
    #expect(abs(often.fixed.flops / once.fixed.flops - 12.5) < 1e-9)
  }

  /// One user's block costs hardly more than a token, because the weights are read for either; with
  /// many users the arithmetic of every pass is there, wanted or not.
  @Test func blocksAreForFewUsers() throws {
    func perToken(_ diffusion: BlockDiffusion?, _ sequences: Int) throws -> Double {
      let tokens = Double(diffusion?.block ?? 1)
      return Double(try price(diffusion, sequences: sequences, context: 1_000).first) / tokens
    }
    let blocks = BlockDiffusion(block: 32, tokensPerPass: 2.6)
    #expect(try perToken(blocks, 1) < perToken(nil, 1) / 2)
    #expect(try perToken(blocks, 256) > perToken(nil, 256))
  }
}
