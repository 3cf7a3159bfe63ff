import ServingSimulation
import TestSupport
import Testing
import Units
import Workloads

/// The simulation's sums over sequences are right, not merely the same in both of its modes.
struct ReferenceTests {
  @Test func simulationEqualsTheReferenceScheduler() {
    for seed in LongTests.seeds(short: 300, long: 20_000) {
      let scenario = RandomScenario(seed: seed)
      let found = scenario.summary()
      var expected = ReferenceScheduler(scenario.configuration)
      expected.run()
      let differences = Self.differences(found, expected)
      guard differences.isEmpty else {
        Issue.record("\(scenario)\n  \(differences.joined(separator: "\n  "))")
        return
      }
    }
  }

  static func differences(_ found: RunSummary, _ expected: ReferenceScheduler) -> [String] {
    var list: [String] = []
    func compare<Value: Equatable>(_ name: String, _ left: Value, _ right: Value) {
      if left != right { list.append("\(name): \(left), the reference has \(right)") }
    }
    compare("steps", Int(found.steps), expected.steps)
    compare("busy time", found.pools[0].busyFemtoseconds, expected.busy)
    compare("preemptions", Int(found.preemptions), expected.preemptions)
    compare(
      "preempted requests", Int(found.preemptedRequests),
      expected.records.count { $0.preemptions > 0 })
    // A run's blocks are taken to grow evenly: to within one block a sequence.
    let blocks =
      found.pools[0].meanOccupancy(over: found.makespan.seconds)
      * Double(found.pools[0].totalBlocks) * found.makespan.seconds
    let error = abs(blocks - Double(expected.blockTime) * 1e-15)
    if error > found.busySeconds * Double(max(found.pools[0].largestBatch, 1)) * 1.000_001 {
      list.append("block seconds: \(blocks), off by \(error)")
    }
    compare("rejected", Int(found.rejected), expected.rejected)
    compare("largest used blocks", found.pools[0].largestUsedBlocks, expected.largestUsedBlocks)
    compare("prefilled tokens", Int(found.prefilledTokens), expected.prefilledTokens)
    compare("sum of gaps", found.interTokenFemtoseconds, expected.gapSum)
    if found.interToken != expected.gaps { list.append("the gaps between tokens differ") }
    let records = found.records.sorted { $0.request.index < $1.request.index }
    compare("records", records.count, expected.records.count)
    if let pair = zip(records, expected.records).first(where: { $0 != $1 }) {
      list.append("record: \(pair.0)\n  the reference has: \(pair.1)")
    }
    return list
  }
}
