internal import Units
internal import Validation

/// What a validation says, part by part: the same whether it is printed or put on a page.
struct ValidatePage {
  enum Cell {
    case text(String)
    case count(Int)
    /// One of the four statistics.
    case share(Double)
    case bias(Double)
    /// All four of them.
    case errors(ValidateReport.Errors?)
    /// The median and the bias.
    case stage(ValidateReport.Errors?)
  }

  struct Table {
    var columns: [String]
    /// How many columns from the left are words.
    var words: Int
    var rows: [[Cell]]
  }

  enum Part {
    case heading(String)
    case paragraph(String)
    case table(Table)
    /// Each with lines of its own below it.
    case list([(title: String, lines: [String])])
  }

  private let report: ValidateReport

  init(_ report: ValidateReport) { self.report = report }

  var summary: String {
    let points = report.results.points
    let chosen = report.inputs.filters.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.joined(separator: " or "))" }.joined(separator: ", ")
    return "\(NumberText.grouped(points.read)) points of \(report.inputs.file)"
      + (chosen.isEmpty ? "" : " (\(chosen))")
      + ": \(NumberText.grouped(points.simulated)) simulated, "
      + "\(NumberText.grouped(points.refused)) refused"
  }

  /// The card; empty tables are left out.
  var parts: [Part] {
    sections + calibration + coverage + divisions + apart + worst + refused
  }

  // MARK: Tables

  private var sections: [Part] {
    var rows: [[Cell]] = []
    for section in report.results.sections {
      let complete = PredictionStage.fullyCalibrated.rawValue
      guard let errors = section.stages.first(where: { $0.name == complete })?.errors else {
        continue
      }
      for (name, found) in zip(ValidateReport.Metrics.names, errors.all) {
        guard let found else { continue }
        rows.append([
          .text(section.name), .text(name), .count(found.points), .share(found.median),
          .share(found.mean), .share(found.p90), .bias(found.bias),
        ])
      }
    }
    return table(
      "Errors by kind of deployment",
      ["deployment", "figure", "points", "median", "mean", "p90", "bias"], words: 2, rows)
  }

  private var calibration: [Part] {
    let names = ["datasheet", "kernels", "calibrated", "machine out", "model out"]
    var rows: [[Cell]] = []
    for section in report.results.sections {
      for (index, name) in ValidateReport.Metrics.names.enumerated() {
        let found = section.stages.map { $0.errors.all[index] }
        if found.contains(where: { $0 != nil }) {
          rows.append([.text(section.name), .text(name)] + found.map { .stage($0) })
        }
      }
    }
    return table(
      "What calibration is worth", ["deployment", "figure"] + names, words: 2, rows,
      note:
        "Median and bias of the errors in percent, by what a prediction may use: datasheets only; "
        + "kernels as they were timed; all that was fitted; all but the point's machine; all but "
        + "its model.")
  }

  private var coverage: [Part] {
    let rows: [[Cell]] = report.results.coverage.map { item in
      [
        .text(item.metric), .share(item.share),
        item.shareWithoutMachine.map { .share($0) } ?? .text(""),
      ]
    }
    return table(
      "Measured values inside the 80 % interval",
      ["figure", "calibrated", "machine out"], words: 1,
      rows)
      + [
        .paragraph(
          "\(report.results.fittedParameters) parameters are fitted to serving points, none to a "
            + "model, a concurrency or a point.")
      ]
  }

  private var divisions: [Part] {
    let all = report.results.overall.map { [(name: "points", groups: [$0])] } ?? []
    return (all + report.results.divisions).enumerated().flatMap { index, division in
      groups(
        division.groups, "By \(division.name)", division.name,
        note: index == 0 ? Self.groupNote : nil)
    }
  }

  private var apart: [Part] { groups(report.results.apart, "Reported apart", "points") }

  private static let groupNote =
    "Each cell has the median, mean and p90 of the errors and their bias, in percent."

  private func groups(
    _ groups: [ValidateReport.Group], _ heading: String, _ word: String, note: String? = nil
  ) -> [Part] {
    let rows = groups.map { group in
      [.text(group.name), .count(group.points.read), .count(group.points.refused)]
        + group.errors.all.map { Cell.errors($0) }
    }
    return table(
      heading == "By points" ? "All points that are not reported apart" : heading,
      [word, "read", "refused"] + ValidateReport.Metrics.names, words: 1, rows, note: note)
  }

  private func table(
    _ heading: String, _ columns: [String], words: Int, _ rows: [[Cell]], note: String? = nil
  ) -> [Part] {
    guard !rows.isEmpty else { return [] }
    return [.heading(heading)] + (note.map { [.paragraph($0)] } ?? [])
      + [.table(Table(columns: columns, words: words, rows: rows))]
  }

  // MARK: Lists

  private var worst: [Part] {
    let items = report.results.worst.map { point in
      (
        title: "\(point.id) \(point.what)",
        lines: [
          "\(point.metric) \(NumberText.significant(point.measured)) measured, "
            + "\(NumberText.significant(point.predicted)) predicted, "
            + ReportWords.signedPercent(point.error)
        ] + (point.reasons.isEmpty ? [] : [point.reasons.joined(separator: "; ")])
      )
    }
    return items.isEmpty ? [] : [.heading("Worst points, and where to look"), .list(items)]
  }

  private var refused: [Part] {
    let items = report.results.refused.map { refusal in
      (
        title: "\(refusal.points.count) x \(refusal.reason)",
        lines: [refusal.points.joined(separator: " ")]
      )
    }
    return items.isEmpty ? [] : [.heading("Refused"), .list(items)]
  }
}
