internal import Projections
internal import Units

/// What a projection says, part by part: the same in a terminal and on a page of Markdown.
struct ProjectPage {
  struct Table {
    var columns: [String]
    /// How many columns from the left are words.
    var words: Int
    var rows: [[String]]
  }

  enum Part {
    case heading(String)
    case paragraph(String)
    case table(Table)
  }

  let report: ProjectReport

  init(_ report: ProjectReport) { self.report = report }

  var title: String {
    report.inputs.title.isEmpty ? "" : report.inputs.title
  }

  var parts: [Part] {
    let results = report.results
    return claim(results) + impossible(results) + training(results) + runs + life(results)
      + machines(results) + sensitivity(results) + targets(results) + allocation(results)
      + data(results) + exchange(results) + answers(results) + provenance
  }

  // MARK: The claim

  private func claim(_ results: ProjectResults) -> [Part] {
    guard let claim = results.claim else { return [] }
    let rows = claim.conditions.map { condition in
      [
        condition.figure, Self.bounds(condition),
        condition.value.map { Self.figure($0, condition.unit ?? "") } ?? "unknown",
        condition.holds ? "yes" : "no",
      ]
    }
    let verdict =
      claim.holds ? "With these inputs it holds." : "With these inputs it does not hold."
    return [.heading("Claim"), .paragraph(claim.says)]
      + (rows.isEmpty
        ? []
        : [
          .table(Table(columns: ["figure", "holds", "is", "so"], words: 2, rows: rows)),
          .paragraph(verdict),
        ])
  }

  private static func bounds(_ condition: ClaimResult.Condition) -> String {
    let unit = condition.unit ?? ""
    switch (condition.from, condition.to) {
    case (let from?, let to?): return "from \(figure(from, unit)) to \(figure(to, unit))"
    case (let from?, nil): return "from \(figure(from, unit))"
    case (nil, let to?): return "up to \(figure(to, unit))"
    case (nil, nil): return "always"
    }
  }

  private func impossible(_ results: ProjectResults) -> [Part] {
    results.impossible.isEmpty
      ? [] : [.heading("Impossible")] + results.impossible.map { .paragraph($0) }
  }

  private var provenance: [Part] {
    let rows = report.provenance.figures.map { [$0.path, $0.status, $0.source] }
    let prints = report.runs.map { "\($0.workload) on \($0.hardware) \($0.fingerprint)" }
    guard !rows.isEmpty else { return [] }
    return [.heading("Rests on"), .table(Table(columns: ["", "", ""], words: 3, rows: rows))]
      + (prints.isEmpty ? [] : [.paragraph("Fingerprints: \(prints.joined(separator: ", ")).")])
  }

  // MARK: Words

  static func count(_ value: Double) -> String { CountText.large(value) }

  /// A number of a unit, as people say it.
  static func figure(_ value: Double, _ unit: String) -> String {
    switch unit {
    case "FLOP": "\(CountText.scientific(value)) FLOPs"
    case "USD": "\(money(value)) USD"
    case "J": energy(value)
    case "ratio": ratio(value)
    case "": NumberText.significant(value, 4)
    default: "\(CountText.large(value)) \(unit)"
    }
  }

  static func ratio(_ value: Double?) -> String {
    guard let value else { return "unknown" }
    return value.magnitude >= 1e6 || (value != 0 && value.magnitude < 1e-3)
      ? CountText.scientific(value) : NumberText.significant(value, 3)
  }

  static func money(_ value: Double?) -> String {
    guard let value else { return "unknown" }
    return value.magnitude >= 1e6
      ? CountText.large(value, digits: 4)
      : value >= 100 ? NumberText.fixed(value, 0) : NumberText.significant(value, 3)
  }

  static func hours(_ value: Double) -> String {
    value >= 1e9 ? CountText.large(value, digits: 4) : NumberText.fixed(value, value < 100 ? 3 : 0)
  }

  static func energy(_ joules: Double?) -> String {
    guard let joules else { return "unknown" }
    let units: [(Double, String)] = [
      (3.6e15, "TWh"), (3.6e12, "GWh"), (3.6e9, "MWh"), (3.6e6, "kWh"),
    ]
    for (factor, name) in units where joules >= factor {
      return "\(NumberText.significant(joules / factor, 3)) \(name)"
    }
    return "\(NumberText.significant(joules, 3)) J"
  }

  static func solution(_ solution: Solution, _ unit: String) -> String {
    guard let value = solution.value else { return "none" }
    return (unit == "months" ? months(value) : unit == "ratio" ? ratio(value) : count(value))
      + (solution.date.map { " (\($0))" } ?? "")
  }

  static func months(_ value: Double) -> String {
    if value >= 24 { return "\(NumberText.significant(value / 12, 3)) years" }
    return value < 0.1
      ? "\(NumberText.significant(value * ProjectedTime.daysPerMonth * 24, 3)) hours"
      : "\(NumberText.significant(value, 3)) months"
  }
}
