import Hardware
import ModelArchitecture
import Planning
import Testing

struct LayoutCandidatesTests {
  private func layouts(_ model: String, _ machine: String) throws -> [PoolLayout] {
    LayoutCandidates(
      of: try ModelCatalogue.load(nameOrPath: model),
      on: try HardwareCatalogue.load(nameOrPath: machine)
    ).layouts
  }

  @Test func aDenseModelIsCutByTensorAndOverDomains() throws {
    let words = try layouts("meta-llama/Llama-3.3-70B-Instruct", "h200-sxm").map(\.words)
    #expect(words == ["TP1", "TP2", "TP4", "TP8", "TP8 PP2", "TP8 PP4"])
  }

  @Test func expertsAreSpreadTooOverAWholeRack() throws {
    let words = try layouts("deepseek-ai/DeepSeek-R1", "gb200-nvl72").map(\.words)
    #expect(words.contains("TP8 EP8"))
    #expect(words.contains("DP64 EP64"))
    #expect(!words.contains("TP32"))
    #expect(Set(words).count == words.count)
  }
}
