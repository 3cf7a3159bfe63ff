internal import Outcomes
internal import Requirements

/// A comparison as one row a machine, with every figure that has a name.
struct CompareCSV {
  private let report: CompareReport

  init(_ report: CompareReport) { self.report = report }

  var text: String {
    let names =
      [
        "scenario", "hardware", "engine", "verdict", "layout", "accelerators", "weights",
        "usd_per_mtok_ratio", "usd_per_mtok_ratio_low", "usd_per_mtok_ratio_high", "settings",
        "reasons",
      ] + RunFigures.all.map { RunCSV.column(of: $0).name }
    return CSVText.line(names) + report.machines.map { CSVText.line(cells(of: $0)) }.joined()
  }

  private func cells(of machine: CompareReport.Machine) -> [String] {
    let choice = machine.choice
    let ratio = machine.priceRatio
    return [
      report.inputs.scenario, machine.hardware, machine.engine, machine.verdict.rawValue,
      choice?.layout ?? "", choice.map { "\($0.accelerators)" } ?? "", choice?.weights ?? "",
      CSVText.number(ratio?.value), CSVText.number(ratio?.low), CSVText.number(ratio?.high),
      choice?.settings.joined(separator: " ") ?? "", machine.reasons.joined(separator: "; "),
    ]
      + RunFigures.all.map { figure in
        let scale = RunCSV.column(of: figure).scale
        return CSVText.number(choice?.results.value(of: figure).map { $0 * scale })
      }
  }
}
