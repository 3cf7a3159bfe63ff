import Diagnostics
import Scenarios
import Testing
import Workloads

/// `workload.batch`, and what cannot be beside it.
struct BatchKeyTests {
  private func text(_ arrivals: String, _ keys: String = "", more: String = "") -> String {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    engine: vllm
    workload:
      requests: 20
      arrivals: {process: \(arrivals)}
      input: 200
      output: 50
      batch: {requests: 100, in_flight: 8, from: 22 h, until: 6 h, input: 10, output: 20\(keys)}
    \(more)
    """
  }

  private let day = "diurnal, rate: 4 req/s, swing: 0.5"

  private func first(_ text: String) throws -> [String] {
    try SampleScenario.refusals(of: text).map { String($0.prefix { $0 != "\n" }) }
  }

  @Test func aWindowOverMidnightIsOneWindow() throws {
    let workload = try SampleScenario.scenario(text(day)).workload
    #expect(
      workload.batch
        == BatchWindow(
          classIndex: 1, requests: 100, inFlight: 8, opens: 79_200, length: 28_800,
          period: 86_400))
    #expect(workload.classes.map(\.priority) == [0, 100])
    #expect(workload.classes.map(\.share) == [1, 0])
    #expect(workload.batch?.cutSeconds == 21_600)
  }

  @Test func theBatchIsAtThePeakWhereItsWindowIsOpenThen() throws {
    #expect(try SampleScenario.scenario(text(day + ", peak: 14 h")).workload.atPeak.batch == nil)
    let busy = try SampleScenario.scenario(text(day + ", peak: 23 h")).workload.atPeak
    #expect(busy.arrivals == .poisson(rate: 6))
    #expect(busy.batch?.length == 1e9)
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect(
      try SampleScenario.refusals(of: text("poisson, rate: 4 req/s")) == [
        """
        error[scenario/batch]: with `workload.batch` some hours are unlike others, and the \
        arrivals are always alike
          --> bad.yaml:10:10  workload.batch
          note: what is always the case is judged over whole periods
        hint: use `diurnal` or repeated `stages`, or set `judge` to `whole`
        """
      ])
    #expect(
      try first(text("offline")) == [
        "error[scenario/batch]: `workload.batch` is sent beside requests that come at a rate, and "
          + "these do not"
      ])
    #expect(
      try first(text(day, ", every: 12 h")) == [
        "error[scenario/out-of-range]: `workload.batch.from` must be from 0 s to 43,200 s: 22 h",
        "error[scenario/batch]: `workload.batch.every` is not the period of the arrivals: 12 h, "
          + "24 h",
      ])
    #expect(
      try first(text(day + ", period: 30 h")) == [
        "error[scenario/batch]: `workload.batch.every` is not the period of the arrivals: 24 h, "
          + "30 h"
      ])
    #expect(
      try first(text(day, ", sessions: {turns: 3}")) == [
        "error[scenario/unknown-key]: unknown key `workload.batch.sessions`"
      ])
    let whole = text("poisson, rate: 4 req/s").replacing(
      "arrivals", with: "judge: whole\n  arrivals")
    #expect(try first(whole) == [])
  }
}
