import Foundation
import TestSupport
import Testing

/// What `require:` and `--require` do to a run.
@Suite struct GateRequirementTests {
  private static let scenario = sampleScenario + "require:\n  - ttft.p99 < 30 ms\n"
  private let tool: Tool

  init() throws {
    tool = try Tool(files: ["sample.yaml": sampleScenario, "strict.yaml": Self.scenario])
  }

  @Test func requirementThatIsMetIsASectionOfTheResult() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--require", "ttft.p99 < 50ms", "--require", "rejected <= 0")
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    #expect(
      outcome.output.contains(
        """

        Requirements
          requirement          value
          ttft.p99 < 50 ms  33.47 ms  met, marginally; at the slow end of the 80 % interval 81.79 ms
          rejected <= 0            0  met

        Rests on

        """))
  }

  @Test func requirementThatIsNotMetFailsAfterTheResult() throws {
    let outcome = try tool.run(
      "run", "strict.yaml", "--require", "cost.output < 2.5 USD/Mtok", "--require",
      "attainment >= 99%", "--require", "rejected <= 0")
    #expect(outcome.status == 2)
    #expect(
      outcome.output.contains(
        """

        Requirements
          requirement                          value
          ttft.p99 < 30 ms                  33.47 ms
          cost.output < 2.5 USD/Mtok  2.981 USD/Mtok
          attainment >= 99 %                 unknown
          rejected <= 0                            0

          requirement
          ttft.p99 < 30 ms            missed by 3.47 ms (11.6 %), marginally; at the fast end of \
        the 80 % interval 25.61 ms
          cost.output < 2.5 USD/Mtok  missed by 0.481 USD/Mtok (19.2 %)
          attainment >= 99 %          the scenario has no `objectives`
          rejected <= 0               met

        """))
    #expect(
      outcome.error == """
        error[requirement/not-met]: `ttft.p99` must be below 30 ms: 33.47 ms
          --> strict.yaml:13:5  require.0
          note: missed by 3.47 ms (11.6 %)
        hint: see where the time goes: `windtunnel explain strict.yaml`

        error[requirement/not-met]: `cost.output` must be below 2.5 USD/Mtok: 2.981 USD/Mtok
          --> --require 'cost.output < 2.5 USD/Mtok'
          note: missed by 0.481 USD/Mtok (19.2 %)
        hint: see where the time goes: `windtunnel explain strict.yaml`

        error[requirement/not-met]: `attainment` must be at least 99 %: unknown
          --> --require 'attainment >= 99%'
          note: the scenario has no `objectives`
        hint: say what a good request is: `--set objectives.ttft='500 ms'`

        error: 1 of 4 requirements met

        """)
  }

  @Test func verdictIsInTheDocument() throws {
    let outcome = try tool.run(
      "run", "strict.yaml", "--require", "attainment >= 99%", "--format", "json")
    #expect(outcome.status == 2)
    let found = try outcome.result.requirements
    #expect(found.list.map(\.requirement.text) == ["ttft.p99 < 30 ms", "attainment >= 99 %"])
    let missed = found[0]
    #expect(missed.figure.text == "ttft.p99" && missed.comparison.text == "<")
    #expect(missed.bound.number == 0.03)
    #expect(abs((missed.value.number ?? 0) - 0.0334717) < 1e-7)
    #expect(missed.missed_by.number == 0.00347174 && missed.unit.text == "s")
    #expect(missed.met.flag == false && missed.value_text.text == "33.47 ms")
    #expect(
      missed.verdict.text
        == "missed by 3.47 ms (11.6 %), marginally; at the fast end of the 80 % interval 25.61 ms")
    #expect(missed.place.file.text == "strict.yaml")
    #expect(missed.place.line.whole == 13 && missed.place.column.whole == 5)
    #expect(!found[1].value.isPresent && found[1].value_text.text == "unknown")
    #expect(found[1].verdict.text == "the scenario has no `objectives`")
    #expect(found[1].place.file.text == "--require 'attainment >= 99%'")
    #expect(!(try outcome.result.baseline.isPresent))
  }

  @Test func priceThatNobodyKnowsMeetsNoBudget() throws {
    let outcome = try tool.run(
      "run", "sample.yaml", "--hardware", "l40s", "--require", "cost.hour < 100 USD/h")
    #expect(outcome.status == 2)
    #expect(
      outcome.error == """
        error[requirement/not-met]: `cost.hour` must be below 100 USD/h: unknown
          --> --require 'cost.hour < 100 USD/h'
          note: the profile `l40s` has no rental price
        hint: add the price to a copy of the profile, and give its path to `--hardware`

        """)
  }

  /// Before any work is done for it, and all of them at once.
  @Test func whatIsNoRequirementIsRefused() throws {
    let outcome = try tool.run(
      "run", "nowhere.yaml", "--require", "ttft.p99 < 5", "--require", "ttft.p99 = 5 s")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[requirement/bound]: the bound of `ttft.p99` must be a number with `s`, `ms`, \
            `us`, `ns`, `min` or `h`: 5
              --> --require 'ttft.p99 < 5'

            error[requirement/comparison]: unknown comparison: =
              --> --require 'ttft.p99 = 5 s'
            hint: use one of `<`, `<=`, `>` and `>=`

            error: 2 problems

            """, status: 4))
  }

  @Test func checkFindsWhatIsNoRequirement() throws {
    let text = Self.scenario.replacingOccurrences(of: "ttft.p99", with: "ttft.p09")
    let tool = try Tool(files: ["bad.yaml": text])
    let outcome = try tool.run("check", "bad.yaml")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.hasPrefix(
        """
        error[requirement/unknown-figure]: unknown figure: ttft.p09
          --> bad.yaml:13:5  require.0

        """))
    #expect(outcome.error.hasSuffix("hint: did you mean `ttft.p90`?\n"))
    #expect(try self.tool.run("check", "strict.yaml").status == 0)
  }
}
