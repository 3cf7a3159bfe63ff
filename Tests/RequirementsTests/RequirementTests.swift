import Diagnostics
import Requirements
import Testing
import Units

struct RequirementTests {
  private static let figures: [Figure] =
    [
      Figure("output.per_gpu", .tokensPerSecond, .more),
      Figure("attainment", nil, .more, isShare: true),
      Figure("kv.max", nil, .less, isShare: true),
      Figure("cost.output", .dollarsPerMillionTokens, .less),
      Figure("cost.hour", .dollarsPerHour, .less),
    ] + ["mean", "p50", "p90", "p99"].map { Figure("ttft.\($0)", .seconds, .less) }

  private func requirement(_ text: String) throws -> Requirement {
    try Requirement(text, of: Self.figures, at: SourceLocation(file: "--require '\(text)'"))
  }

  private func message(of text: String) -> String? {
    do {
      _ = try requirement(text)
      return nil
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined()
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("ttft.p99 < 500 ms", 0.5), ("ttft.p99<500ms", 0.5), ("cost.output <= 2.5 USD/Mtok", 2.5),
    ("attainment >= 99 %", 0.99), ("attainment>=0.99", 0.99),
    ("output.per_gpu > 1_000 tok/s", 1000),
    ("  kv.max  <  95%  ", 0.95), ("cost.hour < 12 USD/h", 12),
  ])
  func boundsAreReadInTheUnitOfTheirFigure(text: String, bound: Double) throws {
    #expect(try requirement(text).bound == bound)
  }

  @Test func eachComparisonIsWhatItSays() throws {
    for (text, met) in [
      ("<", [true, false, false]), ("<=", [true, true, false]),
      (">", [false, false, true]), (">=", [false, true, true]),
    ] {
      let requirement = try requirement("ttft.mean \(text) 1 s")
      #expect([0.5, 1, 2].map { requirement.isMet(by: $0) } == met, "\(text)")
    }
  }

  @Test func aFigureThatNobodyKnowsMeetsNothing() throws {
    #expect(!(try requirement("cost.output > 0 USD/Mtok")).isMet(by: nil))
  }

  @Test func aMistypedFigureGetsTheNearestOne() {
    #expect(
      message(of: "ttft.p98 < 1 s")?.hasSuffix("hint: did you mean `ttft.p90`?") == true)
    #expect(
      message(of: "ttft.p98 < 1 s")?.hasPrefix(
        "error[requirement/unknown-figure]: unknown figure: ttft.p98\n") == true)
  }

  @Test(arguments: [
    ("ttft.p99 500 ms", "a requirement compares a figure with a bound: ttft.p99 500 ms"),
    ("ttft.p99 == 500 ms", "unknown comparison: =="),
    ("ttft.p99 =< 500 ms", "unknown comparison: =<"),
    (
      "ttft.p99 < 500",
      "the bound of `ttft.p99` must be a number with `s`, `ms`, `us`, `ns`, `min` or `h`: 500"
    ),
    (
      "ttft.p99 <",
      "the bound of `ttft.p99` must be a number with `s`, `ms`, `us`, `ns`, `min` or `h`: "
    ),
    ("attainment > high", "the bound of `attainment` must be a number, or a percentage: high"),
  ])
  func whatIsNoRequirementSaysWhy(text: String, expected: String) {
    #expect(message(of: text)?.contains(expected) == true, "\(message(of: text) ?? "none")")
  }

  @Test func aRequirementReadsAsItWouldBeTyped() throws {
    #expect(try requirement("ttft.p99<0.5s").text == "ttft.p99 < 500 ms")
    #expect(try requirement("attainment>=99%").text == "attainment >= 99 %")
  }
}

struct ProjectFiguresTests {
  @Test(arguments: [
    "ratio.life.dollars", "ratio.life.dollars.low", "ratio.year_3.flops", "machine.h200-sxm.joules",
    "serving.day.gpu_s_per_mtok.output", "target.1.months", "data.70B.epochs.good",
    "break_even.gpu_hours", "exchange.times.at_1.0",
  ])
  func figuresOfAProjectionHaveTheNamesOfItsFile(path: String) {
    #expect(ProjectFigures.figure(path)?.path == path)
  }

  @Test(arguments: ["ratio.life.euros", "machine..joules", "serving.day", "ratio", "data.70B"])
  func otherNamesAreUnknown(path: String) {
    #expect(ProjectFigures.figure(path) == nil)
  }
}
