package import Outcomes

/// What one simulated run found, with everything it was made from.
///
///     let report = RunReport(summary, of: deployment, mode: .fastForward)
///     print(try report.json())
///     print(RunTable(report).text(TextStyle.plain))
///
/// A value that nobody can know is absent, and `results.unknown` says why. Keys carry their unit
/// last.
package struct RunReport: ReportDocument, Equatable {
  package var schema = ReportSchema(name: "windtunnel/run", version: 1)
  package var command = "run"
  package var seed: UInt64
  package var fingerprint: String
  package var inputs: RunInputs
  package var provenance: ReportProvenance
  package var results: RunResults
  /// Between what the headline figures would be measured; absent where nothing alike was.
  package var intervals: PredictionIntervals?
}
