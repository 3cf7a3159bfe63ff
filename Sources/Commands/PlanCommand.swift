internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Hardware
internal import Planning
internal import Reports
internal import Requirements
internal import Results
internal import Scenarios
internal import Synchronization
internal import Units
internal import Workloads

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Find the cheapest deployment that holds the objectives at a load, as it grows.",
    discussion: """
      Searches the layouts of one machine for the fewest accelerators that hold
      the scenario's objectives and requirements under its load, and says what
      one replica fewer would miss. With growth it says when more are needed.

      Examples:
        windtunnel plan chat-llama70b-azure
        windtunnel plan chat-llama70b-azure --headroom 20% --spare 1
        windtunnel plan chat-llama70b-azure --growth 10% --months 12

      The deployment is found without the spares: so many may be away at a time.
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(help: ArgumentHelp("Load beyond the scenario's to hold.", valueName: "share"))
  var headroom = "0%"

  @Option(
    help: ArgumentHelp(
      "Replicas of every pool that may be away, and are paid for.", valueName: "number"))
  var spare: Int?

  @Option(help: ArgumentHelp("Of the load, from month to month.", valueName: "share"))
  var growth = "0%"

  @Option(help: ArgumentHelp("Further months to plan.", valueName: "number"))
  var months = 0

  @Option(
    help: ArgumentHelp(
      "Simulations at a time; else one for each processor.", valueName: "number"))
  var jobs: Int?

  @OptionGroup var searching: SearchArguments

  @OptionGroup var result: ResultOptions

  @OptionGroup var answer: BriefOption

  @OptionGroup var gateOptions: GateOptions

  func validate() throws {
    try ProcessorCount.check(jobs: jobs)
    for (name, value, limit) in [("--spare", spare ?? 0, 1_024), ("--months", months, 120)]
    where !(0...limit).contains(value) {
      throw ValidationError("'\(name)' must be from 0 to \(limit): \(value)")
    }
  }

  func run() throws { try gateOptions.annotating { try plan() } }

  private func plan() throws {
    let destination = try result.destination(answer)
    var gate = try gateOptions.gate(of: PlanReport.self, names: PlanReport.names)
    let demand = CapacityPlan.Demand(
      headroom: try ShareArgument.read("--headroom", headroom, 0...10),
      growthPerMonth: try ShareArgument.read("--growth", growth, -0.9...1), months: months)
    guard demand.growthPerMonth == 0 || months > 0 else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "plan/growth",
          "the load grows from month to month, and no further month is planned",
          at: SourceLocation(file: "--growth \(growth)"), hint: "add `--months 12`"))
    }
    var scenario = try options.load(choosing: ["hardware", "engine"])
    try scenario.refuseFleet(
      for: "`plan`",
      hint:
        "find the load that it holds: `windtunnel capacity`, or `sweep` its `fleet.0.replicas`"
    )
    if let spare { scenario.spares = spare }
    try gate.checkFiles(apartFrom: scenario.inputFiles, output: result.place.output)
    try gate.check(subject: scenario.name, requirements: scenario.requirements)
    let level = try level(of: scenario, requirements: gate.ofRuns)
    guard let hardware = scenario.pools.last?.hardware?.name else {
      preconditionFailure("the reader asks for it")
    }
    let catalogues = try options.catalogues(for: scenario).preloading(
      models: [scenario.model.name], hardware: [hardware],
      engines: [scenario.engine.name, SearchedMachine.dataflowEngine])
    let machine = try SearchedMachine(
      hardware, for: scenario, weights: try searching.formats(), from: catalogues)
    var how = try searching.options(holding: level, from: catalogues)
    how.use(jobs: jobs ?? ProcessorCount.online)
    searching.noteCampaign(scenario)
    let plan = try search(scenario, machine, demand, how)
    var report = PlanReport(plan, of: scenario, holding: level)
    guard report.choice == nil else {
      let verdict = try gate.judge(&report)
      try destination.put(report)
      return try gate.conclude(
        verdict, of: report, hint: "compare machines: `windtunnel compare \(options.typed)`")
    }
    try destination.put(report)
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "plan/infeasible",
        "nothing on `\(hardware)` holds the level: \(report.inputs.level.joined(separator: ", "))",
        at: SourceLocation(file: scenario.file), notes: report.reasons,
        hint: (plan.miss == nil ? plan.refusals.remedy : nil)
          ?? "loosen what is asked, or choose another machine: " + others(than: hardware))
    ])
  }

  /// What looks at other machines, for the same level.
  private func others(than machine: String) -> String {
    let others = ["h200-sxm", "b200-sxm", "mi355x"].filter { $0 != machine }
    var same = options
    same.hardware = others.joined(separator: ",")
    let kept = [("--set", !options.settings.isEmpty), ("--require", !gateOptions.require.isEmpty)]
      .filter(\.1).map { "`\($0.0)`" }
    return "`windtunnel compare \(same.typed)`"
      + (kept.isEmpty ? "" : " with the same \(kept.joined(separator: " and "))")
  }

  private func search(
    _ scenario: Scenario, _ machine: SearchedMachine, _ demand: CapacityPlan.Demand,
    _ options: SearchOptions
  ) throws -> CapacityPlan {
    let bar = Mutex(ProgressBar(isEnabled: StandardStreams.errorIsTerminal))
    defer { bar.withLock { $0.finish() } }
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    let plan = CapacityPlan.find(
      scenario, on: machine, with: options, for: demand,
      isCancelled: { Interrupts.isRequested },
      progress: { share in
        _ = bar.withLockIfAvailable { $0.update(share, of: demand.months + 1, "months") }
      })
    try Interrupts.check()
    try searching.checkDecided(plan.spent.map { [$0] } ?? [], "plan", scenario.file)
    let broken = plan.stages.flatMap(\.trial.brokenLaws)
    try BrokenLaws.check(broken, reproduction: "--seed \(scenario.seed)")
    return plan
  }

  private func level(
    of scenario: Scenario, requirements: [Requirement]
  ) throws -> ServiceLevel {
    let level = ServiceLevel(scenario, requirements: requirements)
    try level.check(of: scenario)
    guard scenario.workload.hasLoad || level.longestMakespan != nil else {
      throw InvalidInput(
        Diagnostic(
          code: "plan/no-load", "nothing says when the batch must be done: no limit of `makespan`",
          at: SourceLocation(file: scenario.file), path: "require",
          hint: "add `--require 'makespan < 8 h'`"))
    }
    guard level.isEmpty else { return level }
    throw InvalidInput(
      Diagnostic(
        code: "plan/no-level", "the scenario has nothing to hold: no `objectives`",
        at: SourceLocation(file: scenario.file), path: "objectives",
        hint: SearchArguments.objective(for: scenario)))
  }
}
