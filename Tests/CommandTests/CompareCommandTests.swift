import Foundation
import TestSupport
import Testing

@Suite struct CompareCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["light.yaml": lightScenario]) }

  private static let small = ["light.yaml", "--hardware", "h200-sxm,b200-sxm"]

  private func compare(_ arguments: [String]) throws -> Tool.Outcome {
    try tool.start(["compare"] + arguments).wait()
  }

  private func report(_ arguments: [String]) throws -> PrintedResult {
    let outcome = try compare(arguments + ["--format", "json"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    return try outcome.result
  }

  @Test func everyMachineHoldsTheLevelAsItsRunSays() throws {
    let report = try report(Self.small)
    #expect(report.machines.list.map(\.hardware.text) == ["h200-sxm", "b200-sxm"])
    for machine in report.machines.list {
      #expect(machine.verdict.text == "holds")
      let settings = machine.choice.settings.texts.flatMap { setting in
        let parts = setting.split(separator: " ", maxSplits: 1).map(String.init)
        return [parts[0], parts[1].replacing("'", with: "")]
      }
      let outcome = try tool.start(
        ["run", "light.yaml", "--format", "json"] + settings
      ).wait()
      #expect(try #require(try outcome.result.results.slo_attainment.number) >= 0.99)
    }
  }

  @Test func theSameBytesForAnyNumberOfJobs() throws {
    let one = try compare(Self.small + ["--jobs", "1"])
    let two = try compare(Self.small + ["--jobs", "2"])
    #expect(one.output == two.output)
    #expect(one.status == 0)
  }

  @Test func theTableIsNoWiderThanATerminal() throws {
    let outcome = try compare([
      "light.yaml", "--hardware",
      "h200-sxm,gb200-nvl72,vera-rubin-nvl72,groq-lpu",
    ])
    #expect(outcome.status == 0)
    for line in outcome.output.split(separator: "\n") where !line.contains("windtunnel run") {
      #expect(line.count <= 120, "\(line)")
    }
  }

  @Test func fixedInteractivityNeedsNoObjectives() throws {
    let report = try report([
      "llama2-70b-groq", "--set", "engine=vllm", "--set", "parallelism={tensor: 4}", "--set",
      "quantization.weights=fp8", "--set", "workload.output=30", "--hardware", "h200-sxm", "--at",
      "40tok/s/user",
    ])
    #expect(report.inputs.at_tok_s_per_user.number == 40)
    let results = report.machines[0].choice.results
    #expect(try #require(results.tpot_ms.p50.number) <= 25)
  }

  @Test func nothingThatHoldsIsStatusThreeWithTheNearestMiss() throws {
    let outcome = try compare(Self.small + ["--set", "objectives.tpot=0.1 ms"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("nothing holds the level; nearest is"))
    #expect(
      outcome.error == """
        error[compare/infeasible]: no machine holds the level: 99 % of requests within TTFT 2 s \
        and TPOT 100 us
          --> light.yaml
        hint: loosen `objectives`, or name other machines: `windtunnel list hardware`

        """)
  }

  @Test func aModelThatDoesNotWorkOnAMachineSaysWhy() throws {
    let outcome = try compare([
      "reasoning-r1", "--set", "workload.requests=20", "--hardware", "l40s",
    ])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("l40s: the model does not work on it"))
  }

  @Test(arguments: ["csv", "markdown", "html"])
  func everyFormNamesEveryMachine(form: String) throws {
    let outcome = try compare([
      "light.yaml", "--hardware", "h200-sxm,h100-sxm", "--format", form,
    ])
    #expect(outcome.status == 0)
    for name in ["h200-sxm", "h100-sxm"] { #expect(outcome.output.contains(name)) }
    #expect(outcome.output.utf8.count < 250_000)
  }

  /// What writes no tokens has no time between two of them.
  @Test(arguments: ["compare", "plan"])
  func aLevelWithoutAnswersIsOfWholeRequests(command: String) throws {
    let words = [
      command, "--model", "BAAI/bge-m3", "--rate", "9 req/s", "--input", "500", "--output", "0",
      "--hardware", "l40s",
    ]
    let outcome = try Tool().start(words).wait()
    #expect(outcome.status == 4)
    #expect(
      outcome.error.hasSuffix("\nhint: add `--set objectives.e2e='500 ms'`\n"), "\(outcome.error)")
  }

  @Test(arguments: [
    (["reasoning-r1"], Int32(64), "error[compare/no-machines]: nothing to compare"),
    (["reasoning-r1", "--hardware", "h300"], 4, "error[hardware/unknown-profile]"),
    (
      ["benchmark/chat", "--hardware", "h200-sxm"], 4,
      "error[compare/no-level]: the scenario has nothing to hold: no `objectives`"
    ),
    (
      ["reasoning-r1", "--hardware", "h200-sxm", "--at", "fast"], 64,
      "error[compare/rate]: a speed for every user is in tokens a second: fast"
    ),
    (
      ["reasoning-r1", "--hardware", "h200-sxm", "--weights", "fp9"], 64,
      "error[search/weights]: `--weights` does not know fp9"
    ),
    (
      ["reasoning-r1", "--hardware", "h200-sxm", "--confidence", "99%"], 64,
      "error[search/confidence]: how far predictions are off is known for eight in ten: 99%"
    ),
    (
      ["reasoning-r1", "--hardware", "h200-sxm", "--share", "95%"], 64,
      "error[compare/share]: `--share` is of the users whose speed `--at` states"
    ),
    (["reasoning-r1", "--hardware", "h200-sxm", "--jobs", "0"], 64, "'--jobs' must be"),
  ])
  func whatCannotBeComparedIsRefused(arguments: [String], status: Int32, error: String) throws {
    let outcome = try compare(arguments)
    #expect(outcome.status == status)
    #expect(outcome.error.contains(error), "\(outcome.error)")
    #expect(outcome.output == "")
  }

  @Test func whatIsKeptMustBeKnown() throws {
    let outcome = try compare(["reasoning-r1", "--hardware", "h200-sxm", "--keep", "kv_cach"])
    #expect(outcome.status == 64)
    let known = "weights, kv_cache, token_budget, maximum_sequences, memory, speculation, pools"
    #expect(
      outcome.error == """
        error[search/keep]: `--keep` does not know kv_cach
          --> --keep kv_cach
          note: known are \(known)
        hint: did you mean `kv_cache`?

        """)
  }
}
