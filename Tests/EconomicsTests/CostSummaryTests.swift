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

  private func pool(
    _ times: PhaseTimes, accelerators: Int, dollars: Double, replicas: Int = 1,
    name: String = "serving", prefills: Bool = true, decodes: Bool = true
  ) -> PoolUse {
    PoolUse(
      name: name, replicas: replicas, acceleratorsPerReplica: accelerators, price: price(dollars),
      times: times, prefills: prefills, decodes: decodes)
  }

  private let anHour = PhaseTimes(
    makespanSeconds: 3_600, busySeconds: 2_880, prefillSeconds: 720)

  @Test func workedExample() {
    let summary = CostSummary(
      pools: [pool(anHour, accelerators: 2, dollars: 2)],
      tokens: TokenCounts(input: 1_000_000, thinking: 750_000, answer: 250_000))
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
      pools: [
        pool(
          PhaseTimes(
            makespanSeconds: makespan, busySeconds: makespan * 0.83, prefillSeconds: makespan / 7),
          accelerators: seed % 8 + 1, dollars: 0.123457 * x)
      ], tokens: tokens)
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

  /// Two replicas of two accelerators at 3 dollars that prefill, one of four at 2 that decodes.
  @Test func poolsHaveLinesAndPricesOfTheirOwn() {
    let prefill = PhaseTimes(makespanSeconds: 3_600, busySeconds: 3_600, prefillSeconds: 3_600)
    let decode = PhaseTimes(makespanSeconds: 3_600, busySeconds: 2_700, prefillSeconds: 0)
    let summary = CostSummary(
      pools: [
        pool(
          prefill, accelerators: 2, dollars: 3, replicas: 2, name: "prefill", decodes: false),
        pool(decode, accelerators: 4, dollars: 2, name: "decode", prefills: false),
      ], tokens: TokenCounts(input: 4_000_000, thinking: 0, answer: 1_000_000))
    #expect(summary.lines.map(\.pool) == ["prefill", "prefill", "decode", "decode"])
    #expect(summary.lines.map(\.phase) == [.prefill, .idle, .answer, .idle])
    #expect(summary.lines.map(\.acceleratorHours) == [2, 2, 3, 1])
    #expect(summary.lines.map(\.dollars) == [6, 6, 6, 2])
    #expect(summary.dollars == 20)
    #expect(summary.dollarsPerHour == 20)
    // Idle time stays with the tokens of its pool.
    #expect(summary.dollarsPerMillionTokens(.prefill) == 3)
    #expect(summary.dollarsPerMillionTokens(.answer) == 8)
  }

  /// A pool that did nothing is paid for by the others' tokens.
  @Test func poolThatRestsAllTheTimeIsSpreadOverTheOthers() {
    let resting = PhaseTimes(makespanSeconds: 3_600, busySeconds: 0, prefillSeconds: 0)
    let summary = CostSummary(
      pools: [
        pool(anHour, accelerators: 1, dollars: 2),
        pool(resting, accelerators: 1, dollars: 2, name: "resting"),
      ], tokens: TokenCounts(input: 1_000_000, thinking: 0, answer: 1_000_000))
    #expect(summary.dollars == 4)
    #expect(summary.dollarsPerMillionTokens(.prefill) == 1)
    #expect(summary.dollarsPerMillionTokens(.answer) == 3)
  }

  @Test func cachedTokensCostNothingOfTheirOwn() {
    let prefillAlone = PhaseTimes(makespanSeconds: 3_600, busySeconds: 3_600, prefillSeconds: 3_600)
    let summary = CostSummary(
      pools: [pool(prefillAlone, accelerators: 1, dollars: 0.8)],
      tokens: TokenCounts(input: 1_000, cached: 750, thinking: 0, answer: 0))
    #expect(summary.dollarsPerMillionTokens(.prefill) == 3_200)
    #expect(summary.cachedDollarsPerMillionTokens == 0)
    #expect(summary.blendedDollarsPerMillionTokens == 800)
  }

  @Test func kindsOfTokensThatAreNotThereHaveNoPrice() {
    let idle = CostSummary(
      pools: [
        pool(
          PhaseTimes(makespanSeconds: 10, busySeconds: 0, prefillSeconds: 0), accelerators: 1,
          dollars: 2)
      ], tokens: TokenCounts(input: 0, thinking: 0, answer: 0))
    #expect(idle.cachedDollarsPerMillionTokens == nil)
    #expect(idle.dollarsPerMillionTokens(.prefill) == nil)
    #expect(idle.dollarsPerMillionTokens(.answer) == nil)
    #expect(idle.blendedDollarsPerMillionTokens == nil)
    #expect(idle.lines.map(\.phase) == [.prefill, .answer, .idle])
  }
}
