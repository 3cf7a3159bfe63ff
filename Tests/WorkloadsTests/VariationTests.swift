import Testing
import Workloads

@Suite struct VariationTests {
  @Test func workedExample() {
    let workload = Workload(
      arrivals: .offline, requests: 1,
      classes: [100, 300].map {
        RequestClass(name: "of \($0)", input: .fixed(1_000), output: .fixed($0))
      })
    #expect(abs(workload.holdingVariation - 0.2844) < 1e-4)
  }

  @Test func equalRequestsDoNotVary() {
    let workload = Workload(
      arrivals: .offline, requests: 1,
      classes: [RequestClass(name: "all", input: .fixed(500), output: .fixed(100))])
    #expect(abs(workload.holdingVariation) < 1e-9)
  }
}
