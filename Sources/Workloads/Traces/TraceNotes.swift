package import Diagnostics
internal import Units

/// What is said of a trace that can be replayed, but not as it stands.
enum TraceNotes {
  static func all(_ summary: TraceSummary, path: String) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    func add(_ code: String, _ message: String, line: Int? = nil) {
      notes.append(
        Diagnostic(
          .warning, code: "trace/\(code)", message, at: SourceLocation(file: path, line: line)))
    }
    if summary.skippedRows > 0 {
      add(
        "skipped-rows",
        "left out \(NumberText.grouped(summary.skippedRows)) rows that ask for no tokens")
    }
    if summary.repeatedSessions > 0 {
      add(
        "repeated-sessions",
        "left out \(NumberText.grouped(summary.repeatedSessions)) sessions whose requests are "
          + "those of another")
    }
    if summary.undatedRows > 0 {
      add(
        "undated-rows",
        "left out \(NumberText.grouped(summary.undatedRows)) rows without an event that has a time")
    }
    if summary.earlierRows > 0 {
      add(
        "order",
        "put \(NumberText.grouped(summary.earlierRows)) rows into order that come earlier than one "
          + "before them, by up to \(seconds(summary.latenessNanoseconds)): the first is here",
        line: summary.firstEarlierLine)
    }
    return notes
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    NumberText.quantity(Double(nanoseconds) * 1e-9, .seconds)
  }
}

extension TraceFailure {
  package var diagnostic: Diagnostic {
    Diagnostic(
      code: "trace/changed", "the trace was changed while it was replayed",
      at: SourceLocation(file: path), hint: "run it again when nobody writes to it")
  }
}
