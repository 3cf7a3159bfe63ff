internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import ServingSimulation
internal import Units

/// Whether a run is also written as it went on over time.
struct TimelineOptions: ParsableArguments {
  private static let defaultEvents = 200_000
  private static let events = 1_000...10_000_000

  @Option(
    help: ArgumentHelp(
      "Write the run over time to a file that Perfetto opens.", valueName: "file"),
    completion: .file())
  var timeline: String?

  @Option(
    help: ArgumentHelp("Most events of the timeline; else 200,000.", valueName: "count"))
  var timelineEvents: Int?

  /// Nil where no timeline is asked for.
  var events: Int? { timeline == nil ? nil : timelineEvents ?? Self.defaultEvents }

  func validate() throws {
    guard let timelineEvents else { return }
    guard Self.events.contains(timelineEvents) else {
      throw ValidationError(
        "'--timeline-events' must be from \(Self.events.lowerBound) to "
          + "\(Self.events.upperBound): \(timelineEvents)")
    }
    guard timeline != nil else { throw ValidationError("'--timeline-events' needs '--timeline'") }
  }

  /// Checked before the work.
  ///
  /// - Parameters:
  ///   - inputs: files that must not be replaced.
  ///   - result: where the result goes; nil for standard output.
  /// - Throws: `FileFailure` when a file cannot be put there, `CommandLineMisuse` when it would
  ///   take the place of another.
  func file(apartFrom inputs: [String], result: String?) throws -> FileOutput? {
    guard let timeline else { return nil }
    let file = try FileOutput(path: timeline)
    if let input = inputs.first(where: file.replaces) {
      throw misuse("output-is-input", "the timeline would replace an input file: \(input)")
    }
    if let result, let other = try? FileOutput(path: result), file.hasPlace(of: other) {
      throw misuse("one-place", "the timeline and the result would be one file: \(result)")
    }
    if result == nil, file.isStandardOutput {
      throw misuse("one-place", "the timeline and the result would both be on standard output")
    }
    return file
  }

  private func misuse(_ code: String, _ message: String) -> CommandLineMisuse {
    CommandLineMisuse(
      Diagnostic(
        code: "command/\(code)", message, at: SourceLocation(file: "--timeline \(timeline ?? "")"),
        hint: "give it a file of its own: `--timeline timeline.json`"))
  }

  /// Writes the file and says what is not in it.
  func write(_ summary: RunSummary, of report: RunReport, to file: FileOutput?) throws {
    guard let file, let timeline,
      let run = RunTimeline(summary, of: report, version: toolVersion)
    else { return }
    try file.save(TraceEvents(run).file)
    guard let omissions = run.omissions, let events else { return }
    StandardStreams.writeNote(
      Diagnostic(
        .note, code: "timeline/sampled", "\(timeline) has a part of the run: \(omissions)",
        hint: "raise `--timeline-events` above \(events)"
      ).text)
  }
}
