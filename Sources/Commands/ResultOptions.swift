internal import ArgumentParser
internal import Diagnostics
internal import Reporting

/// In which form a result is written, and where to.
struct ResultOptions: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json }

  @Option(help: "Form of the result.")
  var format = Format.table

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the result to a file, all of it or nothing.", valueName: "file"))
  var output: String?

  /// Checked before the work, so that nobody waits an hour for a folder that is not there.
  ///
  /// - Throws: `FileFailure` when a file cannot be put there.
  func destination() throws -> Destination { try Self.destination(format, at: output) }

  static func destination(_ format: Format, at output: String?) throws -> Destination {
    Destination(format: format, file: try output.map { try FileOutput(path: $0) })
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try Self.checkOutput(output, apartFrom: inputs)
  }

  static func checkOutput(_ output: String?, apartFrom inputs: [String]) throws {
    guard let output, let file = try? FileOutput(path: output) else { return }
    for input in inputs where file.replaces(input) {
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/output-is-input", "the result would replace an input file: \(input)",
          at: SourceLocation(file: "--output \(output)"), hint: "give it a name of its own"))
    }
  }

  struct Destination {
    fileprivate let format: Format
    fileprivate let file: FileOutput?

    func put(_ document: some ReportDocument, table: (TextStyle) -> String) throws {
      let text: String
      switch format {
      case .json: text = try document.json()
      case .table: text = table(file == nil ? StandardStreams.outputStyle : .plain)
      }
      if let file { try file.save(text) } else { try StandardStreams.writeResult(text) }
    }
  }
}
