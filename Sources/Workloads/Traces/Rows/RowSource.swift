package import ByteStreams
package import Diagnostics
internal import Units

/// A trace before it is read: its files, and how their rows are.
package struct RowSource: Sendable {
  package let path: String
  package let format: TraceFormat
  /// What it looks like, whatever it is said to be.
  private let likely: TraceFormat?
  let files: [ByteSource]
  let options: TraceOptions
  let defaults: RowDefaults
  /// Where a table's rows have what; nil where rows are something else.
  let tableSchema: RowSchema?
  let objectSchema: RowSchema?
  /// The clients of a generator; nil where rows are recorded.
  let clients: ServeGenClients?
  /// Notes on what was found out of the files and not written down.
  package let notes: [Diagnostic]

  /// What can be read only once is kept, up to so many bytes.
  static let mostPiped = 128 << 20

  /// - Throws: `InvalidInput` where nobody can tell what the trace is, `FileFailure` where it
  ///   cannot be read.
  package init(_ source: ByteSource, _ options: TraceOptions) throws {
    do {
      try self.init(reading: source, options)
    } catch let failure as ByteStreamFailure {
      throw failure.error
    }
  }

  private init(reading place: ByteSource, _ options: TraceOptions) throws {
    var source = place
    if !source.isDirectory, !source.isRepeatable {
      let contents = try ByteStream.contents(of: source, limit: Self.mostPiped)
      source = ByteSource(contents, named: source.path)
    }
    path = source.path
    self.options = options
    defaults = RowDefaults(
      inputTokens: options.inputTokens, outputTokens: options.outputTokens,
      addsUp: options.inputCounts == .additions, waits: options.turns == .afterAnswers)
    files = source.isDirectory ? try FormatDetection.files(in: source) : [source]
    guard let first = files.first else { throw Self.emptyFolder(source) }
    let found = try FormatDetection.beginning(of: first)
    let isFolderOfClients = files.contains { ServeGenFiles.client(of: $0) != nil }
    let likely: TraceFormat? =
      if !options.columns.isEmpty {
        found.isObject ? .jsonl : .csv
      } else if isFolderOfClients,
        source.isDirectory
      { .servegen } else { found.format }
    guard let format = options.format ?? likely else {
      throw Self.unknown(path, found, options.keys)
    }
    self.format = format
    self.likely = likely
    if !options.columns.isEmpty, format != .csv, format != .jsonl {
      throw Self.refused(
        path, "columns",
        "`\(options.keys.name(.columns))` cannot be given for \(format.words), whose columns are "
          + "known",
        "leave it out" + (options.format == nil ? "" : ", or `\(options.keys.name(.format))`"))
    }
    var (table, objects, notes): (RowSchema?, RowSchema?, [Diagnostic]) = (nil, nil, [])
    switch format {
    case .csv, .jsonl:
      let named = try NamedColumns(options, in: first, isTable: format == .csv)
      notes = named.notes
      if format == .csv { table = named.schema } else { objects = named.schema }
    case .tracelab: table = found.isObject ? nil : RowSchema.table(format)
    default: (table, objects) = (RowSchema.table(format), RowSchema.objects(format))
    }
    tableSchema = table
    objectSchema = objects
    self.notes = notes
    clients = format == .servegen ? try ServeGenClients(path, files) : nil
  }

  /// - Parameter problems: takes what is wrong with the rows.
  package func reader(_ problems: TraceProblems) -> RowReader { RowReader(self, problems) }

  /// Files whose change would be another trace.
  package var inputs: [ByteSource] { files }

  // MARK: Problems

  /// What is typed together, as it is typed.
  private static func words(_ typed: [String], _ keys: TraceKeys) -> String {
    keys == .scenario
      ? typed.map { "`\($0)`" }.joined(separator: ", ") : "`\(typed.joined(separator: " "))`"
  }

  func report(
    _ missing: [RowSchema.Entry], in header: TableHeader, line: Int, to problems: TraceProblems
  ) {
    guard format == .csv else {
      let names = RowSchema.table(format)?.entries.filter(\.isRequired).map { $0.names[0] } ?? []
      let expected = "expected `\(names.joined(separator: ","))`"
      let isOther = likely.map { $0 != format } ?? false
      return problems.report(
        "header", "the first line is not the header of \(format.words)", line: line,
        hint: isOther
          ? "it begins as \(likely!.words) does: leave `\(options.keys.name(.format))` out"
          : expected)
    }
    for name in missing.map({ $0.names[0] }) {
      problems.report(
        "header",
        "the table has no column `\(name)`: "
          + header.names.map { "`\($0)`" }.joined(separator: ", "),
        line: line,
        hint: Suggestion.nearest(to: name, in: header.names).map { "did you mean `\($0)`?" }
          ?? "name another one in `\(options.keys.name(.columns))`, or take it out")
    }
  }

  private static func refused(
    _ path: String, _ code: String, _ message: String, notes: [String] = [], _ hint: String
  ) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "trace/\(code)", message, at: SourceLocation(file: path), notes: notes, hint: hint))
  }

  private static func emptyFolder(_ folder: ByteSource) -> InvalidInput {
    refused(
      folder.path, "empty", "the folder has no files of a trace",
      FormatDetection.folder(in: folder).map { "name the folder that has them: `\($0.path)`" }
        ?? "a folder has files that end in `.json`, `.jsonl` or `.csv`, packed with gzip or not")
  }

  private static func unknown(
    _ path: String, _ found: FormatDetection.Beginning, _ keys: TraceKeys
  ) -> InvalidInput {
    guard !found.isEmpty else {
      return InvalidInput(
        Diagnostic(
          code: "trace/empty", "the trace has no requests", at: SourceLocation(file: path)))
    }
    guard !found.isArchive else {
      return refused(
        path, "archive", "the trace is an archive of files",
        "unpack it and name what is in it: `tar xf \(path)`")
    }
    guard found.names.isEmpty || !found.names.allSatisfy({ Double($0) != nil }) else {
      let names = found.names.indices.map { index in
        index < 3 ? ["time", "input", "output"][index] : "column\(index + 1)"
      }
      return refused(
        path, "format", "the trace has no line that names its columns: \(found.text)",
        "say what they are in a first line, for example with `sed -i '1i "
          + "\(names.joined(separator: found.delimiter))' \(ShellWord.quoted(path))`")
    }
    let known = TraceFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return refused(
      path, "format", "cannot tell what format the trace has: \(found.text)",
      notes: ["known: \(known)"],
      found.names.isEmpty
        ? "give its `\(keys.name(.format))`, or say what its columns are: `\(keys.name(.columns))`"
        : "say what its columns are: " + words(keys.typed(guessing: found.names), keys))
  }
}
