package import Diagnostics
internal import Units

/// What is said of a trace that can be replayed, but not as it stands.
enum TraceNotes {
  static func all(_ summary: TraceSummary, path: String, _ keys: TraceKeys) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    func add(_ code: String, _ message: String, line: Int? = nil, hint: String? = nil) {
      notes.append(
        Diagnostic(
          .warning, code: "trace/\(code)", message, at: SourceLocation(file: path, line: line),
          hint: hint))
    }
    if 2 * summary.shorterTurns > summary.plainTurns {
      add(
        "short-turns",
        "the prompts of \(NumberText.grouped(summary.shorterTurns)) of "
          + "\(count(summary.plainTurns, "turn")) are shorter than those of the turns before",
        hint: "where they count only what is new, as AIPerf's do: "
          + "`\(keys.typed(.inputCounts, "additions"))`")
    }
    if summary.skippedRows > 0 {
      add(
        "skipped-rows",
        "left out \(count(summary.skippedRows, "row")) that "
          + (summary.skippedRows == 1 ? "has" : "have")
          + (summary.format == .burstgpt
            ? " no prompt or no answer, as requests that failed"
            : " no prompt"))
    }
    if summary.repeatedSessions > 0 {
      add(
        "repeated-sessions",
        "left out \(count(summary.repeatedSessions, "session")) whose requests are "
          + "those of another")
    }
    if summary.undatedRows > 0 {
      add(
        "undated-rows",
        "left out \(count(summary.undatedRows, "row")) without an event that has a time")
    }
    if summary.earlierRows > 0 {
      add(
        "order",
        "put \(count(summary.earlierRows, "row")) into order that "
          + (summary.earlierRows == 1 ? "comes" : "come") + " earlier than one before "
          + "them, by up to \(seconds(summary.latenessNanoseconds)): the first is here",
        line: summary.firstEarlierLine)
    }
    return notes
  }

  private static func count(_ value: Int, _ noun: String) -> String {
    "\(NumberText.grouped(value)) \(noun)\(value == 1 ? "" : "s")"
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
