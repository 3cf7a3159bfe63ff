internal import Diagnostics
internal import Documents
internal import Reports
internal import Requirements
internal import Results

/// The requirements, the baseline and the files of one command line, read and checked.
struct Gate<Document: GatedDocument> {
  let options: GateOptions
  /// What is required: the scenario's requirements come before those of the command line once it is
  /// known.
  private(set) var requirements: [Requirement]
  private let baseline: Baseline<Document>?
  private let tolerances: Tolerances
  private let junit: FileOutput?
  private let summary: FileOutput?

  /// The requirements on a simulated run: what else is required is known only when a search has
  /// ended.
  var ofRuns: [Requirement] {
    requirements.filter { RunFigures.named($0.figure.path) != nil }
  }

  init(
    options: GateOptions, requirements: [Requirement], baseline: Baseline<Document>?,
    tolerances: Tolerances, junit: FileOutput?, summary: FileOutput?
  ) {
    self.options = options
    self.requirements = requirements
    self.baseline = baseline
    self.tolerances = tolerances
    self.junit = junit
    self.summary = summary
  }

  /// - Throws: `CommandLineMisuse` when a file would replace an input or another file.
  func checkFiles(apartFrom inputs: [String], output: String?) throws {
    let inputs = inputs + [options.baseline].compactMap { $0 }
    let outputs = [
      ("--output", output), ("--junit", options.junit), ("--summary", options.summary),
    ].compactMap { option, path in path.map { (option: option, path: $0) } }
    for (index, one) in outputs.enumerated() {
      try OutputOptions.check(one.path, of: one.option, apartFrom: inputs)
      for other in outputs[..<index] where try Self.areSame(one.path, other.path) {
        throw CommandLineMisuse(
          Diagnostic(
            code: "command/same-output",
            "two results would go to one file: \(one.path)",
            at: SourceLocation(file: "\(one.option) \(one.path)"),
            notes: ["`\(other.option)` writes it too"], hint: "give it a name of its own"))
      }
    }
  }

  /// Joins what a scenario requires, before the work.
  ///
  /// - Throws: `InvalidInput` when the baseline is of another scenario, `CommandLineMisuse` when
  ///   a verdict is to be written and there is nothing to judge.
  mutating func check(subject: String, requirements scenarios: [Requirement]) throws {
    requirements = scenarios + requirements
    try baseline?.check(subject: subject)
    try baseline?.check(tolerances)
    guard requirements.isEmpty, baseline == nil else { return }
    for (option, path) in [("--junit", options.junit), ("--summary", options.summary)] {
      guard let path else { continue }
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/no-requirement", "there is nothing to judge: no requirement, no baseline",
          at: SourceLocation(file: "\(option) \(path)"),
          hint: "add for example `--require 'ttft.p99 < 500 ms'`"))
    }
  }

  /// Judges a result, and puts the verdict into it.
  func judge(_ document: inout Document) throws -> GateVerdict {
    let figures = document.figures
    return try adopt(
      GateVerdict(
        figures, peak: document.peakFigures, requirements: requirements,
        baseline: baseline?.comparison(with: figures, tolerances: tolerances)),
      into: &document)
  }

  /// For a search, which has held the requirements already.
  func judgeBaseline(_ document: inout Document) throws -> GateVerdict {
    let comparison = baseline?.comparison(with: document.figures, tolerances: tolerances)
    return try adopt(GateVerdict([], baseline: comparison), into: &document)
  }

  /// For a command that has judged several sets of figures itself.
  func adopt(_ verdict: GateVerdict, into document: inout Document) throws -> GateVerdict {
    let differences = try baseline?.inputDifferences(to: document) ?? []
    document.adopt(verdict, inputs: differences)
    return verdict
  }

  /// Writes the files and says what is not as it must be. The result has been written before.
  ///
  /// - Parameter hint: what to type about a value on the wrong side of its bound.
  /// - Throws: `RequirementFailure`, and `FileFailure` when a file cannot be written.
  func conclude(_ verdict: GateVerdict, of document: Document, hint: String?) throws {
    try junit?.save(GateJUnit(document, verdict).text)
    if let summary, let path = options.summary {
      try summary.save(try textBefore(in: path) + document.summary(verdict))
    }
    let renewal = options.baseline.map { Baseline<Document>.writing(of: $0, "renew") } ?? ""
    if let note = verdict.baseline?.improvement(hint: renewal) {
      StandardStreams.writeNote(note.text)
      options.annotate([note])
    }
    guard !verdict.isMet else { return }
    throw RequirementFailure(
      diagnostics: verdict.failures(hint: hint, renewal: "if this is meant, \(renewal)"),
      summary: verdict.words)
  }

  /// A step's summary is one file for all that its commands have to say.
  private func textBefore(in path: String) throws -> String {
    guard StandardStreams.value(of: "GITHUB_STEP_SUMMARY") == path, TextFile.exists(path) else {
      return ""
    }
    return try TextFile.read(path)
  }

  /// What goes to a terminal or to nowhere may go there twice.
  private static func areSame(_ one: String, _ other: String) throws -> Bool {
    if one.hasPrefix("/dev/") { return false }
    return try one == other || FileOutput(path: one).replaces(other)
  }
}
