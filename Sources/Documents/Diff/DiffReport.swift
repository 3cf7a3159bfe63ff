internal import Diagnostics

/// Two results of one command beside each other: which figures changed, and what they were made
/// from that is not the same.
package struct DiffReport: ReportDocument {
  package var schema = ReportSchema(name: "windtunnel/diff", version: 1)
  package var command = "diff"
  /// The command whose results they are.
  package var results: String
  package var before: String
  package var now: String
  /// The differences of all figures that are not the same.
  package var figures: [BaselineReport.Difference]
  /// The figures that are.
  package var same: [String]
  package var inputs: [InputDifference]

  /// - Parameters:
  ///   - type: of the document that both are.
  ///   - before, now: the files and what is in them.
  /// - Throws: `InvalidInput` for what is no such document.
  package init<Document: GatedDocument>(
    of type: Document.Type, _ before: (file: String, text: String),
    _ now: (file: String, text: String)
  ) throws {
    let hint = "write it with `--format json --output FILE`"
    func result(_ from: (file: String, text: String)) throws -> Baseline<Document> {
      try Baseline(from.text, file: from.file, code: "diff", name: "file", hint: hint)
    }
    let (old, new) = (try result(before), try result(now))
    let found = BaselineReport(new.comparison(with: old), inputs: new.inputDifferences(from: old))
    results = Document.command
    self.before = before.file
    self.now = now.file
    figures = found.differences
    same = found.same
    inputs = found.inputs
  }

  /// Whose result it is, as far as that can be read.
  package static func command(of text: String) -> String? {
    (try? DocumentValue(json: text))?["command"]?.scalarText
  }
}

extension DiffReport: DocumentKeys {
  package static let keys = DocumentNames([:])
}
