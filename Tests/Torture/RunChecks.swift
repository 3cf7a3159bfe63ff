import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

/// Fast-forward against stepwise, and the laws, on constructed clusters.
enum ModesCheck {
  static func fault(_ cluster: RandomCluster) -> String? {
    guard let fast = RandomCluster.summary(cluster.configuration, .fastForward),
      let slow = RandomCluster.summary(cluster.configuration, .stepwise)
    else { return "does not end" }
    return fault(fast, slow, cluster.configuration)
  }

  static func fault(
    _ fast: RunSummary, _ slow: RunSummary, _ configuration: SimulationConfiguration
  ) -> String? {
    Verdict.difference(figures(fast), figures(slow))
      ?? differences(fast, slow)
      ?? Verdict.fault(ofLaws: ClusterLaws.broken(fast, configuration))
      ?? Verdict.fault(ofLaws: ClusterLaws.broken(slow, configuration))
  }

  private static func differences(_ fast: RunSummary, _ slow: RunSummary) -> String? {
    if fast.records.count != slow.records.count { return "differs: number of records" }
    if let pair = zip(fast.records, slow.records).first(where: { $0 != $1 }) {
      return "differs: record \(pair.0) and \(pair.1)"
    }
    if fast.fingerprint.text != slow.fingerprint.text { return "differs: fingerprint" }
    if fast.interToken != slow.interToken { return "differs: gaps between tokens" }
    if fast.endToEnd != slow.endToEnd { return "differs: latencies" }
    if fast.timeToFirstToken != slow.timeToFirstToken { return "differs: first tokens" }
    return nil
  }

  private static func figures(_ run: RunSummary) -> [(String, Double?)] {
    var list: [(String, Double?)] = [
      ("arrived", Double(run.arrived)), ("completed", Double(run.completed)),
      ("rejected", Double(run.rejected)), ("retried", Double(run.retried)),
      ("lost", Double(run.lost)), ("cancelled", Double(run.cancelled)),
      ("preemptions", Double(run.preemptions)), ("steps", Double(run.steps)),
      ("prefilled", Double(run.prefilledTokens)), ("decoded", Double(run.decodedTokens)),
      ("cached", Double(run.cachedTokens)), ("reused", Double(run.reusedTokens)),
      ("in vain", Double(run.wastedTokens)), ("makespan", run.makespan.seconds),
      ("transfers", Double(run.transfers.count)), ("bytes sent", Double(run.transfers.bytes)),
      ("FLOPs", run.work.flops), ("bytes", run.work.bytes), ("compute", run.work.compute),
      ("memory", run.work.memory), ("host", run.work.host),
      ("interconnect", run.work.interconnect), ("in queue", Double(run.queue.integral)),
      ("in system", Double(run.inSystem.integral)),
    ]
    for (index, pool) in run.pools.enumerated() {
      list += [
        ("busy \(index)", Double(pool.busyFemtoseconds)), ("batch \(index)", pool.meanBatch),
        ("largest batch \(index)", Double(pool.largestBatch)),
        ("largest use \(index)", Double(pool.largestUsedBlocks)),
        ("outages \(index)", Double(pool.outages)), ("outage time \(index)", pool.outageSeconds),
        ("occupancy \(index)", pool.meanOccupancy(over: run.makespan.seconds)),
      ]
    }
    return list
  }
}

/// A replica against the scheduler that visits every sequence at every step.
enum ReferenceCheck {
  static func fault(_ scenario: RandomScenario) -> String? {
    let found = scenario.summary()
    var expected = ReferenceScheduler(scenario.configuration)
    expected.run()
    return difference(found, expected) ?? Verdict.fault(ofLaws: found.brokenLaws)
  }

  static func difference(_ found: RunSummary, _ expected: ReferenceScheduler) -> String? {
    let records = found.records.sorted { $0.request.index < $1.request.index }
    let figures: [(String, Double?, Double?)] = [
      ("steps", Double(found.steps), Double(expected.steps)),
      ("busy time", Double(found.pools[0].busyFemtoseconds), Double(expected.busy)),
      ("preemptions", Double(found.preemptions), Double(expected.preemptions)),
      ("rejected", Double(found.rejected), Double(expected.rejected)),
      (
        "largest use", Double(found.pools[0].largestUsedBlocks), Double(expected.largestUsedBlocks)
      ),
      ("prefilled", Double(found.prefilledTokens), Double(expected.prefilledTokens)),
      ("records", Double(records.count), Double(expected.records.count)),
    ]
    if let fault = Verdict.difference(
      figures.map { ($0.0, $0.1) }, figures.map { ($0.0, $0.2) })
    {
      return fault
    }
    if found.interToken != expected.gaps { return "differs: gaps between tokens" }
    if let pair = zip(records, expected.records).first(where: { $0 != $1 }) {
      return "differs: record \(pair.0) and \(pair.1)"
    }
    return nil
  }
}
