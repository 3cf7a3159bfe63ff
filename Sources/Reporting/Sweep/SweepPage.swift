internal import Planning
internal import Requirements
internal import Units

/// The parts of a sweep that people read, as words; a table and a page of Markdown print them.
struct SweepPage {
  private static let mostRefusals = 8

  let title: String
  /// Name and text.
  let facts: [(name: String, text: String)]
  let headings: [String]
  /// How many columns are words.
  let words: Int
  let rows: [[String]]
  let refusals: [String]

  init(_ report: SweepReport) {
    let inputs = report.inputs
    title = inputs.scenario + (inputs.title.isEmpty ? "" : ": \(inputs.title)")
    facts = Self.facts(report)
    let frontiers = report.results.frontiers
    let shown = Set(frontiers.flatMap(\.cases))
    let cases = report.results.cases.filter { shown.contains($0.index) }
      .sorted { left, right in
        let speeds = (left.figures?["interactivity"] ?? 0, right.figures?["interactivity"] ?? 0)
        return (speeds.1, left.index) < (speeds.0, right.index)
      }
    words = inputs.axes.count
    headings =
      Self.names(of: inputs.axes) + [
        "GPUs", "tok/s per user", "output tok/s per GPU", "TTFT p50", "USD/Mtok output",
        "best for",
      ]
    rows = cases.map { record in
      let best = zip(["throughput", "cost"], frontiers)
        .filter { $0.1.cases.contains(record.index) }.map(\.0)
      return inputs.axes.map { record.at[$0.name] ?? "" }
        + Self.figures(of: record) + [best.joined(separator: ", ")]
    }
    refusals = Self.refusals(report)
  }

  private static func facts(_ report: SweepReport) -> [(name: String, text: String)] {
    let (inputs, results) = (report.inputs, report.results)
    var facts: [(String, String)] = []
    if !inputs.settings.isEmpty { facts.append(("with", inputs.settings.joined(separator: ", "))) }
    let axes = zip(names(of: inputs.axes), inputs.axes).map { name, axis in
      let labels = axis.values.map(\.label)
      return labels.count > 4
        ? "\(name) \(labels[0]), \(labels[1]) to \(labels[labels.count - 1]) (\(labels.count))"
        : "\(name) \(labels.joined(separator: ", "))"
    }
    if !axes.isEmpty { facts.append(("varies", axes.joined(separator: "; "))) }
    if let shard = inputs.shard {
      facts.append(("shard", "\(shard.index) of \(shard.count), counted from 0"))
    }
    var counts = "\(NumberText.grouped(results.cases.count)): "
    counts += "\(NumberText.grouped(results.simulated)) simulated, "
    counts += "\(NumberText.grouped(results.refused)) refused"
    let broken = results.cases.count { $0.brokenLaws != nil }
    if broken > 0 { counts += ", \(NumberText.grouped(broken)) broke a law" }
    if results.unserved > 0 {
      counts += "; \(NumberText.grouped(results.unserved)) left requests unserved"
    }
    facts.append(("cases", counts))
    return facts
  }

  /// The last part of a key says enough, unless two end alike.
  static func names(of axes: [SweepAxis]) -> [String] {
    let short = axes.map { axis in
      axis.name.split(separator: ".").last.map(String.init) ?? axis.name
    }
    return zip(axes, short).map { axis, name in
      short.count { $0 == name } > 1 ? axis.name : name
    }
  }

  private static func figures(of record: SweepRecord) -> [String] {
    func value(_ path: String, _ text: (Double) -> String) -> String {
      record.figures?[path].map(text) ?? "-"
    }
    return [
      record.accelerators.map { NumberText.grouped($0) } ?? "-",
      value("interactivity") { NumberText.significant($0, 4) },
      value("output.per_gpu") { NumberText.significant($0, 4) },
      value("ttft.p50") { NumberText.quantity($0, .seconds, digits: 3) },
      value("cost.output") { ReportWords.dollars($0) },
    ]
  }

  // MARK: Refusals

  /// Each reason once, with how many cases it has and what they have in common.
  private static func refusals(_ report: SweepReport) -> [String] {
    var reasons: [String] = []
    var cases: [String: [SweepRecord]] = [:]
    for record in report.results.cases {
      guard let reason = record.refused?.first?.message else { continue }
      if cases[reason] == nil { reasons.append(reason) }
      cases[reason, default: []].append(record)
    }
    let axes = report.inputs.axes
    var lines = reasons.prefix(mostRefusals).map { reason in
      let records = cases[reason] ?? []
      let common = zip(names(of: axes), axes).compactMap { name, axis -> String? in
        let labels = Set(records.map { $0.at[axis.name] ?? "" })
        return labels.count == 1 && axis.values.count > 1 ? "\(name) \(labels.first!)" : nil
      }
      let place = common.isEmpty ? "" : common.joined(separator: ", ") + ": "
      return "\(place)\(reason) (\(NumberText.grouped(records.count)))"
    }
    if reasons.count > mostRefusals {
      let rest = reasons.dropFirst(mostRefusals).reduce(0) { $0 + (cases[$1]?.count ?? 0) }
      lines.append("and \(NumberText.grouped(rest)) more for other reasons")
    }
    return lines
  }
}
