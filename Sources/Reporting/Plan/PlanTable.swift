internal import Outcomes
internal import Units

/// A capacity plan as a table for a terminal.
struct PlanTable {
  private let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func text(_ style: TextStyle) -> String {
    let gate = GateTable(report.requirements, report.baseline)
    var lines = header + chosen(style)
    lines += growth(style) + gate.sections(style) + command
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    let inputs = report.inputs
    let title = inputs.title.isEmpty ? "" : ": \(inputs.title)"
    var lines = [
      "\(inputs.scenario)\(title)", "", "  model    \(inputs.model)",
      "  machine  \(inputs.hardware), engine \(inputs.engine)",
      "  level    \(inputs.level.joined(separator: ", "))",
    ]
    var demand: [String] = []
    if inputs.headroom > 0 { demand.append("headroom \(ReportWords.percent(inputs.headroom))") }
    if inputs.spares > 0 { demand.append("\(inputs.spares) spare in every pool") }
    if inputs.months > 0 {
      demand.append(
        "\(ReportWords.signedPercent(inputs.growthPerMonth)) a month for \(inputs.months) months")
    }
    if !demand.isEmpty { lines.append("  demand   \(demand.joined(separator: ", "))") }
    return lines
  }

  private func chosen(_ style: TextStyle) -> [String] {
    guard let choice = report.choice, let deployed = report.acceleratorsDeployed else {
      return ["", "Nothing holds the level"] + nearest
    }
    let domains = (deployed + report.acceleratorsPerDomain - 1) / report.acceleratorsPerDomain
    var table = TextTable([.left, .left])
    table.add(["layout", choice.layout])
    table.add([
      "accelerators",
      "\(NumberText.grouped(deployed)) in \(domains) of \(report.acceleratorsPerDomain)",
    ])
    let results = choice.results
    if let attainment = results.attainment {
      table.add(["attainment", ReportWords.percent(attainment)])
    }
    if let first = results.timeToFirstToken, let each = results.timePerOutputToken {
      table.add(["TTFT p99", NumberText.quantity(first.p99 / 1000, .seconds)])
      table.add(["TPOT p99", NumberText.quantity(each.p99 / 1000, .seconds)])
    }
    if let cost = results.cost {
      let spares = report.inputs.spares > 0 ? ", spares included" : ""
      let blended = cost.perMillionTokens.blended.map {
        ", \(ReportWords.dollars($0)) USD per million tokens\(spares)"
      }
      table.add(["cost", "\(ReportWords.dollars(cost.dollarsPerHour)) USD/h\(blended ?? "")"])
    }
    let fewer =
      report.oneFewer.map {
        "\($0.layout): \($0.reasons.joined(separator: ", "))"
      } ?? "there is only one"
    table.add(["one fewer", fewer])
    return ["", "Deployment"] + table.lines(style)
  }

  private var nearest: [String] {
    let reasons = report.nearest.map { ["nearest is \($0.layout)"] + $0.reasons } ?? report.reasons
    return reasons.map { "  \($0)" }
  }

  private func growth(_ style: TextStyle) -> [String] {
    guard report.months.count > 1 else { return [] }
    var table = TextTable([.right, .right, .left, .right, .right, .right])
    table.add(heading: ["month", "load", "layout", "GPUs", "domains", "USD a month"])
    for month in report.months {
      table.add([
        String(month.month), "\(NumberText.significant(month.load)) x", month.layout,
        NumberText.grouped(month.accelerators), String(month.domains),
        month.dollarsPerMonth.map { NumberText.fixed($0, 0) } ?? "unknown",
      ])
    }
    return ["", "As the load grows"] + table.lines(style) + nextDomain
  }

  /// When the next server or rack must be there.
  private var nextDomain: [String] {
    guard let now = report.months.first?.domains,
      let more = report.months.first(where: { $0.domains > now })
    else { return [] }
    return [
      "",
      "  in month \(more.month) there must be \(more.domains) instead of \(now) domains of "
        + "\(report.acceleratorsPerDomain)",
    ]
  }

  private var command: [String] {
    guard let choice = report.choice else { return [] }
    return [
      "", "To see it in full:",
      "  windtunnel run \(report.inputs.file) " + choice.settings.joined(separator: " "),
    ]
  }
}
