internal import Outcomes
internal import Units

/// A capacity plan as Markdown, as for a pull request.
struct PlanMarkdown {
  private let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  var text: String {
    let inputs = report.inputs
    let heading =
      "### \(MarkdownText.escaped(inputs.scenario)) on \(MarkdownText.escaped(inputs.hardware))"
    let level = "Held: " + MarkdownText.escaped(inputs.level.joined(separator: ", "))
    return [heading, level, verdict, growth].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var verdict: String {
    guard let choice = report.choice, let deployed = report.acceleratorsDeployed else {
      let reasons =
        report.nearest.map { ["nearest is \($0.layout)"] + $0.reasons }
        ?? report.reasons
      return "**Nothing holds the level**: "
        + MarkdownText.escaped(reasons.joined(separator: "; "))
    }
    let hourly = choice.results.cost.map { ", \(ReportWords.dollars($0.dollarsPerHour)) USD/h" }
    let fewer = report.oneFewer.map {
      " One fewer - \($0.layout) - misses it: \($0.reasons.joined(separator: ", "))."
    }
    return "**\(MarkdownText.escaped(choice.layout))**, \(NumberText.grouped(deployed)) "
      + "accelerators\(hourly ?? "").\(MarkdownText.escaped(fewer ?? ""))"
  }

  private var growth: String {
    guard report.months.count > 1 else { return "" }
    let rows = report.months.map { month in
      [
        MarkdownText.escaped(month.layout), "\(month.month)", NumberText.significant(month.load),
        NumberText.grouped(month.accelerators), "\(month.domains)",
        month.dollarsPerMonth.map { NumberText.fixed($0, 0) } ?? "unknown",
      ]
    }
    return MarkdownText.table(
      ["layout", "month", "load", "GPUs", "domains", "USD a month"], words: 1, rows: rows)
  }
}
