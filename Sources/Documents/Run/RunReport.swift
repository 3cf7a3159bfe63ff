internal import Outcomes
package import Requirements
package import Results

/// What one simulated run found, with everything it was made from.
///
///     let report = RunReport(summary, of: deployment, mode: .fastForward)
///     print(try report.json())
///
/// A value that nobody can know is absent, and `results.unknown` says why. Keys carry their unit
/// last.
package struct RunReport: ReportDocument {
  package static let schema = ReportSchema(name: "windtunnel/run", version: 1)
  package static let command = "run"

  package var schema = Self.schema
  package var command = Self.command
  package var seed: UInt64
  package var fingerprint: String
  package var inputs: RunInputs
  package var provenance: ReportProvenance
  package var results: RunResults
  /// Whether the scenario's objectives are held; absent without any.
  package var objectives: ObjectivesReport?
  /// Intervals that hold what the headline figures would be measured; absent where nothing alike
  /// was.
  package var intervals: PredictionIntervals?
  /// The run repeated with other seeds; absent where nobody asks.
  package var repeats: RepeatReport?
  /// The requirements, each with what became of it; absent where nothing is required.
  package var requirements: [RequirementReport]?
  /// The comparison with an earlier result; absent where none is given.
  package var baseline: BaselineReport?
}

extension RunReport: GatedDocument {
  package static let subjectPath = ["inputs", "scenario", "name"]
  package static func figure(_ path: String) -> Figure? { RunFigures.named(path) }

  package var subject: String { inputs.scenario.name }

  package var circumstances: String {
    "\(inputs.model.name) on \(inputs.machineWords), "
      + "\(inputs.engine.name); seed \(seed), fingerprint \(fingerprint)"
  }

  package var figures: [FigureValue] { results.figures + results.classFigures }
  package var peakFigures: [FigureValue] { results.peak?.figures ?? [] }
}
