internal import ArgumentParser
internal import Diagnostics
internal import Reporting
internal import Requirements
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
        windtunnel run my.yaml --set parallelism.tensor=2
        windtunnel run my.yaml --format json --output result.json
        windtunnel run my.yaml --require 'ttft.p99 < 500 ms' --baseline result.json
        windtunnel run my.yaml --timeline run.json   for ui.perfetto.dev
        windtunnel run my.yaml --format html --output result.html

      The same scenario and seed give the same result, byte for byte. A result
      that is not as `--require`, the scenario's `require` or `--baseline` says
      is written all the same, and the exit status is 2.
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(help: "Advance undisturbed decoding at once, or every step on its own.")
  var mode = SimulationConfiguration.Mode.fastForward

  @OptionGroup var result: ResultOptions

  @OptionGroup var gateOptions: GateOptions

  @OptionGroup var timeline: TimelineOptions

  @Flag(help: "Say on standard error how long the simulation took.")
  var timing = false

  func run() throws { try gateOptions.annotating { try runAndJudge() } }

  private func runAndJudge() throws {
    let destination = try result.destination(hasPage: true)
    var gate = try gateOptions.gate(of: RunReport.self, figures: RunFigures.all)
    let deployment = try options.deployment()
    try gate.checkFiles(apartFrom: deployment.inputFiles, output: result.place.output)
    try gate.check(
      subject: deployment.scenario.name, requirements: deployment.scenario.requirements)
    let timelineFile = try timeline.file(
      apartFrom: deployment.inputFiles, result: result.place.output)
    noteSkippedRows(of: deployment)
    let summary = try simulate(deployment, keepsHistory: destination.isPage)
    guard summary.brokenLaws.isEmpty else {
      throw BrokenLaws(
        laws: summary.brokenLaws, reproduction: "--seed \(deployment.scenario.seed)")
    }
    var report = RunReport(summary, of: deployment, mode: mode)
    let verdict = try gate.judge(&report)
    try timeline.write(summary, of: report, to: timelineFile)
    try destination.put(report) {
      try RunPage(report, RunCharts(summary, of: deployment)).text()
    }
    try gate.conclude(
      verdict, of: report,
      hint: "see where the time goes: `windtunnel explain \(options.scenario)`")
  }

  private func simulate(_ deployment: Deployment, keepsHistory: Bool) throws -> RunSummary {
    let requests = deployment.scenario.workload.requests
    let start = ProcessClock.userSeconds
    var bar = ProgressBar(isEnabled: StandardStreams.errorIsTerminal)
    defer { bar.finish() }
    let memory = MemoryCheck(
      workload: deployment.scenario.workload, file: deployment.scenario.file)
    try memory.checkBefore()
    var configuration = deployment.configuration(mode: mode)
    configuration.timelineEvents = timeline.events
    configuration.keepsHistory = keepsHistory
    var simulation = Simulation(configuration)
    Interrupts.beginPolling()
    defer { Interrupts.endPolling() }
    // A slice is short enough that Ctrl-C is answered at once, even one step an event.
    while simulation.advance(events: 1_000) {
      try Interrupts.check()
      try memory.check(simulation.outstanding)
      bar.update(simulation.progress, of: requests, "requests")
    }
    if simulation.isOutOfTime { throw outOfTime(deployment) }
    let summary = simulation.finish()
    try Interrupts.check()
    bar.finish()
    if timing || StandardStreams.errorIsTerminal {
      let seconds = ProcessClock.userSeconds - start
      let rate = seconds > 0 ? Double(summary.arrived) / seconds : 0
      StandardStreams.writeNote(
        "simulated \(NumberText.grouped(summary.arrived)) requests in "
          + "\(NumberText.significant(seconds, 3)) s (\(NumberText.fixed(rate, 0)) requests/s)")
    }
    return summary
  }

  private func outOfTime(_ deployment: Deployment) -> InvalidInput {
    InvalidInput(
      Diagnostic(
        code: "scenario/too-long", "the run takes more than 146 years of simulated time",
        at: SourceLocation(file: deployment.scenario.file), path: "workload",
        hint: "lower `workload.requests`, or look for what is slow: `windtunnel explain`"))
  }

  private func noteSkippedRows(of deployment: Deployment) {
    guard case .trace(let trace) = deployment.scenario.workload.arrivals, trace.skippedRows > 0
    else { return }
    StandardStreams.writeNote(
      "warning[trace/skipped-rows]: left out \(NumberText.grouped(trace.skippedRows)) rows that "
        + "ask for no tokens")
  }
}

extension SimulationConfiguration.Mode: ExpressibleByArgument {}
