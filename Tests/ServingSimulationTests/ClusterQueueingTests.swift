import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Several replicas as queues: one request at a time, of one service each.
struct ClusterQueueingTests {
  private func records(
    _ arrivals: ArrivalProcess, _ requests: Int, replicas: Int, _ routing: RoutingPolicy
  ) -> [RequestRecord] {
    let configuration = SimulationConfiguration(
      pools: [
        PoolConfiguration(
          replicas: replicas, model: StepModel(secondsPerStep: 0.01),
          limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 1),
          capacity: CacheCapacity(totalBlocks: 1000, blockTokens: 16), routing: routing)
      ],
      workload: Workload(
        arrivals: arrivals, requests: requests,
        classes: [RequestClass(name: "job", input: .fixed(10), output: .fixed(1))]),
      seed: 2026, keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(ClusterLaws.broken(summary, configuration) == [])
    return summary.records.sorted { $0.request.index < $1.request.index }
  }

  /// Three replicas at a load of 0.8. Equal services end in the order in which they began, so
  /// taking turns is one queue before all of them: M/D/3, which waits 0.5526 services (Cosmetatos,
  /// from Erlang's C of 0.647). The shortest of three queues is next to that; three queues apart
  /// would wait 2 (M/D/1).
  @Test func turnsAndTheShortestQueueAreNearlyOneQueue() {
    func sojourn(_ routing: RoutingPolicy) -> Double {
      let all = records(.poisson(rate: 0.8 * 3 / 0.01), 15_000, replicas: 3, routing)
      return all.reduce(0) { $0 + $1.endToEndLatency.seconds / 0.01 } / Double(all.count)
    }
    let (shortest, turns) = (sojourn(.leastRequests), sojourn(.roundRobin))
    #expect(abs(turns - 1.5526) < 0.08, "\(turns)")
    #expect(shortest >= turns && shortest < 1.9, "\(shortest) and \(turns)")
  }

  @Test func turnsSplitTheStream() {
    var random = RandomStream(seed: 7, name: "arrivals")
    var clock = 0.0
    let entries = (0..<3000).map { _ in
      clock += random.exponential() * 0.006
      return Trace.Entry(
        arrival: SimTime(nanoseconds: Int64(clock * 1e9)), inputTokens: 10, outputTokens: 1)
    }
    let together = records(.trace(Trace(entries: entries)), 3000, replicas: 2, .roundRobin)
    for part in 0..<2 {
      let half = entries.indices.filter { $0 % 2 == part }
      let alone = records(
        .trace(Trace(entries: half.map { entries[$0] })), half.count, replicas: 1, .roundRobin)
      #expect(alone.map(\.finish) == half.map { together[$0].finish })
      #expect(alone.map(\.scheduled) == half.map { together[$0].scheduled })
    }
  }
}
