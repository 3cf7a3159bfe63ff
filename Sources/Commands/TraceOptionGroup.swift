internal import ArgumentParser
internal import ByteStreams
internal import Diagnostics
internal import Units
internal import Workloads

/// A recorded trace, and what is said of it on the command line: the keys of `arrivals`.
struct TraceOptionGroup: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The trace, packed with gzip or not, or a folder.", valueName: "file"),
    completion: .file())
  var file: String

  @Option(help: "What it is, where that is not found by how it begins.")
  var traceFormat: TraceFormat?

  @Option(
    help: ArgumentHelp(
      "Columns of any table, or keys of any objects: `time=ts,input=prompt,output=completion`.",
      valueName: "names"))
  var columns: String?

  @Option(help: "What times are in, where names and values do not say it.")
  var timeUnit: TimeUnit?

  @Option(
    help: ArgumentHelp(
      "What stands between a table's columns: a sign, comma, semicolon, tab, pipe or space.",
      valueName: "sign"))
  var delimiter: String?

  @Option(help: ArgumentHelp("Tokens that an id stands for.", valueName: "tokens"))
  var blockTokens: Int?

  @Option(
    help: ArgumentHelp("Length of the prompts where the file has none.", valueName: "tokens"))
  var prompt: Int32?

  @Option(
    help: ArgumentHelp("Length of the answers where the file has none.", valueName: "tokens"))
  var answer: Int32?

  @Option(help: "Which turns wait for the answer before them.")
  var turns: TraceOptions.Turns?

  @Option(help: "What the lengths of a conversation's prompts count: all, or what is new.")
  var inputCounts = TraceOptions.InputCounts.prompts

  @Option(
    help: ArgumentHelp("Where to begin, from its first request on: '10 min'.", valueName: "time"))
  var from: String?

  @Option(name: .customLong("for"), help: ArgumentHelp("How long a part.", valueName: "time"))
  var length: String?

  func validate() throws {
    if let delimiter, TraceOptions.delimiter(delimiter) == nil {
      throw ValidationError(
        "'--delimiter' must be one sign, or comma, semicolon, tab, pipe or space: \(delimiter)")
    }
    if let blockTokens, !(1...1_048_576).contains(blockTokens) {
      throw ValidationError("'--block-tokens' must be from 1 to 1048576: \(blockTokens)")
    }
    if let prompt, !(1...10_000_000).contains(prompt) {
      throw ValidationError("'--prompt' must be from 1 to 10000000: \(prompt)")
    }
    if let answer, !(0...10_000_000).contains(answer) {
      throw ValidationError("'--answer' must be from 0 to 10000000: \(answer)")
    }
  }

  /// - Throws: `InvalidInput` with everything that is wrong with it, `FileFailure` where it cannot
  ///   be read.
  func trace() throws -> Trace {
    var options = TraceOptions(format: traceFormat)
    options.columns = try namedColumns()
    options.timeUnit = timeUnit
    options.delimiter = delimiter.flatMap(TraceOptions.delimiter)
    options.blockTokens = blockTokens
    options.inputTokens = prompt
    options.outputTokens = answer
    options.turns = turns
    options.inputCounts = inputCounts
    options.keys = .options
    let start = try from.map { try time($0, "--from") }
    let lasting = try length.map { try time($0, "--for") }
    let recording = try Recording(reading: ByteSource(file: file), options)
    for note in recording.notes { StandardStreams.writeNote(note.text) }
    let trace = Trace(recording)
    guard start != nil || lasting != nil else { return trace }
    guard let part = trace.part(from: start ?? SimDuration(seconds: 0), lasting: lasting) else {
      throw InvalidInput(
        Diagnostic(
          code: "trace/empty-part",
          "no request comes in this part of the trace, which lasts "
            + NumberText.quantity(trace.spanSeconds, .seconds), at: SourceLocation(file: file),
          hint: "begin earlier, for example `--from '0 s'`"))
    }
    return part
  }

  private func namedColumns() throws -> [TraceOptions.Column] {
    try (columns ?? "").split(separator: ",").map { item in
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let field = TraceOptions.ColumnField(rawValue: parts[0]) else {
        let known = TraceOptions.ColumnField.allCases.map(\.rawValue)
        throw CommandLineMisuse(
          Diagnostic(
            code: "trace/columns", "a column is named as `input=prompt`: \(item)",
            at: SourceLocation(file: "--columns \(columns ?? "")"),
            notes: ["known: " + known.joined(separator: ", ")],
            hint: "write for example `--columns time=ts,input=prompt,output=completion`"))
      }
      return TraceOptions.Column(field, parts[1])
    }
  }

  private func time(_ text: String, _ option: String) throws -> SimDuration {
    guard case .success(let seconds) = Quantity.parse(text, as: .seconds), seconds >= 0,
      seconds < 3.2e9
    else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "trace/time", "not a time from 0 s to 100 years: \(text)",
          at: SourceLocation(file: "\(option) \(text)"), hint: "for example `\(option) '10 min'`"))
    }
    return SimDuration(seconds: seconds)
  }
}

extension TraceFormat: ExpressibleByArgument {}
extension TimeUnit: ExpressibleByArgument {}
extension TraceOptions.Turns: ExpressibleByArgument {}
extension TraceOptions.InputCounts: ExpressibleByArgument {}
