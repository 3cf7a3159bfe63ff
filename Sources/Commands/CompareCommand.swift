internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Hardware
internal import OperatorCosts
internal import Planning
internal import Reports
internal import Requirements
internal import Results
internal import Scenarios
internal import Synchronization
internal import Units
internal import Workloads

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Find the cheapest deployment on each of several machines, at equal service level.",
    discussion: """
      For every machine it searches the layouts - parallelism, prefill and decode
      together or apart, batch limits, replicas - for the cheapest one that holds
      the scenario's objectives and requirements under its load. With --at, it is
      the cheapest token at a fixed speed for every user instead.

      Examples:
        windtunnel compare reasoning-r1 --hardware h200-sxm,gb200-nvl72
        windtunnel compare reasoning-r1 --hardware h200-sxm,b200-sxm --at 50tok/s/user
        windtunnel compare chat-gpt-oss --hardware h200-sxm,b200-sxm --weights mxfp4
        windtunnel compare --model Qwen/Qwen3-32B --rate '2 req/s' --input 2500 \\
          --output 330 --ttft '2 s' --speed '30 tok/s'

      Without a scenario and machines it is those that somebody has timed and
      that are rented by the accelerator.
      A machine that cannot hold the level gets its closest miss and the reason.
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "Compare at this speed for every user, whatever the load.", valueName: "rate"))
  var at: String?

  @Option(
    help: ArgumentHelp(
      "Of the users, who must get it with --at; else the median one.", valueName: "share"))
  var share: String?

  @OptionGroup var searching: SearchArguments

  @Option(
    help: ArgumentHelp(
      "Simulations at a time; else one for each processor.", valueName: "number"))
  var jobs: Int?

  @OptionGroup var result: ResultOptions

  @OptionGroup var answer: BriefOption

  @OptionGroup var gateOptions: GateOptions

  func validate() throws {
    try ProcessorCount.check(jobs: jobs)
  }

  func run() throws { try gateOptions.annotating { try compare() } }

  private func compare() throws {
    let destination = try result.destination(answer)
    var gate = try gateOptions.gate(of: CompareReport.self, names: RunFigures.names)
    var scenario = try options.load(apartFrom: ["hardware"], choosing: ["engine"])
    try scenario.refuseFleet(
      for: "`compare`",
      hint:
        "find the load that it holds: `windtunnel capacity`, or `sweep` its `fleet.0.replicas`"
    )
    try gate.checkFiles(apartFrom: scenario.inputFiles, output: result.place.output)
    try gate.check(subject: scenario.name, requirements: scenario.requirements)
    let load = try load()
    // As many replicas as there are users for: every unit is full.
    if load != .scenario { scenario.bill = .accelerator }
    let level = try level(of: scenario, at: load, requirements: gate.requirements)
    let names = try machineNames()
    let catalogues = try options.catalogues(for: scenario).preloading(
      models: [scenario.model.name], hardware: Set(names),
      engines: [scenario.engine.name, SearchedMachine.dataflowEngine])
    let formats = try searching.formats()
    let machines = try names.map {
      try SearchedMachine($0, for: scenario, weights: formats, from: catalogues)
    }
    var how = try searching.options(holding: level, from: catalogues)
    how.use(jobs: jobs ?? ProcessorCount.online)
    if load == .scenario { searching.noteCampaign(scenario) }
    let comparison = try search(scenario, machines, load, how)
    var report = CompareReport(comparison, of: scenario, at: load, holding: level)
    let verdict = try gate.judgeBaseline(&report)
    try destination.put(report)
    try checkVerdict(report, comparison)
    try gate.conclude(verdict, of: report, hint: nil)
  }

  private func search(
    _ scenario: Scenario, _ machines: [SearchedMachine], _ load: Comparison.Load,
    _ options: SearchOptions
  ) throws -> Comparison {
    let shown = Mutex(ProgressBar(isEnabled: StandardStreams.errorIsTerminal))
    defer { shown.withLock { $0.finish() } }
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    let comparison = Comparison.find(
      scenario, on: machines, at: load, with: options,
      isCancelled: { Interrupts.isRequested },
      progress: { share in
        _ = shown.withLockIfAvailable { $0.update(share, of: machines.count, "machines") }
      })
    try Interrupts.check()
    try searching.checkDecided(comparison.entries.compactMap(\.spent), "compare", scenario.file)
    let broken = comparison.entries.compactMap { $0.best?.trial.brokenLaws }.flatMap { $0 }
    try BrokenLaws.check(broken, reproduction: "--seed \(scenario.seed)")
    return comparison
  }

  private func checkVerdict(_ report: CompareReport, _ comparison: Comparison) throws {
    guard !report.machines.contains(where: { $0.verdict == .holds }) else { return }
    let isRefused = comparison.entries.allSatisfy { $0.miss == nil }
    let remedy = isRefused ? comparison.entries.flatMap(\.refusals).remedy : nil
    throw NoFeasibleDeployment([
      Diagnostic(
        code: "compare/infeasible",
        "no machine holds the level: \(report.inputs.level.joined(separator: ", "))",
        at: SourceLocation(file: report.inputs.file),
        notes: report.machines.filter { $0.verdict == .impossible }.flatMap { machine in
          machine.reasons.map { "\(machine.hardware): \($0)" }
        },
        hint: remedy
          ?? "loosen `objectives`, or name other machines: `windtunnel list hardware`")
    ])
  }

  // MARK: Arguments

  private func machineNames() throws -> [String] {
    let names =
      options.scenario == nil && options.hardware == nil
      ? try HardwareCatalogue.usual : HardwareCatalogue.list(options.hardware ?? "")
    guard !names.isEmpty else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "compare/no-machines", "nothing to compare: no machine is named",
          at: SourceLocation(file: "--hardware \(options.hardware ?? "")"),
          hint: "name them as `--hardware h200-sxm,b200-sxm`"))
    }
    return names
  }

  private func load() throws -> Comparison.Load {
    guard let at else { return .scenario }
    let text = at.hasSuffix("/user") ? String(at.dropLast(5)) : at
    guard case .success(let rate) = Quantity.parse(text, as: .tokensPerSecond), rate > 0,
      rate <= 1e6
    else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "compare/rate", "a speed for every user is in tokens a second: \(at)",
          at: SourceLocation(file: "--at \(at)"), hint: "write it as `--at 50tok/s/user`"))
    }
    return .interactivity(tokensPerSecond: rate)
  }

  private func level(
    of scenario: Scenario, at load: Comparison.Load, requirements: [Requirement]
  ) throws -> ServiceLevel {
    switch load {
    case .interactivity(let rate):
      guard let figure = RunFigures.named("interactivity") else { preconditionFailure("is listed") }
      return ServiceLevel(
        attainment: nil,
        share: try share.map { try ShareArgument.read("--share", $0, 0.5...0.999) },
        requirements: [Requirement(figure, .atLeast, rate)] + requirements)
    case .scenario:
      if let share {
        throw CommandLineMisuse(
          Diagnostic(
            code: "compare/share", "`--share` is of the users whose speed `--at` states",
            at: SourceLocation(file: "--share \(share)"),
            hint: "add `--at 50tok/s/user`, or set `objectives.attainment`"))
      }
      let level = ServiceLevel(scenario, requirements: requirements)
      try level.check(of: scenario)
      guard level.isEmpty else { return level }
      throw InvalidInput(
        Diagnostic(
          code: "compare/no-level", "the scenario has nothing to hold: no `objectives`",
          at: SourceLocation(file: scenario.file), path: "objectives",
          hint: SearchArguments.objective(for: scenario)
            + (scenario.workload.answersNothing ? "" : ", or compare `--at 50tok/s/user`")))
    }
  }
}
