import Testing
import Units

@testable import Economics
@testable import Hardware

@Suite struct CostSummaryTests {
  private func price(_ dollars: Double) -> Price {
    Price(
      basis: .rental,
      figure: Figure(
        value: dollars, dimension: .dollarsPerHour, text: "\(dollars) USD/h",
        provenance: Provenance(
          status: .estimated, source: "test", citation: "a test", date: "2026-07")))
  }

  @Test func workedExample() {
    let summary = CostSummary(
      times: PhaseTimes(makespanSeconds: 3_600, busySeconds: 2_880, prefillSeconds: 720),
      tokens: TokenCounts(input: 1_000_000, thinking: 750_000, answer: 250_000),
      accelerators: 2, price: price(2))
    #expect(summary.lines.map(\.phase) == [.prefill, .thinking, .answer, .idle])
    #expect(summary.lines.map(\.acceleratorHours) == [0.4, 0.9, 0.3, 0.4])
    #expect(summary.lines.map(\.dollars) == [0.8, 1.8, 0.6, 0.8])
    #expect(summary.dollars == 4)
    #expect(summary.dollarsPerHour == 4)
    #expect(summary.dollarsPerMillionTokens(.prefill) == 1)
    #expect(summary.dollarsPerMillionTokens(.thinking) == 3)
    #expect(summary.dollarsPerMillionTokens(.answer) == 3)
    #expect(summary.blendedDollarsPerMillionTokens == 2)
  }

  /// Law L11 on awkward numbers: each line is quantity times price, and the lines are the total.
  @Test(arguments: 1...200)
  func linesMultiplyAndAddUpExactly(seed: Int) throws {
    let x = Double(seed)
    let makespan = 0.37 * x * x + 1.0 / 3
    let tokens = TokenCounts(
      input: Int64(seed * 977), thinking: Int64(seed % 3 * 131), answer: Int64(seed * 53))
    let summary = CostSummary(
      times: PhaseTimes(
        makespanSeconds: makespan, busySeconds: makespan * 0.83, prefillSeconds: makespan / 7),
      tokens: tokens, accelerators: seed % 8 + 1, price: price(0.123457 * x))
    for line in summary.lines {
      let exact = Int128(line.quantity) * Int128(line.unitPrice)
      #expect(abs(exact - Int128(line.cost) * 1_000_000_000) <= 500_000_000)
    }
    #expect(summary.lines.reduce(0) { $0 + $1.cost } == summary.total)
    let hours = summary.lines.reduce(0) { $0 + $1.quantity }
    #expect(hours == Int64((makespan * Double(seed % 8 + 1) / 3600 * 1e9).rounded()))

    let perToken =
      (summary.dollarsPerMillionTokens(.prefill) ?? 0) * Double(tokens.input)
      + (summary.dollarsPerMillionTokens(.thinking) ?? 0) * Double(tokens.thinking)
      + (summary.dollarsPerMillionTokens(.answer) ?? 0) * Double(tokens.answer)
    #expect(abs(perToken / Double(summary.total) - 1) < 1e-12)
  }

  @Test func kindsOfTokensThatAreNotThereHaveNoPrice() {
    let idle = CostSummary(
      times: PhaseTimes(makespanSeconds: 10, busySeconds: 0, prefillSeconds: 0),
      tokens: TokenCounts(input: 0, thinking: 0, answer: 0), accelerators: 1, price: price(2))
    #expect(idle.dollarsPerMillionTokens(.prefill) == nil)
    #expect(idle.dollarsPerMillionTokens(.answer) == nil)
    #expect(idle.blendedDollarsPerMillionTokens == nil)
    #expect(idle.lines.map(\.phase) == [.prefill, .answer, .idle])
  }
}
