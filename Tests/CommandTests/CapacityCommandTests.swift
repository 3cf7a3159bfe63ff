import TestSupport
import Testing

@Suite struct CapacityCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func capacity(_ arguments: [String]) throws -> Tool.Outcome {
    try tool.start(["capacity"] + arguments).wait()
  }

  /// What is found is held, and a twentieth more is not.
  @Test(.enabled(if: LongTests.areEnabled))
  func heldRateIsHeldAndNoMore() throws {
    let found = try capacity(["reasoning-distill-32b", "--format", "json"])
    #expect(found.status == 0)
    let report = try found.result
    let rate = try #require(report.held.load.req_s.number)
    #expect(rate < (try #require(report.servable_req_s.number)))
    for (factor, status) in [(1.0, Int32(0)), (1.05, 2)] {
      let run = try tool.start([
        "run", "reasoning-distill-32b", "--set", "workload.arrivals.rate=\(rate * factor) req/s",
        "--require", "attainment >= 99%",
      ]).wait()
      #expect(run.status == status, "\(factor): \(run.error)")
    }
  }

  @Test func clientsAreCounted() throws {
    let tool = try Tool(files: [
      "clients.yaml": """
      schema: windtunnel/scenario/1
      name: clients
      model: meta-llama/Llama-3.1-8B
      hardware: h200-sxm
      engine: vllm
      objectives: {tpot: 6 ms}
      workload:
        requests: 200
        arrivals: {process: closed-loop, clients: 4}
        input: 200
        output: 20
      """
    ])
    let found = try tool.run("capacity", "clients.yaml", "--format", "json")
    #expect(found.status == 0, "\(found.error)")
    #expect(try #require(found.result.held.load.clients.number) >= 1)
  }

  @Test func loadThatIsNeverHeldIsSaid() throws {
    let found = try capacity(["reasoning-distill-32b", "--set", "objectives.tpot=1 ms"])
    #expect(found.status == 3)
    #expect(found.error.hasPrefix("error[capacity/nothing-held]: no load is held, however little"))
    let offline = try capacity([
      "reasoning-distill-32b", "--set", "workload.arrivals={process: offline}",
    ])
    #expect(offline.status == 4)
    #expect(offline.error.hasPrefix("error[capacity/no-load]: an offline workload has no load"))
  }

  @Test(arguments: [["capacity"], ["plan"], ["compare", "--hardware", "h100-sxm"]])
  func whatNobodyCanKnowIsNotSearchedFor(command: [String]) throws {
    let outcome = try tool.start(
      command + ["chat-gpt-oss", "--require", "makespan < 2 h", "--require", "ttft.max < 1 s"]
    ).wait()
    #expect(outcome.status == 4)
    #expect(
      outcome.error == """
        error[level/unknowable]: `makespan` is never known of this load: the load has no end
          --> --require 'makespan < 2 h'
        hint: require `e2e.p99`

        error[level/unknowable]: `ttft.max` is never known of this load: a maximum grows with the \
        length of the run
          --> --require 'ttft.max < 1 s'
        hint: require `ttft.p99`

        error: 2 problems

        """)
  }

  /// A day is held when its busiest hour is.
  @Test func dayIsJudgedAtItsPeak() throws {
    let day = "workload.arrivals={process: diurnal, rate: 0.5 req/s, swing: 0.8, period: 2 h}"
    let run = try tool.start([
      "run", "reasoning-distill-32b", "--set", day, "--require", "attainment >= 50%",
    ]).wait()
    #expect(run.status == 2)
    #expect(run.error.contains("warning[load/overload]: at the highest rate, 0.900 req/s offered"))
    #expect(run.error.contains("at the highest load: the queue grows: 0.900 req/s offered"))
    #expect(run.output.contains("at the highest rate, 0.900 req/s offered, "))
    #expect(run.output.contains("grows at the highest rate"))
  }

  /// The command shows what was judged: clients in the long run.
  @Test(.enabled(if: LongTests.areEnabled))
  func clientsAreJudgedAsTheyWereCounted() throws {
    let found = try capacity([
      "reasoning-distill-32b", "--set", "workload.arrivals={process: closed-loop, clients: 4}",
      "--set", "objectives.ttft=20 s",
    ])
    #expect(found.status == 0, "\(found.error)")
    #expect(found.output.contains("--set workload.judge=steady"))
  }

  /// The scenario's key is the average; what breaks first does so at the peak.
  @Test(.enabled(if: LongTests.areEnabled))
  func ratesThatChangeAreSaidTwice() throws {
    let found = try capacity([
      "reasoning-distill-32b", "--format", "json", "--set",
      "workload.arrivals={process: diurnal, rate: 0.5 req/s, swing: 0.8, period: 2 h}",
    ])
    #expect(found.status == 0, "\(found.error)")
    let load = try found.result.held.load
    let (peak, mean) = (try #require(load.req_s.number), try #require(load.mean_req_s.number))
    #expect(abs(peak / mean - 1.8) < 1e-4)
  }
}
