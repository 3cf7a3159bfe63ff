import TestSupport
import Testing

/// The searches behind the table of claims, whole.
@Suite(.enabled(if: LongTests.areEnabled)) struct ClaimCompareTests {
  struct Search: CustomTestStringConvertible, Sendable {
    var scenario: String
    var machines: String
    var rate: Int
    var options: [String] = []
    /// Output of a GPU and price of a token, of the second machine over the first.
    var output: ClosedRange<Double>
    var price: ClosedRange<Double>?
    var testDescription: String { "\(scenario) at \(rate)" }
  }

  private static let formats = ["--weights", "fp8_block,nvfp4"]

  static let searches = [
    Search(
      scenario: "gb200-against-h200", machines: "h200-sxm,gb200-nvl72", rate: 20,
      options: formats, output: 5.6...7.5, price: 0.16...0.23),
    Search(
      scenario: "gb200-against-h200", machines: "h200-sxm,gb200-nvl72", rate: 50,
      options: formats, output: 3.6...4.9, price: 0.26...0.35),
    Search(
      scenario: "gb200-against-h200", machines: "h200-sxm,gb200-nvl72", rate: 100,
      options: formats, output: 6.3...8.5, price: 0.14...0.20),
    Search(
      scenario: "rubin-against-gb200", machines: "gb200-nvl72,vera-rubin-nvl72", rate: 50,
      output: 2.4...6.1, price: 0.26...0.66),
    Search(
      scenario: "lpu-against-gpu", machines: "gb200-nvl72,groq-3-lpx", rate: 100,
      output: 0.5...0.75),
  ]

  @Test(arguments: searches) func theSearchFindsWhatTheTableSays(search: Search) throws {
    let outcome = try Tool().start(
      [
        "compare", "claims/\(search.scenario)", "--hardware", search.machines,
        "--at", "\(search.rate)tok/s/user", "--format", "json",
      ] + search.options
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    let second = try #require(try outcome.result.machines.list.last)
    let output = try #require(second.output_tok_s_per_gpu_ratio.value.number)
    #expect(search.output.contains(output), "\(output)")
    guard let range = search.price else { return }
    let price = try #require(second.usd_per_mtok_ratio.value.number)
    #expect(range.contains(price), "\(price)")
  }
}
