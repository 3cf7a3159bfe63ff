internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Planning
internal import Reports
internal import Requirements
internal import Results
internal import Runs
internal import Scenarios
internal import Units

struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Find the highest load that a given deployment holds its objectives at.",
    discussion: """
      The deployment of the scenario stays as it is; its load is raised and
      lowered until a hundredth more would miss the objectives or requirements,
      and what gives way first is said. Clients of a closed loop are counted
      instead of requests a second.

      Examples:
        windtunnel capacity reasoning-distill-32b
        windtunnel capacity chat-gpt-oss --set replicas=4
        windtunnel capacity chat-gpt-oss --require 'ttft.p99 < 500 ms'

      Without anything to hold it is the load at which the queue begins to grow.
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "Events that may be simulated before it is given up.", valueName: "number"))
  var budget = WorkBudget.usual

  @OptionGroup var result: ResultOptions

  @OptionGroup var answer: BriefOption

  @OptionGroup var gateOptions: GateOptions

  func validate() throws {
    guard budget > 0 else { throw ValidationError("'--budget' must be at least 1: \(budget)") }
  }

  func run() throws { try gateOptions.annotating { try find() } }

  private func find() throws {
    let destination = try result.destination(answer)
    var gate = try gateOptions.gate(of: CapacityReport.self, names: CapacityReport.names)
    let scenario = try options.load()
    try gate.checkFiles(apartFrom: scenario.inputFiles, output: result.place.output)
    try gate.check(subject: scenario.name, requirements: scenario.requirements)
    let level = ServiceLevel(scenario, requirements: gate.ofRuns)
    try level.check(of: scenario)
    noteCampaign(scenario)
    let search = try search(scenario, level, try options.catalogues(for: scenario))
    var report = CapacityReport(search, of: scenario, holding: level)
    guard report.held == nil else {
      let verdict = try gate.judge(&report)
      try destination.put(report)
      return try gate.conclude(
        verdict, of: report,
        hint: scenario.isFleet
          ? "add replicas to a part: `fleet.0.replicas`"
          : "find what holds more: `windtunnel plan` with the same arguments")
    }
    try destination.put(report)
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "capacity/nothing-held",
        "no load is held, however little: \(report.inputs.level.joined(separator: ", "))",
        at: SourceLocation(file: scenario.file), notes: report.beyond?.reasons ?? [],
        hint: "loosen \(level.attainment == nil ? "what is required" : "`objectives`")"
          + (scenario.isFleet
            ? "" : ", or find what holds it: `windtunnel plan` with the same arguments"))
    ])
  }

  private func search(
    _ scenario: Scenario, _ level: ServiceLevel, _ catalogues: Catalogues
  ) throws -> RateSearch {
    let deployment = try Deployment(scenario, from: catalogues)
    let search = try AttendedRun(scenario: scenario).simulate(
      deployment, within: WorkBudget(budget)
    ) { watch in
      try RateSearch.find(deployment, holding: level, from: catalogues, watch)
    }
    try Interrupts.check()
    guard !search.isSpent else { throw undecided(search, scenario) }
    let broken = search.held?.trial.brokenLaws ?? []
    try BrokenLaws.check(broken, reproduction: "--seed \(scenario.seed)")
    return search
  }

  /// `run` judges so many requests from the first to the last, with all clients there at once.
  private func noteCampaign(_ scenario: Scenario) {
    CampaignNote.write(
      of: scenario, code: "capacity/campaign",
      hint: "have `run` judge what is always so: `--set workload.judge=steady`"
    ) { requests, _ in
      "clients are judged as they always are, not in the campaign of \(requests) requests that "
        + "`run` judges"
    }
  }

  private func undecided(_ search: RateSearch, _ scenario: Scenario) -> NoFeasibleDeployment {
    func words(_ found: RateSearch.Found) -> String {
      found.rate.map { NumberText.quantity($0, .requestsPerSecond) }
        ?? "\(found.clients ?? 0) clients"
    }
    let held = search.held.map { "held so far: \(words($0))" } ?? "held so far: nothing"
    return NoFeasibleDeployment([
      Diagnostic(
        code: "capacity/budget",
        "the search ended undecided, with as many events as it may simulate: "
          + NumberText.grouped(budget),
        at: SourceLocation(file: scenario.file),
        notes: ["tried: \(search.trials) loads", held],
        hint: "shorten `workload.output`, or allow more: "
          + "`--budget \(budget > Int.max / 10 ? Int.max : 10 * budget)`")
    ])
  }
}
