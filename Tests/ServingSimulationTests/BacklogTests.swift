import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// What waits behind a long queue takes less memory, and nothing else comes of it.
struct BacklogTests {
  private func summary(_ configuration: SimulationConfiguration, longestQueue: Int) -> RunSummary? {
    var configuration = configuration
    configuration.longestQueue = longestQueue
    return RandomCluster.summary(configuration, .fastForward)
  }

  @Test func aRunIsTheSameHoweverShortItsQueue() throws {
    var long = 0
    for seed in LongTests.seeds(short: 1_000, long: 3_000) {
      let cluster = RandomCluster(seed: seed)
      let workload = cluster.configuration.workload
      // Whose requests are looked for in the tables, or not taken as they come, keeps them there.
      guard !workload.hasFollowUps, !workload.hasPatience,
        cluster.configuration.pools[0].limits.priorities == nil
      else { continue }
      let longestQueue = 1 + Int(seed % 5)
      let short = try #require(summary(cluster.configuration, longestQueue: longestQueue))
      #expect(ClusterLaws.broken(short, cluster.configuration) == [], "\(cluster)")
      // In what order requests begin anew is the order of the tables.
      guard cluster.configuration.pools.allSatisfy({ $0.availability == .always }) else { continue }
      let whole = try #require(summary(cluster.configuration, longestQueue: .max))
      #expect(SummaryDifferences.between(whole, short) == [], "\(cluster)")
      #expect(whole.fingerprint == short.fingerprint)
      if whole.queue.maximum > longestQueue * whole.pools[0].replicas { long += 1 }
    }
    #expect(long > 3)
  }

  /// Ten thousand at once on one replica, which takes one at a time: in their order.
  @Test func manyWaitInTheirOrder() {
    let configuration = SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 64, maximumSequences: 1),
      capacity: CacheCapacity(totalBlocks: 100, blockTokens: 16),
      workload: Workload(
        arrivals: .offline, requests: 10_000,
        classes: [RequestClass(name: "short", input: .fixed(8), output: .fixed(2))]),
      keepsRecords: true)
    let summary = Simulation(configuration).finish()
    #expect(summary.brokenLaws == [])
    #expect(summary.records.map(\.request.index) == Array(0..<10_000))
    #expect(summary.makespan == SimTime(nanoseconds: 20_000 * 1_000_000))
  }
}
