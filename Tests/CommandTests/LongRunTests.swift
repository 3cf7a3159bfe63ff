import TestSupport
import Testing

/// Simulated time is 64 bits of nanoseconds: what cannot be held is refused, not overflowed.
@Suite struct LongRunTests {
  private func refusal(_ overrides: String...) throws -> String {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let options = overrides.flatMap { ["--set", $0] }
    let outcome = try tool.start(["run", "sample.yaml"] + options).wait()
    #expect(outcome.status == 4 && outcome.output == "")
    return outcome.error
  }

  @Test func requestsThatTakeCenturiesToArriveAreRefused() throws {
    let error = try refusal(
      "workload.requests=1000000", "workload.arrivals={process: poisson, rate: 0.0001 req/s}")
    #expect(
      error.hasPrefix(
        """
        error[scenario/too-long]: the requests take more than 100 years to arrive: 317
          --> sample.yaml:
        """))
    #expect(error.hasSuffix("hint: lower `workload.requests`, or raise the rate\n"))
  }

  @Test func ratesAndThinkTimesAreBounded() throws {
    #expect(
      try refusal("workload.arrivals={process: poisson, rate: 1e-12 req/s}").hasPrefix(
        "error[scenario/out-of-range]: `workload.arrivals.rate` must be from 1e-07 to"))
    #expect(
      try refusal("workload.arrivals={process: closed-loop, clients: 3, think_time: 9e18 h}")
        .hasPrefix(
          "error[scenario/out-of-range]: `workload.arrivals.think_time` must be from 0 to"))
  }
}
