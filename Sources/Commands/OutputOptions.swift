internal import ArgumentParser
internal import Diagnostics
internal import Rendering

/// Where a result is written to.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the result to a file, all of it or nothing.", valueName: "file"),
    completion: .file())
  var output: String?

  /// - Throws: `FileFailure` when a file cannot be put there.
  func destination() throws -> Destination {
    Destination(file: try output.map { try FileOutput(path: $0) })
  }

  /// - Throws: `CommandLineMisuse` when the result would replace one of the files it is made of.
  func checkOutput(apartFrom inputs: [String]) throws {
    try Self.check(output, of: "--output", apartFrom: inputs)
  }

  /// - Parameter option: which file it is.
  static func check(_ output: String?, of option: String, apartFrom inputs: [String]) throws {
    guard let output, let file = try? FileOutput(path: output) else { return }
    for input in inputs where file.replaces(input) {
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/output-is-input", "the result would replace an input file: \(input)",
          at: SourceLocation(file: "\(option) \(output)"), hint: "give it a name of its own"))
    }
  }

  struct Destination {
    fileprivate let file: FileOutput?

    /// Style of a table that is put there.
    var style: TextStyle { file == nil ? StandardStreams.outputStyle : .plain }

    func put(_ text: String) throws {
      if let file { try file.save(text) } else { try StandardStreams.writeResult(text) }
    }
  }
}
