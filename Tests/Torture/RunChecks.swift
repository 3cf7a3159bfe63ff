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
    SummaryDifferences.between(fast, slow).first.map { "differs: \($0)" }
      ?? Verdict.fault(ofLaws: ClusterLaws.broken(fast, configuration))
      ?? Verdict.fault(ofLaws: ClusterLaws.broken(slow, configuration))
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
