internal import Outcomes
internal import Requirements

/// A run as one row with every figure that has a name, so that the rows of many runs can be stacked
/// under one header.
///
/// Columns are the keys of the JSON's `results` joined by `_`, the unit last: `ttft_ms.p99` becomes
/// `ttft_p99_ms`. A value that nobody can know is an empty cell.
package struct RunCSV {
  private let report: RunReport

  package init(_ report: RunReport) { self.report = report }

  package var text: String {
    let (inputs, results) = (report.inputs, report.results)
    let columns =
      [
        ("scenario", inputs.scenario.name), ("model", inputs.model.name),
        ("hardware", inputs.hardware.name), ("engine", inputs.engine.name),
        ("accelerators", "\(inputs.layout.accelerators)"), ("seed", "\(report.seed)"),
        ("fingerprint", report.fingerprint),
        ("requests_completed", "\(results.requests.completed)"),
      ]
      + results.figures.map { item in
        let (name, scale) = Self.column(of: item.figure)
        return (name, CSVText.number(item.value.map { $0 * scale }))
      }
    return CSVText.line(columns.map(\.0)) + CSVText.line(columns.map(\.1))
  }

  /// Its name, and how many of its units are one of the figure's.
  static func column(of figure: Figure) -> (name: String, scale: Double) {
    let parts = figure.path.split(separator: ".").map(String.init)
    if parts.count == 2, RunFigures.latencyNames.contains(parts[0]) {
      return ("\(parts[0])_\(parts[1])_ms", 1_000)
    }
    return (name(of: figure.path), 1)
  }

  private static func name(of path: String) -> String {
    switch path {
    case "output": "output_tok_s"
    case "output.per_gpu": "output_tok_s_per_gpu"
    case "total": "total_tok_s"
    case "total.per_gpu": "total_tok_s_per_gpu"
    case "requests": "req_s"
    case "goodput": "goodput_req_s"
    case "interactivity": "interactivity_tok_s"
    case "attainment": "slo_attainment"
    case "kv.mean", "kv.max": path.replacing("kv.", with: "kv_occupancy_")
    case "cost.hour": "cost_usd_per_hour"
    case "cost.total": "cost_total_usd"
    case _ where path.hasPrefix("cost."): path.replacing(".", with: "_") + "_usd_per_mtok"
    case "energy.output": "energy_joules_per_output_token"
    case "energy.per_mw": "energy_tok_s_per_mw"
    case "power.mean": "energy_mean_power_w"
    case "rejected", "preempted", "lost": "requests_" + path
    case "makespan": "makespan_s"
    // A number without a unit: its name is the key.
    default: path.replacing(".", with: "_")
    }
  }
}
