package import ServingSimulation

/// A run over time, with the names that a reader sees.
package struct RunTimeline: Sendable {
  let timeline: Timeline
  let replicas: [Replica]
  let facts: [(name: String, value: String)]

  struct Replica {
    /// `decode 3`, counted from 0 in its pool.
    var name: String
    var pool: Int
    /// Cache blocks that it has.
    var blocks: Int
    /// Attention ranks.
    var ranks: Int
  }

  /// Nil when the run was simulated without one.
  package init?(_ summary: RunSummary, of report: RunReport, version: String) {
    guard let timeline = summary.timeline else { return nil }
    self.timeline = timeline
    replicas = summary.pools.enumerated().flatMap { index, pool in
      (0..<pool.replicas).map { number in
        Replica(
          name: "\(pool.name) \(number)", pool: index, blocks: pool.totalBlocks / pool.replicas,
          ranks: pool.ranks)
      }
    }
    facts = [
      ("program", "windtunnel \(version)"), ("scenario", report.inputs.scenario.name),
      ("model", report.inputs.model.name), ("hardware", report.inputs.hardware.name),
      ("seed", "\(report.seed)"), ("fingerprint", report.fingerprint),
      ("requests", timeline.requestSample.words), ("steps", timeline.stepSample.words),
      ("incidents", timeline.incidentSample.words),
    ]
  }

  /// What is left out, in words; nil when nothing is.
  package var omissions: String? {
    let parts = [
      ("requests", timeline.requestSample), ("steps", timeline.stepSample),
      ("incidents", timeline.incidentSample),
    ].filter { !$0.1.isComplete }.map { "\($0) \($1.words)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
