internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Outcomes
internal import Planning
internal import Reports
internal import Requirements
internal import Results
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Simulate one scenario: throughput, latency, energy and cost.",
    discussion: """
      Examples:
        windtunnel run benchmark/chat
        windtunnel run benchmark/chat --hardware b200-sxm --price owned
        windtunnel run my.yaml --hardware h200-sxm,memory.bandwidth='5 TB/s'
        windtunnel run my.yaml --set parallelism.tensor=2
        windtunnel run my.yaml --format json --output result.json
        windtunnel run my.yaml --require 'ttft.p99 < 500 ms' --baseline result.json
        windtunnel run my.yaml --timeline run.json   for ui.perfetto.dev
        windtunnel run my.yaml --format html --output result.html

      The same scenario and seed give the same result, byte for byte. A result
      that is not as `--require`, the scenario's `require` or `--baseline` says
      is written all the same, and the exit status is 2. Objectives that are
      missed are a line on standard error and `objectives.holds` in JSON; the
      exit status stays 0 unless something is required. A verdict that would be
      another if steps took as long as eight in ten predictions are off is
      marginal (`certainty` in JSON).
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(help: "Advance undisturbed decoding at once, or every step on its own.")
  var mode = SimulationConfiguration.Mode.fastForward

  @OptionGroup var result: ResultOptions

  @OptionGroup var answer: BriefOption

  @OptionGroup var gateOptions: GateOptions

  @OptionGroup var timeline: TimelineOptions

  @OptionGroup var repeating: RepeatOptions

  @Flag(help: "Say on standard error how long the simulation took.")
  var timing = false

  func run() throws { try gateOptions.annotating { try runAndJudge() } }

  private func runAndJudge() throws {
    let destination = try result.destination(answer)
    var gate = try gateOptions.gate(of: RunReport.self, names: RunFigures.names)
    let scenario = try options.load()
    let catalogues = try options.catalogues(for: scenario)
    let deployment = try Deployment(scenario, from: catalogues)
    try gate.checkFiles(apartFrom: deployment.inputFiles, output: result.place.output)
    try gate.check(
      subject: deployment.scenario.name, requirements: deployment.scenario.requirements)
    let timelineFile = try timeline.file(
      apartFrom: deployment.inputFiles, result: result.place.output)
    noteTrace(of: deployment)
    let question = question(deployment, gate.requirements, keepsHistory: destination.isPage)
    let outcome = try simulate(deployment, question)
    try BrokenLaws.check(
      outcome.brokenLaws, reproduction: "--seed \(deployment.scenario.seed)")
    var report = RunReport(outcome, mode: mode)
    report.repeats = try repeating.report(outcome, asking: question, from: catalogues)
    let verdict = try gate.judge(&report)
    try addCertainty(to: &report, of: outcome, asking: gate.requirements, from: catalogues)
    try timeline.write(outcome.summary, of: report, to: timelineFile)
    let charts = destination.isPage ? RunCharts(outcome.summary, of: deployment) : nil
    try destination.put(RunFindings(report, charts: charts))
    if let warning = LoadWarning(outcome) {
      warn(warning, of: deployment)
    } else if let objectives = report.objectives, objectives.holds == .no {
      warnOfMissed(objectives, of: deployment)
    }
    try gate.conclude(
      verdict, of: report,
      hint: "see where the time goes: `windtunnel explain \(options.typed)`")
  }

  private func question(
    _ deployment: Deployment, _ requirements: [Requirement], keepsHistory: Bool
  ) -> OutcomeQuestion {
    let level = ServiceLevel(deployment.scenario, requirements: requirements)
    return OutcomeQuestion(
      requests: deployment.scenario.workload.requests, criteria: level.criteria(of: deployment),
      mode: mode, keepsHistory: keepsHistory, timelineEvents: timeline.events)
  }

  private func simulate(
    _ deployment: Deployment, _ question: OutcomeQuestion
  ) throws -> Outcome {
    let start = ProcessClock.userSeconds
    let outcome = try AttendedRun(scenario: deployment.scenario)
      .simulate(deployment) { watch throws(RunFailure) in
        try Outcome.simulate(deployment, question, watch)
      }
    try Interrupts.check()
    if timing || StandardStreams.errorIsTerminal {
      let seconds = ProcessClock.userSeconds - start
      let requests = outcome.sample.requests
      let rate = seconds > 0 ? Double(requests) / seconds : 0
      StandardStreams.writeNote(
        "simulated \(NumberText.grouped(requests)) requests in "
          + "\(NumberText.significant(seconds, 3)) s (\(NumberText.fixed(rate, 0)) requests/s)")
    }
    return outcome
  }

  private func addCertainty(
    to report: inout RunReport, of outcome: Outcome, asking requirements: [Requirement],
    from catalogues: Catalogues
  ) throws {
    let other = try AttendedRun(scenario: outcome.deployment.scenario)
      .simulate(outcome.deployment, counting: "requests, for how sure that is") {
        watch throws(RunFailure) in
        try ReversedRun.of(outcome, requirements: requirements, from: catalogues, watch)
      }
    try Interrupts.check()
    if let other { report.add(other, on: requirements) }
  }

  /// An overload is no result, whatever is printed.
  private func warn(_ warning: LoadWarning, of deployment: Deployment) {
    StandardStreams.writeNote(warning.diagnostic(help: remedy(of: deployment)).text)
  }

  /// Whoever reads no page must see it too.
  private func warnOfMissed(_ objectives: ObjectivesReport, of deployment: Deployment) {
    let file = deployment.scenario.file
    let warning = Diagnostic(
      .warning, code: "level/missed", objectives.reason, at: SourceLocation(file: file),
      path: "objectives", hint: remedy(of: deployment))
    StandardStreams.writeNote(warning.text)
  }

  /// A fleet's parts are not searched.
  private func remedy(of deployment: Deployment) -> String {
    let own = [
      ("--repeats", repeating.repeats > 1), ("--timeline", timeline.timeline != nil),
    ].filter(\.1).map { "`\($0.0)`" }
    let others = own.isEmpty ? "" : " but \(own.joined(separator: ", "))"
    let same = "with the same arguments" + others
    return deployment.scenario.isFleet
      ? "find what it holds: `windtunnel capacity` \(same)"
      : "find what holds it: `windtunnel plan` \(same)"
  }

  private func noteTrace(of deployment: Deployment) {
    for note in deployment.scenario.workload.recorded?.recording.notes ?? [] {
      StandardStreams.writeNote(note.text)
    }
  }
}

extension SimulationConfiguration.Mode: ExpressibleByArgument {}
