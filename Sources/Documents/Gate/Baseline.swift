internal import Diagnostics
package import Requirements
internal import Units

/// An earlier result, as `--format json` wrote it: its figures, and what they were made from.
package struct Baseline<Document: GatedDocument>: Sendable {
  package let file: String
  private let tree: DocumentValue
  private let figures: [FigureValue]

  /// - Parameters:
  ///   - code: what the codes of its problems begin with.
  ///   - name: what it is called in messages.
  ///   - hint: how such a file is made.
  /// - Throws: `InvalidInput` for what is no result of the same command in the same schema.
  package init(
    _ text: String, file: String, code: String = "baseline", name what: String = "baseline",
    hint: String? = nil
  ) throws {
    self.file = file
    let refuse = Refusal(code: code, what: what, file: file, hint: hint ?? Self.writing(of: file))
    guard let tree = try? DocumentValue(json: text),
      let command = tree["command"]?.scalarText, let schema = tree["schema"],
      let name = schema["name"]?.scalarText, let version = schema["version"]?.scalarText
    else { throw refuse("not-a-result", "the \(what) is no JSON of a result") }
    self.tree = tree
    guard command == Document.command else {
      throw refuse(
        "other-command",
        "the \(what) is a result of another command: \(Self.oneLine(command))",
        notes: ["this one is `\(Document.command)`"])
    }
    let known = Document.schema
    guard name == known.name, version == "\(known.version)" else {
      throw refuse(
        "schema", "unknown schema of the \(what): \(Self.oneLine(name))/\(Self.oneLine(version))",
        notes: ["this program reads `\(known.name)/\(known.version)`"])
    }
    figures = try Self.figures(in: tree, refuse)
  }

  /// - Throws: `InvalidInput` when the result is of another scenario.
  package func check(subject: String) throws {
    let place = Document.subjectPath
    let found = place.reduce(tree) { $0?[$1] }?.scalarText
    let refuse = Refusal(
      code: "baseline", what: "baseline", file: file, hint: Self.writing(of: file))
    guard let found else {
      throw refuse("not-a-result", "the baseline has no `\(place.joined(separator: "."))`")
    }
    guard found != subject else { return }
    throw refuse(
      "other-scenario", "the baseline is of another scenario: \(Self.oneLine(found))",
      notes: ["this one is `\(subject)`"], hint: "keep a baseline for each scenario")
  }

  /// - Throws: `InvalidInput` for the exceptions that are of no figure of the earlier result.
  package func check(_ tolerances: Tolerances) throws {
    let paths = figures.map(\.figure.path)
    let unknown = tolerances.exceptions.filter { exception in
      !paths.contains(where: exception.covers)
    }
    guard !unknown.isEmpty else { return }
    let groups = paths.compactMap { $0.split(separator: ".").first.map(String.init) }
    throw InvalidInput(
      unknown.map { exception in
        Diagnostic(
          code: "baseline/unknown-figure",
          "no figure of the baseline has this name: \(exception.name)",
          at: SourceLocation(file: file),
          notes: ["it has " + paths.map { "`\($0)`" }.joined(separator: ", ")],
          hint: Suggestion.nearest(to: exception.name, in: paths + groups)
            .map { "did you mean `\($0)`?" })
      })
  }

  /// Both as documents have them: what differs beyond their digits is the same.
  package func comparison(
    with now: [FigureValue], tolerances: Tolerances
  ) -> BaselineComparison {
    let written = now.map { item in
      FigureValue(
        item.figure, item.value.map { ReportNumber.rounded($0) }, unknown: item.unknown)
    }
    return BaselineComparison(written, against: figures, from: file, tolerances: tolerances)
  }

  package func inputDifferences(to now: Document) throws -> [InputDifference] {
    InputDifference.between(tree, try now.tree())
  }

  /// The figures of this result beside an earlier one's, both as they were written.
  func comparison(with before: Baseline) -> BaselineComparison {
    BaselineComparison(
      figures, against: before.figures, from: before.file, tolerances: Tolerances(0))
  }

  func inputDifferences(from before: Baseline) -> [InputDifference] {
    InputDifference.between(before.tree, tree)
  }

  /// What is typed to write a baseline, or to renew it.
  package static func writing(of file: String, _ verb: String = "write") -> String {
    "\(verb) it with the same command, and `--format json --output \(file)` instead of `--baseline`"
  }

  // MARK: Reading

  private static func figures(
    in tree: DocumentValue, _ refuse: Refusal
  ) throws -> [FigureValue] {
    guard let found = tree["figures"] else {
      throw refuse("not-a-result", "the \(refuse.what) has no `figures`")
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
        throw refuse(
          "not-a-result", "the \(refuse.what) has something else for `figures.\(oneLine(path))`")
      }
      return Document.figure(path).map { FigureValue($0, number) }
    }
  }

  private struct Refusal {
    let code: String
    let what: String
    let file: String
    let hint: String

    func callAsFunction(
      _ problem: String, _ message: String, notes: [String] = [], hint: String? = nil
    ) -> InvalidInput {
      InvalidInput(
        Diagnostic(
          code: "\(code)/\(problem)", message,
          at: SourceLocation(file: file), notes: notes, hint: hint ?? self.hint))
    }
  }

  private static func oneLine(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 60 ? line.prefix(60) + "..." : line
  }
}
