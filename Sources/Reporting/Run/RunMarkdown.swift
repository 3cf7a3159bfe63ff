internal import Outcomes
internal import Requirements
internal import Units

/// The headline of a run as a table for a pull request.
package struct RunMarkdown {
  private let report: RunReport

  package init(_ report: RunReport) { self.report = report }

  package var text: String {
    let scenario = report.inputs.scenario
    let title = scenario.title.isEmpty ? "" : ": \(MarkdownText.escaped(scenario.title))"
    let blocks =
      ["### `\(scenario.name)`\(title)", MarkdownText.escaped(setting), figures]
      + unknown + [MarkdownText.escaped(basis)]
      + ["Seed \(report.seed), fingerprint `\(report.fingerprint)`."]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var page: RunTable { RunTable(report) }

  /// What ran on what.
  private var setting: String {
    let machines = page.machines.map(\.count).joined(separator: " and ")
    return "\(report.inputs.model.name) on \(machines) with \(report.inputs.engine.name); "
      + "\(page.workload)."
  }

  // MARK: Figures

  private var figures: String {
    let intervals = report.intervals
    let rows = headline.compactMap { name, path in row(name, path, intervals) }
    let columns = ["figure", "value"] + (intervals == nil ? [] : ["80 % interval"])
    return MarkdownText.table(columns, words: 1, rows: rows + troubles)
  }

  private var headline: [(name: String, path: String)] {
    let perAccelerator =
      report.inputs.layout.accelerators > 1
      ? [("output of one \(page.accelerator)", "output.per_gpu")] : []
    return [("output", "output")] + perAccelerator + [
      ("requests", "requests"), ("goodput", "goodput"), ("within all objectives", "attainment"),
      ("time to first token, p50", "ttft.p50"), ("time to first token, p99", "ttft.p99"),
      ("time per output token, p50", "tpot.p50"), ("time per output token, p99", "tpot.p99"),
      ("end to end, p99", "e2e.p99"), ("KV cache, at most", "kv.max"),
      ("output tokens' price", "cost.output"), ("blended price", "cost.blended"),
      ("deployment", "cost.hour"), ("energy", "energy.output"), ("mean power", "power.mean"),
    ]
  }

  /// Nil where there is no value: objectives that were not asked for, or what nobody can know.
  private func row(
    _ name: String, _ path: String, _ intervals: PredictionIntervals?
  ) -> [String]? {
    guard let figure = RunFigures.named(path), let value = report.results.value(of: figure) else {
      return nil
    }
    let isShare = ["attainment", "kv.max"].contains(path)
    let cells = [name, isShare ? ReportWords.percent(value) : figure.words(value)]
    guard let intervals else { return cells }
    let range = Self.range(of: path, in: intervals).map { range in
      let scale = figure.dimension == .seconds ? 1e-3 : 1
      return "\(figure.words(range.low * scale)) to \(figure.words(range.high * scale))"
    }
    return cells + [range ?? ""]
  }

  private static func range(
    of path: String, in intervals: PredictionIntervals
  ) -> PredictionIntervals.Range? {
    switch path {
    case "output": intervals.outputRate
    case "output.per_gpu": intervals.outputRatePerAccelerator
    case "ttft.p50": intervals.medianTimeToFirstToken
    case "tpot.p50": intervals.medianTimePerOutputToken
    case "cost.blended": intervals.blendedPrice
    default: nil
    }
  }

  private var troubles: [[String]] {
    let requests = report.results.requests
    return [
      ("rejected", requests.rejected), ("preempted", requests.preempted), ("lost", requests.lost),
    ].filter { $0.1 > 0 }.map { name, count in
      ["\(name) requests", NumberText.grouped(count)] + (report.intervals == nil ? [] : [""])
    }
  }

  // MARK: Below the table

  private var unknown: [String] {
    let items = report.results.unknown.map { item in
      "- unknown: `\(item.key)`, because \(MarkdownText.escaped(item.reason))"
    }
    return items.isEmpty ? [] : [items.joined(separator: "\n")]
  }

  private var basis: String {
    let weakest = report.provenance.weakestBehind
    let parts = [
      ("performance", Optional(weakest.performance)), ("energy", weakest.energy),
      ("cost", weakest.cost),
    ].compactMap { name, status in status.map { "\(name) \($0)" } }
    return "The weakest figures behind it: \(parts.joined(separator: ", "))."
  }
}
