import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// Models that read a text as a whole and write none.
struct EncoderCostTests {
  private func design(_ name: String = "bge-reranker-v2-m3") throws -> ReplicaDesign {
    ReplicaDesign(
      architecture: try ModelCatalogue.load(nameOrPath: name), hardware: SampleMachine.profile,
      precision: Precision(weights: .bf16, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: 1), host: .none)
  }

  @Test func pairsOfATextThatIsReadAsAWhole() {
    #expect(ContextVisibility.full.pairsBothWays(of: 512) == 262_144)
    #expect(ContextVisibility.sliding(tokens: 128).pairsBothWays(of: 512) == 61_888)
    for tokens in [1, 5, 40] {
      for visibility in [
        ContextVisibility.full, .sliding(tokens: 8), .sliding(tokens: 9), .chunked(tokens: 16),
      ] {
        var pairs = 0.0
        for query in 0..<tokens {
          for key in 0..<tokens {
            let isSeen =
              switch visibility {
              case .full: true
              case .sliding(let width): abs(query - key) <= width / 2
              case .chunked(let width): query / width == key / width
              }
            pairs += isSeen ? 1 : 0
          }
        }
        #expect(visibility.pairsBothWays(of: tokens) == pairs, "\(visibility), \(tokens)")
      }
    }
  }

  /// 24 layers of 12 d² parameters and 4 d FLOPs a pair: 309.2 + 25.8 GFLOPs for 512 tokens.
  @Test func workOfAText() throws {
    let breakdown = StepBreakdown(try design(), shape: shape())
    let matrices = 2.0 * 24 * 12 * 1024 * 1024 * 512
    let attention = 24.0 * 4 * 1024 * 512 * 512
    let flops = breakdown.operators.reduce(0) { $0 + $1.flops }
    #expect(abs(flops / (matrices + attention) - 1) < 0.001)
    #expect(!breakdown.operators.contains { $0.name.hasPrefix("output_head") })
    let work = TokenWork(try ModelCatalogue.load(nameOrPath: "bge-reranker-v2-m3"))
    #expect(abs(work.prefillAttention(new: 512, prior: 0) / attention - 1) < 1e-9)
    // Tables of the vocabulary and of positions are looked up, and nothing is multiplied with them.
    #expect(work.activeParameters == 567_754_752 - (250_002 + 8_194 + 1) * 1_024)
  }

  private func shape() -> StepShape {
    var shape = StepShape(decodingSequences: 0, contextPerSequence: 0, promptTokens: 512)
    shape.answersPrompts = false
    return shape
  }

  @Test func nothingIsKeptAndNothingIsSampled() throws {
    let design = try design()
    let plan = MemoryPlan(
      design, policy: MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 16),
      tokenBudget: 8192, maximumSequences: 256)
    #expect(plan.keepsNothing && plan.windows.isEmpty && plan.stateBytesPerSequence == 0)
    #expect(plan.fixedBlocks(finalContext: 8192) == 0)
    // 568 million parameters in 16 bits, but for vectors; no logits of 250,002 tokens.
    #expect(abs(plan.weightBytes / (2 * 567_754_752) - 1) < 0.005)
    #expect(plan.activationBytes == 8192 * (4096 + 4 * 1024) * 2)
  }

  @Test func nothingBeatsTheRoofline() throws {
    for tokens in [1, 16, 512, 8192] {
      var shape = shape()
      shape.promptTokens = tokens
      for cost in StepBreakdown(try design(), shape: shape).operators {
        #expect(cost.seconds >= cost.speedOfLightSeconds, "\(cost.name)")
      }
    }
  }
}
