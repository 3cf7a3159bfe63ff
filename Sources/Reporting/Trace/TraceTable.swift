internal import Outcomes
internal import Units

/// A trace as a page of text for a terminal of 100 columns.
struct TraceTable {
  private let report: TraceReport

  init(_ report: TraceReport) { self.report = report }

  func text(_ style: TextStyle) -> String {
    var lines = [style.bold(report.file) + ", \(report.format)", ""]
    lines += figures.map { "  " + $0 }
    lines += ["", style.bold("Lengths")] + lengths(style)
    if !report.results.load.isEmpty { lines += ["", style.bold("Load over time")] + load }
    if let prefixes = report.results.prefixes {
      lines += ["", style.bold("Prompt tokens that a cache would hold")]
      lines += reach(prefixes, style)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var figures: [String] {
    let results = report.results
    var lines = ["\(NumberText.grouped(results.requests)) requests"]
    if let span = results.spanSeconds {
      lines[0] += " in \(NumberText.grouped(Int(span.rounded()))) s"
    }
    if let rate = results.rate { lines[0] += ", \(NumberText.significant(rate, 4)) req/s" }
    if results.leftOutRows > 0 {
      lines[0] += "; \(NumberText.grouped(results.leftOutRows)) rows left out"
    }
    if let variation = results.gapVariation {
      lines.append(
        "gaps between them vary by \(NumberText.significant(variation, 4)) (standard deviation "
          + "over mean; 1 is Poisson)")
    }
    if let fewest = results.fewestInMinute, let most = results.mostInMinute {
      lines.append(
        "\(NumberText.grouped(fewest)) to \(NumberText.grouped(most)) in a minute, at most "
          + "\(NumberText.grouped(results.mostInSecond)) in a second; "
          + "\(NumberText.grouped(results.distinctTimes)) different times")
    }
    return lines
  }

  /// Rows of lengths, with their names.
  var lengthRows: [[String]] {
    let results = report.results
    var rows: [[String]] = []
    func add(_ name: String, _ lengths: TraceReport.Lengths?) {
      guard let lengths else { return }
      rows.append(
        [name]
          + [lengths.mean, lengths.p50, lengths.p90, lengths.p99, lengths.max].map(Self.number))
    }
    add("input tokens", results.input)
    add("output tokens", results.output)
    add("requests of a conversation", results.conversations?.turns)
    add("wait for a turn [s]", results.conversations?.wait)
    return rows
  }

  static let lengthColumns = ["", "mean", "p50", "p90", "p99", "max"]

  private static func number(_ value: Double) -> String {
    value >= 10_000
      ? NumberText.grouped(Int(value.rounded()))
      : NumberText.plain(ReportNumber.rounded(value, digits: 5))
  }

  private func lengths(_ style: TextStyle) -> [String] {
    var table = TextTable([.left, .right])
    table.add(heading: Self.lengthColumns)
    for row in lengthRows { table.add(row) }
    return table.lines(style)
  }

  // MARK: Load

  /// Bars of eighths, of as many parts as there are columns.
  private var load: [String] {
    let load = report.results.load
    let most = max(1, load.max() ?? 1)
    let height = 6
    let signs = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let seconds = (report.results.spanSeconds ?? 0) / Double(load.count)
    let rate = seconds > 0 ? Double(most) / seconds : Double(most)
    var lines = (0..<height).reversed().map { row in
      "  "
        + load.map { count in
          let eighths = Int((Double(count) / Double(most) * Double(8 * height)).rounded(.up))
          return signs[min(8, max(0, eighths - 8 * row))]
        }.joined()
    }
    lines[0] += "  \(NumberText.significant(rate, 3)) req/s"
    lines[height - 1] += "  each column \(NumberText.quantity(seconds, .seconds))"
    return lines
  }

  // MARK: Caches

  static let reachColumns = [
    "blocks of the cache", "tokens", "of blocks", "of tokens", "per request",
  ]

  func reachRows(_ prefixes: TraceReport.Prefixes) -> [[String]] {
    prefixes.hits.map { hit in
      [
        hit.cacheBlocks.map { NumberText.grouped($0) } ?? "without end",
        hit.cacheTokens.map { NumberText.grouped($0) } ?? "",
      ] + [hit.ofBlocks, hit.ofTokens, hit.perRequest].map { NumberText.fixed($0 * 100, 1) + " %" }
    }
  }

  func reachWords(_ prefixes: TraceReport.Prefixes) -> String {
    "\(NumberText.grouped(prefixes.blocks)) blocks of \(prefixes.blockTokens) tokens, "
      + "\(NumberText.grouped(prefixes.uniqueBlocks)) of them different; what was used longest "
      + "ago is evicted"
  }

  private func reach(_ prefixes: TraceReport.Prefixes, _ style: TextStyle) -> [String] {
    var table = TextTable([.right])
    table.add(heading: Self.reachColumns)
    for row in reachRows(prefixes) { table.add(row) }
    return ["  " + reachWords(prefixes)] + table.lines(style)
  }
}
