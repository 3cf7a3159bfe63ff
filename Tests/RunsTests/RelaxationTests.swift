import Runs
import Testing
import Workloads

struct RelaxationTests {
  private func workload(_ arrivals: ArrivalProcess) -> Workload {
    Workload(
      arrivals: arrivals, requests: 1,
      classes: [RequestClass(name: "all", input: .fixed(1), output: .fixed(1))])
  }

  @Test func workedExample() throws {
    let found = try #require(Relaxation.seconds(of: workload(.poisson(rate: 80)), capacity: 100))
    #expect(abs(found - 0.897) < 0.001)
  }

  /// 0.897 s of 80 req/s are 71.8 requests; fifty times as many are seen in seven eighths of 4,101.
  @Test func theBeginningOfARunSaysNothing() {
    let question = SteadyQuestion(capacity: 100)
    #expect(question.leastRequests(of: workload(.poisson(rate: 80))) == 4_101)
  }

  @Test func burstsAreRememberedLonger() throws {
    let even = try #require(Relaxation.seconds(of: workload(.poisson(rate: 8)), capacity: 10))
    let bursts = try #require(
      Relaxation.seconds(
        of: workload(.gamma(rate: 8, coefficientOfVariation: 3)), capacity: 10))
    #expect(abs(bursts / even - 5) < 1e-9)
  }

  /// As bursts are: by the mean of both variances.
  @Test func unlikeRequestsAreRememberedLonger() throws {
    let load = workload(.poisson(rate: 8))
    let alike = try #require(Relaxation.seconds(of: load, capacity: 10, variation: 0.2))
    let unlike = try #require(Relaxation.seconds(of: load, capacity: 10, variation: 4))
    #expect(abs(unlike / alike - 2.5) < 1e-9)
  }

  @Test func queueThatGrowsHasNone() {
    #expect(Relaxation.seconds(of: workload(.poisson(rate: 10)), capacity: 10) == nil)
    #expect(Relaxation.seconds(of: workload(.offline), capacity: 10) == nil)
  }
}
