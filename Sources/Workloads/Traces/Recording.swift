package import ByteStreams
package import Diagnostics
internal import Units

/// A recorded trace that has been looked at once: what is known of all of it, and where its rows
/// are.
package final class Recording: Sendable {
  package let summary: TraceSummary
  /// Notes of the recording for whoever asked for it: what was left out, what was found out.
  package let notes: [Diagnostic]
  /// In memory; nil where they are read from the files again.
  let kept: KeptRows?
  let source: RowSource?
  /// The file or folder; nil where it was none.
  package var path: String? { source?.path }
  /// What told the files from others when they were looked at.
  private let identities: [ByteSource.Identity?]

  /// Looks at all rows of a trace.
  ///
  /// - Parameter mostKeptBytes: that its rows may take in memory; others are read again.
  /// - Throws: `InvalidInput` with everything that is wrong with it, `FileFailure` where it cannot
  ///   be read.
  package init(
    reading place: ByteSource, _ options: TraceOptions, mostKeptBytes: Int? = nil
  ) throws {
    let source = try RowSource(place, options)
    let identities = source.files.map(\.identity)
    let problems = TraceProblems(file: source.path, keys: options.keys)
    var survey = TraceSurvey(
      source, problems, mostKeptBytes: mostKeptBytes ?? TraceSurvey.mostKeptBytes)
    survey.read(source.reader(problems))
    problems.file = source.path
    kept = try survey.finish()
    summary = survey.summary
    self.source = source
    self.identities = identities
    notes = source.notes + TraceNotes.all(survey.summary, path: source.path, options.keys)
    if kept == nil, summary.latenessNanoseconds > 0 {
      try OrderedRows.checkWindow(source, summary)
    }
  }

  init(_ entries: [Trace.Entry], _ prefixes: TracePrefixes?) {
    var builder = KeptRowsBuilder(waits: false, isRecorded: true)
    var summary = TraceSummary()
    var row = TraceRow()
    for (index, entry) in entries.enumerated() {
      row.clear()
      row.nanoseconds = entry.arrival.nanoseconds
      row.inputTokens = entry.inputTokens
      row.outputTokens = entry.outputTokens
      if let prefixes {
        let start = prefixes.starts[index]
        let count = prefixes.blocks(ofPrompt: entry.inputTokens)
        row.ids += prefixes.ids[start..<(start + count)]
      }
      _ = builder.append(row)
      summary.inputTokens += Double(entry.inputTokens)
      summary.outputTokens += Double(entry.outputTokens)
      summary.longestRequest = max(
        summary.longestRequest, Int(entry.inputTokens) + Int(entry.outputTokens))
    }
    // As they stand: a run may begin before its first request.
    let first: Int64 = 0
    summary.requests = entries.count
    summary.heads = entries.count
    summary.firstNanoseconds = first
    summary.spanNanoseconds = (entries.map(\.arrival.nanoseconds).max() ?? 0) - first
    summary.blockTokens = prefixes?.blockTokens
    self.summary = summary
    kept = builder.finish(from: first)
    source = nil
    identities = []
    notes = []
  }

  /// A part of another one in memory.
  init(_ other: Recording, keeping part: KeptRows) {
    var summary = other.summary
    summary.requests = part.count
    summary.heads = part.headCount
    summary.spanNanoseconds = part.headCount > 0 ? part.times[part.head(part.headCount - 1)] : 0
    summary.longestRequest = zip(part.inputs, part.outputs).reduce(0) { max($0, Int($1.0 + $1.1)) }
    summary.inputTokens = part.inputs.reduce(0) { $0 + Double($1) }
    summary.outputTokens = part.outputs.reduce(0) { $0 + Double($1) }
    self.summary = summary
    kept = part
    source = other.source
    identities = other.identities
    notes = other.notes
  }

  /// Whether the files are as they were when they were looked at.
  var isUnchanged: Bool { source.map { $0.files.map(\.identity) == identities } ?? true }
}

extension Recording: Equatable {
  package static func == (left: Recording, right: Recording) -> Bool {
    left === right
      || left.summary == right.summary && left.kept == right.kept
        && left.source?.files == right.source?.files
        && left.source?.options == right.source?.options
  }
}
