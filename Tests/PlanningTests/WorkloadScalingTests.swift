import Testing
import Units
import Workloads

@testable import Planning

struct WorkloadScalingTests {
  /// 0.1 three times is 0.30000000000000004, and nobody types that.
  @Test func ratesAreWhatIsTyped() {
    let lengths = [RequestClass(name: "all", input: .fixed(1), output: .fixed(1))]
    for (rate, factor, typed) in [
      (0.1, 3.0, "0.3 req/s"), (40, 11, "440.0 req/s"), (20, 1.2, "24.0 req/s"),
      (1e-3, 0.7, "0.0007 req/s"),
    ] {
      let workload = Workload(arrivals: .poisson(rate: rate), requests: 1, classes: lengths)
      #expect(workload.loadSettings(scaledBy: factor).map(\.value) == [typed])
      // What is typed is what was simulated.
      let value = Double(typed.dropLast(6))
      #expect(workload.scaled(by: factor).arrivals == value.map { .poisson(rate: $0) })
    }
  }

  /// 300 times 7 / 300 is 7.000000000000001.
  @Test func clientsAreWhole() {
    let workload = Workload(
      arrivals: .closedLoop(clients: 300, thinkTime: .zero), requests: 300,
      classes: [RequestClass(name: "all", input: .fixed(1), output: .fixed(1))])
    for clients in 1...600 {
      let scaled = workload.scaled(by: Double(clients) / 300)
      #expect(scaled.arrivals == .closedLoop(clients: clients, thinkTime: .zero))
      #expect(scaled.requests == clients)
    }
    #expect(workload.scaled(by: 0.0101).requests == 4)
  }
}
