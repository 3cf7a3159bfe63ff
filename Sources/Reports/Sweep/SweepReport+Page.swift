package import Documents
internal import Planning
package import Rendering
internal import Requirements
internal import Results
internal import Units

extension SweepReport: Report {
  package var page: Page {
    Page(
      name: inputs.scenario, title: inputs.title, kind: "windtunnel \(command) \(inputs.scenario)",
      footer: "seed \(seed), fingerprint \(fingerprint)"
    ) {
      Section { Part.facts(facts) }
      Section("Questions") {
        if let table = questionTable {
          Part.note(
            "What a question takes. On the frontier: no other is answered rightly more often for "
              + "as little money, or in as little time.")
          Part.table(table)
        }
      }
      Section("Frontier") {
        if let frontierTable {
          Part.note(
            "Cases that no other is better than, with the number of accelerators: output tokens a "
              + "second that a user sees against those of one accelerator, and against what a "
              + "token costs.")
          Part.table(frontierTable)
        } else {
          Part.note("No case can be on it.")
        }
        results.frontiers.prefix(SweepFrontier.shown.count).map { Part.picture(.lines(chart($0))) }
      }
      Section("Overloaded") {
        if results.overloaded > 0 {
          Part.note(
            "Requests come faster than they are served, or too nearly so to be judged: none of "
              + "these is on the frontier.")
          Part.list(overloads)
        }
      }
      Section("Missed") {
        if !misses.isEmpty {
          Part.note("These do not hold what is required: none of them is on the frontier.")
          Part.list(misses)
        }
      }
      Section("Refused") { Part.list(refusals) }
    }
  }

  // MARK: What it is

  private var facts: [Fact] {
    let axes = zip(axisNames, inputs.axes).map { name, axis in
      let labels = axis.values.map(\.label)
      return labels.count > 4
        ? "\(name) \(labels[0]), \(labels[1]) to \(labels[labels.count - 1]) (\(labels.count))"
        : "\(name) \(labels.joined(separator: ", "))"
    }
    let broken = results.cases.count { $0.brokenLaws != nil }
    let counts =
      "\(Words.count(results.cases.count)): \(Words.count(results.simulated)) simulated, "
      + "\(Words.count(results.refused)) refused"
      + (broken > 0 ? ", \(Words.count(broken)) broke a law" : "")
      + (results.unserved > 0 ? "; \(Words.count(results.unserved)) left requests unserved" : "")
      + (results.missed.map { "; \(Words.count($0)) miss what is required" } ?? "")
      + (results.overloaded > 0 ? "; \(Words.count(results.overloaded)) overloaded" : "")
    return [
      Fact("with", inputs.settings.joined(separator: ", ")),
      Fact("varies", axes.joined(separator: "; ")),
      Fact("required", (inputs.requirements ?? []).joined(separator: ", ")),
      Fact("shard", inputs.shard.map { "\($0.index) of \($0.count), counted from 0" } ?? ""),
      Fact("cases", counts),
    ].filter { !$0.lines.isEmpty }
  }

  /// The last part of a key says enough, unless two end alike.
  var axisNames: [String] {
    let short = inputs.axes.map { axis in
      axis.name.split(separator: ".").last.map(String.init) ?? axis.name
    }
    return zip(inputs.axes, short).map { axis, name in
      short.count { $0 == name } > 1 ? axis.name : name
    }
  }

  /// `rate 8 req/s, clients 4`
  func labels(of record: SweepRecord) -> String {
    zip(axisNames, inputs.axes).map { "\($0) \(record.at[$1.name] ?? "")" }
      .joined(separator: ", ")
  }

  // MARK: Frontier

  /// Nil where no case can be on it.
  private var frontierTable: Table? {
    let frontiers = results.frontiers.prefix(SweepFrontier.shown.count)
    let shown = Set(frontiers.flatMap(\.cases))
    let cases = results.cases.filter { shown.contains($0.index) }
      .sorted { left, right in
        let speeds = (left.figures?["interactivity"] ?? 0, right.figures?["interactivity"] ?? 0)
        return (speeds.1, left.index) < (speeds.0, right.index)
      }
    guard !cases.isEmpty else { return nil }
    // Without objectives nobody knows.
    let isWithin = cases.contains { $0.figures?["attainment"] != nil }
    return Table(
      "On the frontier",
      axisNames + [
        "number", "tok/s per user", "tok/s of one", "TTFT p50",
      ] + (isWithin ? ["within"] : []) + ["USD/Mtok output", "best for"],
      rows: cases.map { record in
        let best = zip(["throughput", "cost"], frontiers)
          .filter { $0.1.cases.contains(record.index) }.map(\.0)
        return inputs.axes.map { .words(record.at[$0.name] ?? "") } + [
          .count(record.accelerators), .number(record.figures?["interactivity"], 4),
          .number(record.figures?["output.per_gpu"], 4), .seconds(record.figures?["ttft.p50"]),
        ] + (isWithin ? [.share(record.figures?["attainment"])] : []) + [
          .dollars(record.figures?["cost.output"]), .words(best.joined(separator: ", ")),
        ]
      })
  }

  private func chart(_ frontier: SweepFrontier) -> LineChart {
    let records = Dictionary(uniqueKeysWithValues: results.cases.map { ($0.index, $0) })
    func point(_ record: SweepRecord) -> ChartPoint? {
      guard let x = record.figures?[frontier.figures[0]],
        let y = record.figures?[frontier.figures[1]]
      else { return nil }
      return ChartPoint(x, y, name: labels(of: record))
    }
    let best = frontier.cases.compactMap { records[$0].flatMap(point) }
    let rest = results.cases.filter { $0.isEligible && !frontier.cases.contains($0.index) }
    return LineChart(
      "\(frontier.figures[0]) against \(frontier.figures[1])",
      "Every case of the sweep, and the line of those that no other is better than.",
      x: ChartAxis(Self.title(frontier.figures[0])),
      y: ChartAxis(Self.title(frontier.figures[1]), scale: .logarithmic),
      best.isEmpty
        ? []
        : [
          ChartSeries("frontier", best, style: .markedLine),
          ChartSeries("other cases", rest.compactMap(point), style: .points),
        ], reading: .points)
  }

  /// A figure with its unit.
  private static func title(_ path: String) -> String {
    guard let row = RunFigures.row(path) else { return path }
    return row.label + (row.figure.dimension.map { ", \($0.units[0].symbol)" } ?? "")
  }

  // MARK: For other programs

  /// A row for each case, refused ones too.
  package var rows: [[String]]? {
    let axes = inputs.axes.map(\.name)
    let frontiers = results.frontiers.map { Set($0.cases) }
    let header =
      ["case"] + axes + RunFigures.all.map(\.column)
      + results.frontiers.map { "frontier_" + $0.figures.joined(separator: "_") }
      + ["load", "missed", "fingerprint", "refused"]
    return [header]
      + results.cases.map { record in
        ["\(record.index)"] + axes.map { record.at[$0] ?? "" }
          + RunFigures.all.map { CSVText.number($0.columnValue(record.figures?[$0.path])) }
          + frontiers.map { $0.contains(record.index) ? "1" : "0" }
          + [
            record.load ?? "", (record.missed ?? []).joined(separator: "; "),
            record.fingerprint ?? "", record.refused?.first?.message ?? "",
          ]
      }
  }
}
