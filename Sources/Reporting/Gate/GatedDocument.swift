package import Requirements

/// A result that can be held to requirements and to an earlier one.
package protocol GatedDocument: ReportDocument {
  /// Of what this program writes.
  static var schema: ReportSchema { get }
  static var command: String { get }

  /// What two results must have in common to be compared: the name of the scenario.
  var subject: String { get }
  /// One line for who reads the verdict and nothing else: model, machine, fingerprint.
  var circumstances: String { get }
  var figures: [FigureValue] { get }
  var requirements: [RequirementReport]? { get set }
  var baseline: BaselineReport? { get set }
}

extension GatedDocument {
  /// `windtunnel run chat`
  package var gateTitle: String { "windtunnel \(Self.command) \(subject)" }

  /// Puts a verdict into the document; what was not asked for stays absent.
  package mutating func adopt(_ verdict: GateVerdict, inputs: [InputDifference] = []) {
    requirements =
      verdict.requirements.isEmpty ? nil : verdict.requirements.map { RequirementReport($0) }
    baseline = verdict.baseline.map { BaselineReport($0, inputs: inputs) }
  }
}
