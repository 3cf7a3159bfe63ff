package import Requirements

/// A result that can be held to requirements and to an earlier one.
package protocol GatedDocument: ReportDocument {
  /// The schema of the documents that this program writes.
  static var schema: ReportSchema { get }
  static var command: String { get }
  /// Where the subject stands in the document.
  static var subjectPath: [String] { get }
  /// A figure of such a document by its name.
  static func figure(_ path: String) -> Figure?

  /// What two results must have in common to be compared: the name of the scenario.
  var subject: String { get }
  /// One line for who reads the verdict and nothing else: model, machine, fingerprint.
  var circumstances: String { get }
  var figures: [FigureValue] { get }
  /// The figures of the hours with the highest load, where there are such.
  var peakFigures: [FigureValue] { get }
  var requirements: [RequirementReport]? { get set }
  var baseline: BaselineReport? { get set }
}

extension GatedDocument {
  package static var subjectPath: [String] { ["inputs", "scenario"] }
  package var peakFigures: [FigureValue] { [] }

  /// `windtunnel run chat`
  package var gateTitle: String { "windtunnel \(Self.command) \(subject)" }

  /// Puts a verdict into the document; what was not asked for stays absent.
  package mutating func adopt(_ verdict: GateVerdict, inputs: [InputDifference] = []) {
    requirements =
      verdict.requirements.isEmpty ? nil : verdict.requirements.map { RequirementReport($0) }
    baseline = verdict.baseline.map { BaselineReport($0, inputs: inputs) }
  }

  /// With every figure that has a name and a value, in the base unit of its dimension.
  package func tree() throws -> DocumentValue {
    var tree = try DocumentEncoder.tree(of: self)
    if tree["figures"] == nil { tree["figures"] = Self.table(of: figures) }
    return tree
  }

  private static func table(of figures: [FigureValue]) -> DocumentValue {
    .object(
      figures.compactMap { item in
        item.value.map { .init(key: item.figure.path, value: .rounded($0)) }
      }.sorted { $0.key < $1.key })
  }
}
