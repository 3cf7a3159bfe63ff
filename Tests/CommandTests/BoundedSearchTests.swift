import TestSupport
import Testing

/// Searches and runs that could go on for ever, or take all memory, end and say why.
struct BoundedSearchTests {
  private func outcome(_ scenario: String, _ arguments: [String]) throws -> Tool.Outcome {
    let tool = try Tool(files: ["a.yaml": scenario])
    return try tool.start([arguments[0], "a.yaml"] + arguments.dropFirst()).wait()
  }

  private static func scenario(_ lines: String) -> String {
    "schema: windtunnel/scenario/1\nengine: vllm\n" + lines
  }

  /// A context of 4,096 tokens, and longer prompts: no layout serves anything.
  private static let tooLong = scenario(
    """
    model: meta-llama/Llama-2-7b-hf
    hardware: a100-sxm
    parallelism: {tensor: 2}
    require: ["cost.output < 2.5 USD/Mtok"]
    workload: {requests: 1, arrivals: {process: poisson, rate: 1 req/s}, input: 6758, output: 500}

    """)

  @Test(arguments: [["plan"], ["compare", "--hardware", "a100-sxm"]])
  func whatServesNothingIsRefusedWithTheReason(command: [String]) throws {
    let found = try outcome(Self.tooLong, command)
    #expect(found.status == 3)
    #expect(
      found.output.replacing("\n", with: " ").replacing("  ", with: " ").contains(
        "every request is longer than the context of 4096 tokens"), "\(found.output)")
    let machine = command[0] == "compare" ? "a100-sxm: " : ""
    #expect(
      found.error.hasSuffix(
        """
          note: \(machine)every request is longer than the context of 4096 tokens
        hint: shorten `workload.input` and `workload.output`, or raise `maximum_context`

        """))
  }

  @Test func aPartlyLostLoadThatNobodyRequiresAnythingOfHasAVerdict() throws {
    let scenario = Self.scenario(
      """
      model: google/gemma-3-27b-it
      hardware: gb200-nvl72
      parallelism: {attention_data: 8}
      replicas: 3
      routing: round-robin
      scheduler: {policy: whole-prompts, maximum_sequences: 1}
      prefix_cache: true
      availability:
        mean_time_between_failures: 100 s
        restart: 0.1 s
        on_failure: lose
        outages:
        - {replica: 0, at: 1.126 s, for: 1.270 s}
      maximum_context: 8192
      require: [rejected <= 0]
      seed: 880931
      workload:
        requests: 1
        arrivals: {process: gamma, rate: 2 req/s, cv: 0.5}
        classes:
        - {input: 17, output: 486, name: c0, share: 0.5}

      """)
    let found = try outcome(scenario, ["compare", "--hardware", "gb200-nvl72"])
    #expect(found.status == 3)
    #expect(
      found.error == """
        error[compare/infeasible]: no machine holds the level: rejected <= 0
          --> a.yaml
          note: gb200-nvl72: every request is lost with a failing replica
        hint: set `availability.on_failure` to `retry`

        """)
  }

  // MARK: Budgets

  private static let search = scenario(
    """
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    objectives: {tpot: 20 ms}
    workload: {requests: 500, arrivals: {process: poisson, rate: 60 req/s}, input: 500, output: 200}

    """)

  @Test func aSearchOverItsBudgetSaysWhatItTried() throws {
    let search = Self.search.replacing("rate: 60 req/s", with: "rate: 50 req/s")
    let found = try outcome(search, ["plan", "--budget", "400000"])
    #expect(found.status == 3)
    #expect(found.output == "")
    #expect(
      found.error == """
        error[plan/budget]: the search ended undecided, with as many events as it may \
        simulate: 400,000
          --> a.yaml
          note: tried on `h200-sxm`, in 38 simulations: 1 x TP1; 1 x TP2; 1 x TP4; 1 x TP8; \
        and 12 more
          note: what holds so far, and may not be the cheapest: 2 x TP1
        hint: leave less to it, as with `--keep speculation,pools`, or allow more: \
        `--budget 4000000`

        """)
  }

  @Test func comparisonsAndCapacitiesHaveBudgetsToo() throws {
    let compared = try outcome(
      Self.search, ["compare", "--hardware", "h200-sxm,b200-sxm", "--budget", "10000"])
    #expect(compared.status == 3)
    #expect(compared.error.hasPrefix("error[compare/budget]: the search ended undecided"))
    #expect(compared.error.contains("note: tried on `b200-sxm`, in "))
    let capacity = try outcome(Self.search, ["capacity", "--budget", "200000"])
    #expect(capacity.status == 3)
    #expect(capacity.error.hasPrefix("error[capacity/budget]: the search ended undecided"))
    #expect(capacity.error.contains("note: tried: "))
  }

  @Test func aFleetThatNoComputerHoldsIsNotSetUp() throws {
    let scenario = Self.scenario(
      """
      model: meta-llama/Llama-3.1-8B
      hardware: h200-sxm
      require: ["requests > 2e7 req/s"]
      workload: {requests: 20, arrivals: {process: poisson, rate: 1e7 req/s}, input: 500, output: 9}

      """)
    let found = try outcome(scenario, ["plan", "--budget", "3000000"])
    #expect(found.status == 3)
    #expect(
      found.output.contains("more replicas than a search simulates together, 8192: 65,536"),
      "\(found)")
  }

  // MARK: Files that do not end

  @Test func aModelThatNeverEndsIsRefused() throws {
    let found = try outcome(
      Self.scenario(
        """
        model: /dev/zero
        hardware: h200-sxm
        workload: {requests: 5, arrivals: {process: offline}, input: 100, output: 20}

        """), ["run"])
    #expect(
      found
        == Tool.Outcome(
          output: "",
          error: """
            error[file/too-long]: the file goes on after 64 MiB, longer than any of its kind
              --> /dev/zero

            """, status: 4))
  }

  // MARK: Runs that end

  private static let rarer =
    "raise `availability.mean_time_between_failures`, or shorten `workload.output`"

  /// One failure a second, and an answer that takes a minute.
  private static func livelock(_ availability: String, requests: Int = 1) -> String {
    scenario(
      """
      model: meta-llama/Llama-3.1-8B
      hardware: h200-sxm
      availability: {mean_time_between_failures: 1 s, restart: 0.01 s\(availability)}
      workload:
        requests: \(requests)
        arrivals: {process: offline}
        input: 100
        output: 10000

      """)
  }

  @Test(arguments: [
    (
      "",
      "1 of 1 requests are given up: a replica fails before the answer is there, "
        + "at each of 4 attempts", Self.rarer
    ),
    (
      ", retries: 0",
      "1 of 1 requests are given up: a replica fails before the answer is there, "
        + "at each of 1 attempts", Self.rarer
    ),
    (
      ", on_failure: lose", "1 of 1 requests are lost with a failing replica",
      "set `availability.on_failure` to `retry`"
    ),
  ])
  func aRequestIsGivenUp(availability: String, words: String, hint: String) throws {
    let found = try outcome(Self.livelock(availability), ["run"])
    #expect(found.status == 3)
    #expect(
      found.error == """
        error[run/nothing-served]: nothing is served: \(words)
          --> a.yaml  availability
        hint: \(hint)

        """)
  }

  @Test func aPromptLargerThanTheCacheNeedsMoreMemory() throws {
    let found = try outcome(
      Self.scenario(
        """
        model: meta-llama/Llama-3.1-8B
        hardware: h200-sxm
        memory: {tokens: 512}
        workload: {requests: 2, arrivals: {process: offline}, input: 600, output: 10}

        """), ["run"])
    #expect(found.status == 3)
    #expect(
      found.error == """
        error[run/nothing-served]: nothing is served: 2 of 2 requests are larger than the cache \
        of a replica of 512 tokens
          --> a.yaml  workload
        hint: shorten `workload.input` and `workload.output`, or raise `memory.tokens`

        """)
  }

  @Test func failuresFasterThanAnswersEndARunWithAVerdict() throws {
    let found = try outcome(Self.livelock(", retries: 1000", requests: 30), ["run"])
    #expect(found.status == 3)
    #expect(
      found.error.hasPrefix(
        "error[run/no-progress]: failures come faster than answers: from 0 s to "))
    #expect(found.error.contains("requests were interrupted and none completed"))
  }

  @Test func aSweepHasTheVerdictInItsRow() throws {
    let tool = try Tool(files: ["a.yaml": Self.livelock(", retries: 1000", requests: 30)])
    let found = try tool.run(
      "sweep", "a.yaml", "--over", "workload.output=10,10000", "--format", "csv")
    #expect(found.output.contains("failures come faster than answers"), "\(found)")
  }

  @Test func retriesAreOfRequestsThatAreRetried() throws {
    let found = try outcome(Self.livelock(", on_failure: lose, retries: 2"), ["run"])
    #expect(found.status == 4)
    #expect(
      found.error.contains(
        "error[scenario/retries]: nothing is tried again with `on_failure: lose`"))
    #expect(found.error.contains("hint: remove `retries`"))
  }
}
