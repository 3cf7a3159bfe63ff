internal import Diagnostics
internal import FoundationEssentials
package import Requirements
internal import Units

/// An earlier result, as `--format json` wrote it: its figures, and what they were made from.
package struct Baseline<Document: GatedDocument>: Sendable {
  package let file: String
  private let tree: DocumentValue
  private let figures: [FigureValue]

  /// - Throws: `InvalidInput` for what is no result of the same command in the same schema.
  package init(_ text: String, file: String) throws {
    self.file = file
    guard let tree = try? JSONDecoder().decode(DocumentValue.self, from: Data(text.utf8)),
      let command = tree["command"]?.scalarText, let schema = tree["schema"],
      let name = schema["name"]?.scalarText, let version = schema["version"]?.scalarText
    else { throw Self.refusal("not-a-result", "the baseline is no JSON of a result", file) }
    self.tree = tree
    guard command == Document.command else {
      throw Self.refusal(
        "other-command",
        "the baseline is a result of another command: \(Self.oneLine(command))", file,
        notes: ["this one is `\(Document.command)`"])
    }
    let known = Document.schema
    guard name == known.name, version == "\(known.version)" else {
      throw Self.refusal(
        "schema", "unknown schema of the baseline: \(Self.oneLine(name))/\(Self.oneLine(version))",
        file, notes: ["this program reads `\(known.name)/\(known.version)`"])
    }
    figures = try Self.figures(in: tree, file)
  }

  /// - Throws: `InvalidInput` when the result is of another scenario.
  package func check(subject: String) throws {
    let place = Document.subjectPath
    let found = place.reduce(tree) { $0?[$1] }?.scalarText
    guard let found else {
      throw Self.refusal(
        "not-a-result", "the baseline has no `\(place.joined(separator: "."))`", file)
    }
    guard found != subject else { return }
    throw Self.refusal(
      "other-scenario", "the baseline is of another scenario: \(Self.oneLine(found))", file,
      notes: ["this one is `\(subject)`"], hint: "keep a baseline for each scenario")
  }

  /// Both as documents have them: what differs beyond their digits is the same.
  package func comparison(with now: [FigureValue], tolerance: Double) -> BaselineComparison {
    let written = now.map { item in
      FigureValue(
        item.figure, item.value.map { ReportNumber.rounded($0) }, unknown: item.unknown)
    }
    return BaselineComparison(written, against: figures, from: file, tolerance: tolerance)
  }

  package func inputDifferences(to now: Document) throws -> [InputDifference] {
    InputDifference.between(tree, try now.tree())
  }

  /// What is typed to write a baseline, or to renew it.
  package static func writing(of file: String, _ verb: String = "write") -> String {
    "\(verb) it with the same command, and `--format json --output \(file)` instead of `--baseline`"
  }

  // MARK: Reading

  private static func figures(in tree: DocumentValue, _ file: String) throws -> [FigureValue] {
    guard let found = tree["figures"] else {
      throw refusal("not-a-result", "the baseline has no `figures`", file)
    }
    let pairs: [(path: String, value: DocumentValue)] =
      switch found {
      case .object(let members): members.map { ($0.key, $0.value) }
      case .array(let items):
        items.map { ($0["path"]?.scalarText ?? "", $0["value"] ?? .null) }
      default: [("", .null)]
      }
    return try pairs.compactMap { path, value in
      guard let number = value.number else {
        throw refusal(
          "not-a-result", "the baseline has something else for `figures.\(oneLine(path))`", file)
      }
      return Document.figure(path).map { FigureValue($0, number) }
    }
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
