import Diagnostics
import Testing

struct SuggestionTests {
  private let names = ["h100-sxm", "h200-sxm", "b200-sxm", "gb200-nvl72", "mi300x", "tp", "pp"]

  @Test(arguments: [
    ("h10-sxm", "h100-sxm"), ("h200sxm", "h200-sxm"), ("H200-SXM", "h200-sxm"),
    ("gb200-nvl27", "gb200-nvl72"), ("gb200-nvl", "gb200-nvl72"), ("m300x", "mi300x"),
    ("x200-sxm", "h200-sxm"), ("tq", "tp"), ("TP", "tp"),
  ])
  func aNearNameIsSuggestedAndTiesGoToTheFirst(_ word: String, _ expected: String) {
    #expect(Suggestion.nearest(to: word, in: names) == expected)
  }

  @Test(arguments: ["", "x", "xy", "tpu-v7", "cerebras", "mi", "a-very-long-name-indeed"])
  func aFarNameIsNot(_ word: String) {
    #expect(Suggestion.nearest(to: word, in: names) == nil)
  }

  @Test func anExchangeOfNeighboursIsOneSlip() {
    #expect(Suggestion.nearest(to: "ab", in: ["ba"]) == "ba")
    #expect(Suggestion.nearest(to: "abcd", in: ["badc"]) == "badc")
    #expect(Suggestion.nearest(to: "abcd", in: ["dcba"]) == nil)
  }

  @Test func aPastedPageIsNotAMisspelling() {
    let page = String(repeating: "a", count: 1_000_000)
    #expect(Suggestion.nearest(to: page, in: [page, "a"]) == nil)
    #expect(Suggestion.nearest(to: "a", in: []) == nil)
  }
}
