import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Runs that are cut into parts afterwards.
struct RunMomentTests {
  /// The parts of a run between instants, the first from its start and the last to its end, and the
  /// whole run; nil when it does not end.
  private func parts(
    _ configuration: SimulationConfiguration, _ mode: SimulationConfiguration.Mode,
    at times: [SimTime]
  ) -> (parts: [RunSummary], whole: RunSummary)? {
    var configuration = configuration
    configuration.mode = mode
    var simulation = Simulation(configuration)
    var moments = [simulation.moment(at: .zero)]
    for time in times {
      if simulation.advance(events: 1_000_000, before: time) { return nil }
      moments.append(simulation.moment(at: time))
    }
    if simulation.advance(events: 1_000_000) { return nil }
    moments.append(simulation.moment(at: max(simulation.now, times[times.count - 1])))
    let parts = zip(moments, moments.dropFirst()).map {
      RunSummary(from: $0, to: $1, of: configuration)
    }
    return (parts, simulation.finish())
  }

  @Test func partsAreTheSameInBothModesAndAddUpToTheWhole() throws {
    var differing = 0
    for seed in LongTests.seeds(short: 150, long: 5_000) {
      let cluster = RandomCluster(seed: seed)
      guard let first = RandomCluster.summary(cluster.configuration, .fastForward)
      else { continue }
      let end = first.makespan.nanoseconds
      let times = [end / 7, end / 3, end / 3 + 1, end * 4 / 5].map { SimTime(nanoseconds: $0) }
      let fast = try #require(parts(cluster.configuration, .fastForward, at: times))
      let slow = try #require(parts(cluster.configuration, .stepwise, at: times))
      for (index, pair) in zip(fast.parts, slow.parts).enumerated() {
        let found = SummaryDifferences.between(pair.0, pair.1)
        if !found.isEmpty {
          Issue.record("\(cluster)\n  part \(index)\n  \(found.joined(separator: "\n  "))")
          return
        }
      }
      #expect(fast.whole.fingerprint == first.fingerprint, "looking changes nothing: seed \(seed)")
      expectSum(of: fast.parts, is: fast.whole, seed: seed)
      if fast.parts[0].steps < fast.whole.steps, fast.parts[3].completed > 0 { differing += 1 }
    }
    #expect(differing > 20 || LongTests.seeds(short: 150, long: 5_000).count == 1)
  }

  private func expectSum(of parts: [RunSummary], is whole: RunSummary, seed: UInt64) {
    func expect<Value: AdditiveArithmetic>(_ name: String, _ value: (RunSummary) -> Value) {
      let sum = parts.reduce(Value.zero) { $0 + value($1) }
      #expect(sum == value(whole), "\(name), seed \(seed)")
    }
    let counts = Mirror(reflecting: whole.counts).children
    for (index, child) in counts.enumerated() where child.value is Int64 {
      let sum = parts.reduce(Int64(0)) { sum, part in
        let value = Array(Mirror(reflecting: part.counts).children)[index].value as? Int64
        return sum + (value ?? 0)
      }
      #expect(sum == child.value as? Int64, "\(child.label ?? ""), seed \(seed)")
    }
    expect("steps", \.steps)
    expect("busy time") { $0.pools.reduce(Int128(0)) { $0 + $1.busyFemtoseconds } }
    expect("gaps", \.interToken.count)
    expect("sum of gaps", \.interTokenFemtoseconds)
    expect("end to end", \.endToEnd.count)
    expect("sum of latencies", \.timeToFirstToken.sum)
    expect("requests in system", \.inSystem.integral)
    expect("queue", \.queue.integral)
    expect("caches sent", \.transfers.count)
  }

  /// Fifty requests a second in steps of a millisecond: what comes in the middle is what comes.
  @Test func partHasTheRateOfTheLoad() throws {
    let pool = PoolConfiguration(
      model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1_000, maximumSequences: 8),
      capacity: CacheCapacity(totalBlocks: 10_000, blockTokens: 16))
    let configuration = SimulationConfiguration(
      pools: [pool],
      workload: Workload(
        arrivals: .poisson(rate: 50), requests: 4_000,
        classes: [RequestClass(name: "all", input: .fixed(10), output: .fixed(20))]))
    let found = try #require(
      parts(
        configuration, .fastForward,
        at: [SimTime(nanoseconds: 20_000_000_000), SimTime(nanoseconds: 60_000_000_000)]))
    let middle = found.parts[1]
    #expect(middle.makespan.seconds == 40)
    #expect(abs(Double(middle.completed) / 2_000 - 1) < 0.1)
    #expect(abs(Double(middle.outputTokens) / Double(middle.inputTokens) - 2) < 0.01)
  }
}
