package import Planning

/// What a sweep found: every case, and those that no other is better than.
///
///     let report = SweepReport(header, records, command: "sweep")
///     print(SweepTable(report).text(TextStyle.plain))
///
/// Figures have the names that `--require` knows and are in base units.
package struct SweepReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var scenario: String
    package var title: String
    /// Changes to the scenario that are the same in every case.
    package var settings: [String]
    /// What the command line requires of every case; absent for nothing.
    package var requirements: [String]?
    package var axes: [SweepAxis]
    package var tool: String
    /// The part of the sweep; absent for the whole.
    package var shard: SweepShard?
  }

  package struct Results: Encodable, Sendable {
    package var simulated: Int
    package var refused: Int
    /// Simulated, but some of the requests were rejected or lost.
    package var unserved: Int
    /// Simulated, but requests come faster than they are served, or nearly so.
    package var overloaded: Int
    /// Simulated, but something that is required does not hold; absent where nothing is required.
    package var missed: Int?
    package var frontiers: [SweepFrontier]
    /// Results of the cases, in the order of the sweep.
    package var cases: [SweepRecord]
  }

  package var schema = ReportSchema(name: "windtunnel/sweep", version: 1)
  package var command: String
  package var seed: UInt64
  package var fingerprint: String
  package var inputs: Inputs
  package var results: Results

  /// - Parameter records: in the order of the sweep.
  package init(_ header: SweepHeader, _ records: [SweepRecord], command: String) {
    self.command = command
    seed = header.seed
    fingerprint = header.fingerprint
    inputs = Inputs(
      scenario: header.scenario, title: header.title, settings: header.settings,
      requirements: header.requirements, axes: header.axes, tool: header.tool, shard: header.shard)
    results = Results(
      simulated: records.count { $0.figures != nil }, refused: records.count { $0.refused != nil },
      unserved: records.count { $0.figures != nil && $0.load == nil && !$0.isServed },
      overloaded: records.count { $0.load != nil },
      missed: records.contains { $0.missed != nil }
        ? records.count { $0.missed?.isEmpty == false } : nil,
      frontiers: SweepFrontier.all(of: records), cases: records)
  }
}
