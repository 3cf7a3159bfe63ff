internal import Diagnostics
internal import FoundationEssentials
package import Requirements

/// An earlier result, as `--format json` wrote it.
package struct Baseline<Document: GatedDocument>: Sendable {
  package let file: String
  private let document: Document
  private let text: String

  private struct Header: Decodable {
    var schema: ReportSchema
    var command: String
  }

  /// - Throws: `InvalidInput` for what is no result of the same command in the same schema.
  package init(_ text: String, file: String) throws {
    self.file = file
    self.text = text
    let header = try Self.decode(Header.self, text, file)
    guard header.command == Document.command else {
      throw Self.refusal(
        "other-command",
        "the baseline is a result of another command: \(Self.oneLine(header.command))", file,
        notes: ["this one is `\(Document.command)`"])
    }
    let (found, known) = (header.schema, Document.schema)
    guard found == known else {
      throw Self.refusal(
        "schema", "unknown schema of the baseline: \(Self.oneLine(found.name))/\(found.version)",
        file, notes: ["this program reads `\(known.name)/\(known.version)`"])
    }
    document = try Self.decode(Document.self, text, file)
    if let odd = document.figures.first(where: { $0.value?.isFinite == false }) {
      throw Self.refusal("not-a-result", "the baseline has no number: \(odd.figure.path)", file)
    }
  }

  /// - Throws: `InvalidInput` when the result is of another scenario.
  package func check(subject: String) throws {
    guard document.subject != subject else { return }
    throw Self.refusal(
      "other-scenario",
      "the baseline is of another scenario: \(Self.oneLine(document.subject))", file,
      notes: ["this one is `\(subject)`"], hint: "keep a baseline for each scenario")
  }

  package func comparison(with now: [FigureValue], tolerance: Double) -> BaselineComparison {
    BaselineComparison(now, against: document.figures, from: file, tolerance: tolerance)
  }

  package func inputDifferences(to now: Document) throws -> [InputDifference] {
    try InputDifference.between(text, try now.json())
  }

  /// What is typed to write a baseline, or to renew it.
  package static func writing(of file: String, _ verb: String = "write") -> String {
    "\(verb) it with the same command, and `--format json --output \(file)` instead of `--baseline`"
  }

  // MARK: Decoding

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ text: String, _ file: String
  ) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw refusal(of: error, file)
    }
  }

  private static func refusal(of error: DecodingError, _ file: String) -> InvalidInput {
    switch error {
    case .keyNotFound(let key, let context):
      refusal(
        "not-a-result", "the baseline has no `\(path(context.codingPath + [key]))`", file)
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
      .valueNotFound(_, let context) where !context.codingPath.isEmpty,
      .dataCorrupted(let context) where !context.codingPath.isEmpty:
      refusal(
        "not-a-result", "the baseline has something else for `\(path(context.codingPath))`", file)
    default:
      refusal("not-a-result", "the baseline is no JSON of a result", file)
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map { String($0) } ?? oneLine($0.stringValue) }.joined(separator: ".")
  }

  private static func refusal(
    _ code: String, _ message: String, _ file: String, notes: [String] = [], hint: String? = nil
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "baseline/\(code)", message, at: SourceLocation(file: file), notes: notes,
        hint: hint ?? writing(of: file)))
  }

  private static func oneLine(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(60) + "..." : line
  }
}
