package import Documents
package import Rendering
internal import Results

/// A run as it is shown: its document, and what only pictures have room for.
package struct RunFindings: Report {
  let report: RunReport
  /// Nil where nobody sees pictures.
  let charts: RunCharts?

  package init(_ report: RunReport, charts: RunCharts? = nil) {
    self.report = report
    self.charts = charts
  }

  package var document: any ReportDocument { report }
  var results: RunResults { report.results }

  /// A section is a file beside this one and a line here.
  private var sections: [Section] {
    [
      setting, load, glance, throughput, latency, classes, batch, agents, questions, history, time,
      pools, transfers, frontier, energy, cost, repeats,
    ] + report.gateSections + [figures, inputs, provenance]
  }

  package var page: Page {
    let scenario = report.inputs.scenario
    return Page(
      name: scenario.name, title: scenario.title, kind: "windtunnel run \(scenario.name)",
      alerts: alerts, lead: lead,
      footer: "seed \(report.seed), fingerprint \(report.fingerprint)"
    ) { sections }
  }

  /// A backlog must not be read as a service.
  private var alerts: [String] {
    guard let trouble = LoadTrouble(of: results.load, peak: results.peak?.load) else { return [] }
    let cause = trouble.cause.map { "; \($0)" } ?? ""
    return [
      "\(trouble.words)\(cause). "
        + "`windtunnel \(remedy)` with the same arguments"
        + (report.repeats == nil ? "" : " but `--repeats`") + " finds what "
        + (remedy == "plan" ? "holds it." : "it holds.")
    ]
  }

  /// What finds a load and machines that go together: a fleet's parts are not searched.
  private var remedy: String {
    report.inputs.pools.contains { $0.role != "serving" } || report.inputs.pools.count == 1
      ? "plan" : "capacity"
  }

  /// Whether every request is a call of a question.
  var asksQuestions: Bool {
    results.questions.map { $0.asked == Int64(report.inputs.workload.requests) } ?? false
  }

  /// The answer first: whether it is good enough, what it costs, and what bounds it.
  private var lead: String {
    let inputs = report.inputs
    let what =
      "\(inputs.model.name) on \(inputs.machineWords), served by \(inputs.engine.title): "
      + "\(Words.count(results.requests.completed, asksQuestions ? "call" : "request")) in "
      + "\(Words.duration(results.makespanSeconds)) of simulated time."
    let bound = results.boundWords.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    return [verdict, refused, gone, priced, bound, what].compactMap { $0 }.joined(separator: " ")
  }

  /// No price of a token where it is that of a backlog: the longer the queue, the lower it is.
  private var priced: String? {
    results.cost.map { cost in
      let each = alerts.isEmpty ? cost.blendedWords(report.intervals) : nil
      return [results.costWords(isJob: isJob), each].compactMap { $0 }.joined(separator: ", ") + "."
    }
  }

  /// What no machine of this kind would serve, however many there are.
  var refused: String? { results.requests.refusal.map { "Not served: \($0)." } }

  package var brief: String {
    let paths = writesNothing ? ["requests", "e2e.p99"] : ["output", "ttft.p99", "tpot.p99"]
    let figures = paths.compactMap { path in
      RunFigures.row(path).flatMap { row in
        results.value(of: row).map { "\(row.label) \(row.figure.format.words($0))" }
      }
    }
    let found = alerts.first ?? verdict ?? figures.joined(separator: ", ") + "."
    return [report.inputs.scenario.name + ":", found, refused, priced]
      .compactMap { $0 }.joined(separator: " ")
  }

  /// Clients that were not served in time: of the others alone all latencies are.
  private var gone: String? {
    guard let abandoned = results.requests.abandoned, abandoned > 0 else { return nil }
    let share = Double(abandoned) / Double(results.requests.ended)
    return "\(Words.percent(share)) are given up by their clients."
  }

  private var verdict: String? {
    report.objectives.map { "Holds its objectives: \($0.words)." }
  }

  /// Whether all of it is there at once, and nothing comes after.
  var isJob: Bool { report.inputs.workload.process == WorkloadInputs.batch }

  /// What an accelerator is called.
  var accelerator: String { report.inputs.acceleratorWord }

  /// Why something that was asked for is not there.
  func unknown(_ key: String) -> [Part] {
    results.unknown.filter { $0.key == key }.map { .paragraph("unknown: \($0.reason)") }
  }

  // MARK: For other programs

  /// A row with every figure that has a name, so that the rows of many runs can be stacked under
  /// one header. A value that nobody can know is an empty cell.
  package var rows: [[String]]? {
    let inputs = report.inputs
    let columns =
      [
        ("scenario", inputs.scenario.name), ("model", inputs.model.name),
        ("hardware", inputs.hardware.name), ("engine", inputs.engine.name),
        ("accelerators", "\(inputs.layout.accelerators)"), ("seed", "\(report.seed)"),
        ("fingerprint", report.fingerprint),
        ("requests_completed", "\(results.requests.completed)"),
      ]
      + RunFigures.all.map { row in
        (row.column, CSVText.number(row.columnValue(results.value(of: row))))
      }
    return [columns.map(\.0), columns.map(\.1)]
  }
}
