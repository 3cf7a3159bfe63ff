internal import ArgumentParser
internal import Diagnostics
internal import Reporting
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
        windtunnel run my.yaml --format html --output result.html

      The same scenario and seed give the same result, byte for byte.
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(help: "Advance undisturbed decoding at once, or every step on its own.")
  var mode = SimulationConfiguration.Mode.fastForward

  @OptionGroup var result: ResultOptions

  @Flag(help: "Say on standard error how long the simulation took.")
  var timing = false

  func run() throws {
    let destination = try result.destination(hasPage: true)
    let deployment = try options.deployment()
    try result.checkOutput(apartFrom: deployment.inputFiles)
    noteSkippedRows(of: deployment)
    let summary = try simulate(deployment, keepsHistory: destination.isPage)
    guard summary.brokenLaws.isEmpty else {
      throw BrokenLaws(
        laws: summary.brokenLaws, reproduction: "--seed \(deployment.scenario.seed)")
    }
    let report = RunReport(summary, of: deployment, mode: mode)
    try destination.put(report) {
      RunTable(report).text($0)
    } page: {
      try RunPage(report, RunCharts(summary, of: deployment)).text()
    }
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
