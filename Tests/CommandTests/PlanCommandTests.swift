import Foundation
import TestSupport
import Testing

@Suite struct PlanCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["light.yaml": lightScenario]) }

  private static let small = [
    "light.yaml", "--set", "workload.requests=60", "--set", "workload.arrivals.rate=250 req/s",
  ]

  private func plan(_ arguments: [String]) throws -> Tool.Outcome {
    try tool.start(["plan"] + arguments).wait()
  }

  private func report(_ arguments: [String]) throws -> PrintedResult {
    let outcome = try plan(arguments + ["--format", "json"])
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    return try outcome.result
  }

  /// As the plan says it, word by word, what was set on the command line included.
  private func run(_ settings: [String]) throws -> PrintedResult {
    let words = settings.flatMap { setting in
      let parts = setting.split(separator: " ", maxSplits: 1).map(String.init)
      return [parts[0], parts[1].replacing("'", with: "")]
    }
    let outcome = try tool.start(
      ["run", Self.small[0]] + words + ["--format", "json"]
    ).wait()
    return try outcome.result
  }

  @Test(arguments: LongTests.areEnabled ? [[], ["--headroom", "50%"]] : [[]])
  func itsAnswerHoldsWhenItIsRunAndOneFewerDoesNot(options: [String]) throws {
    let report = try report(Self.small + options)
    let settings = report.choice.settings.texts
    #expect(try #require(try run(settings).results.slo_attainment.number) >= 0.99)
    let replicas = try #require(settings.firstIndex { $0.contains("replicas=") })
    let count = try #require(Int(settings[replicas].split(separator: "=")[1]))
    guard count > 1 else { return }
    var fewer = settings
    fewer[replicas] = "--set replicas=\(count - 1)"
    // A queue that grows is no service, however short the part of it that was simulated.
    let found = try run(fewer).results
    let holds =
      found.load.state.text == "sustained" && (found.slo_attainment.number ?? 0) >= 0.99
    #expect(!holds)
  }

  /// A pipeline has any number of chips: the fewest are not those of a table.
  @Test func chipsAreAsFewAsHold() throws {
    let tool = try Tool(files: [
      "chips.yaml": """
      schema: windtunnel/scenario/1
      name: chips
      model: meta-llama/Llama-2-70b-hf
      hardware: groq-lpu
      engine: groq
      parallelism: {chips: 576}
      workload:
        requests: 1000
        arrivals: {process: poisson, rate: 10 req/s}
        input: {distribution: lognormal, mean: 500, cv: 0.5, maximum: 2000}
        output: {distribution: lognormal, mean: 200, cv: 0.5, maximum: 1000}
      objectives: {ttft: 1 s, tpot: 10 ms}
      """
    ])
    let plan = try tool.start(["plan", "chips.yaml", "--format", "json"]).wait().result
    let chips = try #require(plan.choice.accelerators.number)
    func holds(_ count: Double) throws -> Bool {
      let run = try tool.start([
        "run", "chips.yaml", "--set", "parallelism.chips=\(Int(count))", "--require",
        "attainment >= 99 %",
      ]).wait()
      return run.status == 0
    }
    #expect(try holds(chips))
    #expect(try !holds(0.98 * chips))
  }

  /// Where prompts are computed is the scenario's to say, if that is kept.
  @Test func poolsThatAreKeptStayApart() throws {
    let pools = "\npools: {prefill: {replicas: 1}, decode: {replicas: 1}}\n"
    let tool = try Tool(files: ["apart.yaml": lightScenario + pools])
    let kept = "pools,kv_cache,weights,token_budget,maximum_sequences,memory,speculation"
    let plan = try tool.run("plan", "apart.yaml", "--keep", kept, "--format", "json").result
    #expect(plan.choice.layout.text?.contains(" -> ") == true)
  }

  /// What no machine would take is no reason to buy more of them.
  @Test func promptsBeyondTheContextAreTheReason() throws {
    let outcome = try plan([
      "light.yaml", "--set", "maximum_context=2000", "--set",
      "workload.input={distribution: uniform, minimum: 1100, maximum: 2100}",
    ])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("requests are longer than the context of 2000 tokens"))
    #expect(!outcome.output.contains("nearest is"))
    #expect(
      outcome.error.hasSuffix(
        """
        hint: shorten `workload.input` and `workload.output`, or raise `maximum_context`

        """))
  }

  /// A length without a maximum is longer than any context once in some hundred times. That decides
  /// nothing where 99 of 100 must be served well.
  @Test(.enabled(if: LongTests.areEnabled))
  func requestTooLongForTheContextDecidesNothing() throws {
    let tool = try Tool(files: [
      "long.yaml": """
      schema: windtunnel/scenario/1
      name: long
      model: Qwen/Qwen3-32B
      hardware: h100-sxm
      engine: vllm
      parallelism: {tensor: 2}
      quantization: {weights: fp8, kv_cache: fp8}
      workload:
        requests: 1000
        arrivals: {process: poisson, rate: 2 req/s}
        input: {distribution: lognormal, mean: 2000, cv: 2}
        output: {distribution: lognormal, mean: 300, cv: 1}
      objectives: {ttft: 2 s, tpot: 40 ms}
      """
    ])
    let outcome = try tool.start(["plan", "long.yaml", "--format", "json"]).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    let results = try outcome.result.choice.results
    #expect(try #require(results.requests.rejected_too_long.number) > 0)
    #expect(try #require(results.slo_attainment.number) >= 0.99)
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func growthSaysWhenMoreAreNeeded() throws {
    let outcome = try plan(Self.small + ["--growth", "40%", "--months", "6", "--spare", "1"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("As the load grows"))
    #expect(
      outcome.output.contains("demand    1 spare in every pool, +40.0 % a month for 6 months"))
  }

  @Test(.enabled(if: LongTests.areEnabled))
  func thePlanIsTheSameForEveryNumberOfJobs() throws {
    let grown = Self.small + ["--growth", "30%", "--months", "3", "--format", "json"]
    let one = try plan(grown + ["--jobs", "1"])
    #expect(one.status == 0, "\(one.error)")
    #expect(try plan(grown + ["--jobs", "3"]) == one)
  }

  @Test func nothingThatHoldsIsStatusThree() throws {
    let outcome = try plan(Self.small + ["--set", "objectives.tpot=0.1 ms"])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("Nothing holds the level"))
    #expect(
      outcome.error.hasPrefix(
        "error[plan/infeasible]: nothing on `h200-sxm` holds the level: 99 % of requests within "))
  }

  @Test(arguments: [
    (["benchmark/chat"], Int32(4), "error[plan/no-level]"),
    (
      ["reasoning-distill-32b", "--set", "workload.arrivals={process: offline}"], 4,
      "error[plan/no-load]: nothing says when the batch must be done: no limit of `makespan`"
    ),
    (
      ["reasoning-distill-32b", "--headroom", "a fifth"], 64,
      "error[plan/share]: `--headroom` must be a share from 0% to 1000%: a fifth"
    ),
    (
      ["reasoning-distill-32b", "--growth", "300%"], 64,
      "error[plan/share]: `--growth` must be a share from -90% to 100%: 300%"
    ),
    (["reasoning-distill-32b", "--spare", "-1"], 64, "spare"),
  ])
  func whatCannotBePlannedIsRefused(arguments: [String], status: Int32, error: String) throws {
    let outcome = try plan(arguments)
    #expect(outcome.status == status)
    #expect(outcome.error.contains(error), "\(outcome.error)")
    #expect(outcome.output == "")
  }
}
