import ModelArchitecture
import Testing

@testable import OperatorCosts

@Suite struct TokenWorkTests {
  @Test func latentAttentionOutweighsTheParameters() throws {
    let work = TokenWork(try ModelCatalogue.load(nameOrPath: "DeepSeek-V3"))
    #expect(abs(work.parameterFLOPsPerToken / 73.4e9 - 1) < 1e-2)
    #expect(work.decodeAttention(new: 1, prior: 4_988) == 61 * 278_528 * 4_989)
    #expect(work.prefillAttention(new: 1, prior: 4_988) == 61 * 81_920 * 4_989)
  }

  /// 4 · 80 · 64 · 128 = 2.62 million FLOPs a context token; 2 N is reached near 54,000 tokens.
  @Test func groupedAttentionOfLlama() throws {
    let work = TokenWork(try ModelCatalogue.load(nameOrPath: "Llama-3.1-70B"))
    #expect(work.decodeAttention(new: 1, prior: 0) == 4 * 80 * 64 * 128)
    #expect(
      abs(work.parameterFLOPsPerToken / work.decodeAttention(new: 1, prior: 0) - 53_000) < 1_500)
  }

  @Test func tokensOneByOneAreAsMuchWorkAsTogether() throws {
    for name in ["Llama-3.1-8B", "gpt-oss-20b", "Qwen3-Next-80B-A3B"] {
      let work = TokenWork(try ModelCatalogue.load(nameOrPath: name))
      let single = (0..<300).reduce(0) { $0 + work.decodeAttention(new: 1, prior: 40 + $1) }
      #expect(abs(single / work.decodeAttention(new: 300, prior: 40) - 1) < 1e-12, "\(name)")
    }
  }

  @Test func statedParametersReplaceTheCountedOnes() throws {
    let work = TokenWork(
      try ModelCatalogue.load(nameOrPath: "DeepSeek-V3"), activeParameters: 37e9)
    #expect(work.parameterFLOPsPerToken == 74e9)
  }
}
