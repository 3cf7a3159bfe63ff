internal import ArgumentParser
internal import Diagnostics
internal import OperatorCosts
internal import Planning
internal import Runs
internal import Scenarios
internal import Units
internal import Workloads

/// What a search may change, and how sure its answer must be.
struct SearchArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Weight formats that may be tried; else those timed.", valueName: "list"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "What is left as the scenario has it: weights, kv_cache, ...", valueName: "list"))
  var keep: String?

  @Option(
    help: ArgumentHelp(
      "Hold the level even if slower than predicted: 80%.", valueName: "share"))
  var confidence: String?

  @Option(
    help: ArgumentHelp(
      "Events that may be simulated for a machine before it is given up.", valueName: "number"))
  var budget = WorkBudget.usual

  func validate() throws {
    guard budget > 0 else { throw ValidationError("'--budget' must be at least 1: \(budget)") }
  }

  func options(holding level: ServiceLevel, from catalogues: Catalogues) throws -> SearchOptions {
    SearchOptions(
      holding: level, tuning: Set(TunedSetting.allCases).subtracting(try kept()),
      isCautious: try isCautious(), mostEvents: budget, from: catalogues)
  }

  /// What a scenario without anything to hold may be given.
  static func objective(for scenario: Scenario) -> String {
    "add `--set objectives.\(scenario.workload.answersNothing ? "e2e='500" : "tpot='50") ms'`"
  }

  /// Says that clients who ask so many times are judged from the first request to the last.
  func noteCampaign(_ scenario: Scenario) {
    CampaignNote.write(
      of: scenario, code: "search/campaign",
      hint: "judge what is always so: `--set workload.judge=steady`"
    ) { requests, clients in
      "\(requests) requests of \(clients) clients are judged from the first to the last: more of "
        + "them are another question"
    }
  }

  /// - Throws: where a search had simulated all it might before it knew its answer.
  func checkDecided(_ spent: [SpentSearch], _ command: String, _ file: String?) throws {
    guard let first = spent.first else { return }
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "\(command)/budget",
        "the search ended undecided, with as many events as it may simulate: "
          + NumberText.grouped(first.limit),
        at: file.map { SourceLocation(file: $0) }, notes: spent.flatMap(\.notes),
        hint: "leave less to it, as with `--keep speculation,pools`, or allow more: "
          + "`--budget \(first.limit > Int.max / 10 ? Int.max : 10 * first.limit)`")
    ])
  }

  /// That may be tried; nil where the search chooses them.
  func formats() throws -> [WeightFormat]? {
    guard let weights else { return try kept().contains(.weights) ? [] : nil }
    return try list(weights, "--weights") { WeightFormat(rawValue: $0) }
  }

  private func kept() throws -> Set<TunedSetting> {
    Set(try list(keep ?? "", "--keep") { TunedSetting(rawValue: $0) })
  }

  private func isCautious() throws -> Bool {
    guard let confidence else { return false }
    guard ["80%", "80 %", "0.8"].contains(confidence) else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "search/confidence",
          "how far predictions are off is known for eight in ten: \(confidence)",
          at: SourceLocation(file: "--confidence \(confidence)"),
          hint: "write it as `--confidence 80%`"))
    }
    return true
  }

  private func list<Choice: CaseIterable & RawRepresentable<String>>(
    _ text: String, _ option: String, _ choice: (String) -> Choice?
  ) throws -> [Choice] {
    try text.split(separator: ",").map { part in
      let word = String(part.drop { $0 == " " })
      if let found = choice(word) { return found }
      let known = Choice.allCases.map(\.rawValue)
      throw CommandLineMisuse(
        Diagnostic(
          code: "search/\(option.dropFirst(2))", "`\(option)` does not know \(word)",
          at: SourceLocation(file: "\(option) \(text)"),
          notes: ["known are " + known.joined(separator: ", ")],
          hint: Suggestion.nearest(to: word, in: known).map { "did you mean `\($0)`?" }))
    }
  }
}
