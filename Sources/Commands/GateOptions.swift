internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Requirements
internal import Units

/// What a result must be, and who is told when it is not.
///
///     try gateOptions.annotating {
///       let gate = try gateOptions.gate(of: RunReport.self, names: RunFigures.names)
///       ...
///       try gate.checkFiles(apartFrom: inputs, output: place.output)
///       try gate.check(subject: scenario.name, requirements: scenario.requirements)
///       ... the work ...
///       let verdict = try gate.judge(&report)
///       try destination.put(report)
///       try gate.conclude(verdict, of: report, hint: nil)
///     }
struct GateOptions: ParsableArguments {
  enum Annotations: String, CaseIterable, ExpressibleByArgument { case github }

  @Option(
    help: ArgumentHelp(
      "What a figure must be: 'ttft.p99 < 500 ms'. May be given several times.",
      valueName: "requirement"))
  var require: [String] = []

  @Option(
    help: ArgumentHelp(
      "An earlier result of --format json, which this one must not be worse than.",
      valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      """
      How much worse figures may be than in the baseline, as 3%, or as ttft=5% of some; else 1%. \
      May be given several times.
      """, valueName: "percentage"))
  var tolerance: [String] = []

  @Option(help: ArgumentHelp("Write the verdict to a file as JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Write the verdict to a file as Markdown; added to that of $GITHUB_STEP_SUMMARY.",
      valueName: "file"))
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "Write errors as workflow commands too, which a pull request shows beside their lines.",
      valueName: "system"))
  var annotations: Annotations?

  /// A hundredth: what differs by more is no accident of a rounding somewhere, and worth a look.
  private static let defaultTolerance = 0.01

  func validate() throws {
    guard tolerance.isEmpty || baseline != nil else {
      throw ValidationError("'--tolerance' is about a '--baseline', and there is none")
    }
    _ = try tolerances
  }

  /// Reads what was given, before the work, and all that is wrong with the requirements at once.
  ///
  /// - Parameter figures: that may be required.
  /// - Throws: `InvalidInput`, `FileFailure`.
  func gate<Document: GatedDocument>(
    of type: Document.Type, figures: [Figure]
  ) throws -> Gate<Document> {
    try gate(of: type, names: FigureNames(figures))
  }

  func gate<Document: GatedDocument>(
    of type: Document.Type, names: FigureNames
  ) throws -> Gate<Document> {
    Gate(
      options: self, requirements: try Self.requirements(require, of: names),
      baseline: try readBaseline(),
      tolerances: try tolerances,
      junit: try junit.map { try FileOutput(path: $0) },
      summary: try summary.map { try FileOutput(path: $0) })
  }

  /// Does the work, and hands what goes wrong to the annotations too.
  func annotating<Result>(_ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch {
      annotate(diagnostics(of: error))
      throw error
    }
  }

  func annotate(_ diagnostics: [Diagnostic]) {
    guard annotations == .github else { return }
    for diagnostic in diagnostics {
      StandardStreams.writeNote(GitHubAnnotation.line(diagnostic))
    }
  }

  /// What was typed, or all that is wrong with it.
  static func requirements(_ texts: [String], of names: FigureNames) throws -> [Requirement] {
    var problems: [Diagnostic] = []
    let found = texts.compactMap { text -> Requirement? in
      do throws(InvalidInput) {
        return try Requirement(
          text, of: names, at: SourceLocation(file: "--require '\(text)'"))
      } catch {
        problems += error.diagnostics
        return nil
      }
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
    return found
  }

  private func readBaseline<Document: GatedDocument>() throws -> Baseline<Document>? {
    guard let baseline else { return nil }
    do {
      return try Baseline(try TextFile.read(baseline), file: baseline)
    } catch let error as FileFailure where error.diagnostic.code == "file/missing" {
      var diagnostic = error.diagnostic
      diagnostic.hint = Baseline<Document>.writing(of: baseline)
      throw FileFailure(diagnostic)
    }
  }

  private var tolerances: Tolerances {
    get throws {
      var common: Double?
      var exceptions: [Tolerances.Exception] = []
      for text in tolerance {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.dropLast().first.map(String.init)
        guard let share = Self.share(String(parts[parts.count - 1])), name != "" else {
          throw ValidationError(
            "'--tolerance' must be a percentage from 0% to 100%, as 3% or ttft=3%: \(text)")
        }
        if let name {
          exceptions.append(Tolerances.Exception(name, share))
        } else if common == nil {
          common = share
        } else {
          throw ValidationError(
            "'--tolerance' is given twice for all figures: \(tolerance.joined(separator: " and "))")
        }
      }
      return Tolerances(common ?? Self.defaultTolerance, exceptions: exceptions)
    }
  }

  private static func share(_ text: String) -> Double? {
    guard text.hasSuffix("%"),
      let percent = Quantity.plainNumber(text.dropLast().filter { $0 != " " }),
      (0...100).contains(percent)
    else { return nil }
    return percent / 100
  }
}
