/// A capacity plan as one row a month.
struct PlanCSV {
  private let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  var text: String {
    let names = [
      "scenario", "hardware", "month", "load", "layout", "gpus", "domains", "usd_per_month",
      "slo_attainment",
    ]
    let rows = report.months.map { month in
      [
        report.inputs.scenario, report.inputs.hardware, "\(month.month)",
        CSVText.number(month.load), month.layout, "\(month.accelerators)", "\(month.domains)",
        CSVText.number(month.dollarsPerMonth), CSVText.number(month.attainment),
      ]
    }
    return ([names] + rows).map(CSVText.line).joined()
  }
}
