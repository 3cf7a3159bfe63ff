package import Diagnostics
internal import OperatorCosts

/// A file of measured points, in the columns of `PointColumns` and any others.
///
///     let file = try PointsFile(CSVTable.read("mine.csv"))
///     file.points[0].measured[.medianTimePerOutputToken]     // 13.5778
///
/// A model, machine or engine that the program does not know is no problem of the file: such a
/// point is refused when it is simulated.
package struct PointsFile: Equatable, Sendable {
  package let name: String
  /// Names of every column, extra ones included, in the order of `MeasuredPoint.cells`.
  package let header: [String]
  package let points: [MeasuredPoint]

  /// Whether a table is meant to be one: no table of kernels has both.
  package static func isServing(_ table: CSVTable) -> Bool {
    table.header.contains("engine") && table.header.contains("isl")
  }

  /// - Throws: `InvalidInput` with everything that is wrong with the file.
  package init(_ table: CSVTable) throws {
    let reader = PointReader(csv: try CSVReader(table, needing: PointColumns.names))
    name = table.file
    header = table.header
    points = reader.csv.rows.map(reader.point)
    reader.checkNames()
    try reader.csv.check()
  }
}

/// Reads the rows; what is wrong with them is collected by the `CSVReader`.
private struct PointReader {
  let csv: CSVReader

  func point(_ row: CSVTable.Row) -> MeasuredPoint {
    let mode = word("mode", row, MeasuredPoint.Mode.allCases)
    let load = word("load", row, MeasuredPoint.Load.allCases)
    var point = MeasuredPoint(
      id: text("id", row), line: row.line, cells: csv.cells(row), family: text("family", row),
      date: text("date", row), hardware: text("hardware", row), model: text("model", row),
      weights: text("weights", row), keyValueCache: text("kv", row), engine: text("engine", row),
      engineVersion: text("engine_version", row), mode: mode,
      workers: workers(row, mode), inputTokens: 1, outputTokens: 1,
      lengths: word("lengths", row, MeasuredPoint.Lengths.allCases), load: load,
      concurrency: count("concurrency", row, PointColumns.clients), rate: rate(row),
      requests: count("requests", row, PointColumns.requests),
      speculative: text("speculative", row), grade: text("grade", row), measured: [:])
    if let tokens = count("isl", row, PointColumns.tokens) { point.inputTokens = tokens }
    if let tokens = count("osl", row, PointColumns.tokens) { point.outputTokens = tokens }
    for metric in Metric.allCases where !isEmpty(metric.rawValue, row) {
      point.measured[metric] = csv.number(metric.rawValue, row, .upTo(1e12))
    }
    readSettings(of: &point, row)
    point.unknown = Self.needed(mode, load).filter { isEmpty($0, row) }
    if let stated = count("gpus", row, PointColumns.accelerators),
      point.unknown.isEmpty, stated != point.accelerators, hasSoundLayout(row)
    {
      csv.report(
        "layout", "`gpus` must be those of the layout, \(point.accelerators): \(stated)", "gpus",
        row, notes: ["a worker has tp x pp x attention_dp of them"],
        hint: "write \(point.accelerators), or leave `gpus` empty")
    }
    return point
  }

  /// Whether no part of the layout has been reported already.
  private func hasSoundLayout(_ row: CSVTable.Row) -> Bool {
    (["gpus"] + PointColumns.layout).allSatisfy { name in
      isEmpty(name, row)
        || Int(text(name, row)).map { PointColumns.accelerators.contains($0) } ?? false
    }
  }

  /// Columns without which a point cannot be simulated; others have a default.
  private static func needed(_ mode: MeasuredPoint.Mode, _ load: MeasuredPoint.Load) -> [String] {
    let layout =
      mode == .aggregated
      ? ["tp"] : ["prefill_workers", "prefill_tp", "decode_workers", "decode_tp"]
    let traffic: [String] =
      switch load {
      case .closed: ["concurrency"]
      case .open: ["rate", "requests"]
      case .offline: ["requests"]
      }
    return ["hardware", "model", "weights", "engine"] + layout + ["isl", "osl"] + traffic
  }

  private func workers(_ row: CSVTable.Row, _ mode: MeasuredPoint.Mode) -> [MeasuredPoint.Workers] {
    func group(_ prefix: String) -> MeasuredPoint.Workers {
      func ranks(_ name: String) -> Int { count(prefix + name, row, PointColumns.ranks) ?? 1 }
      return MeasuredPoint.Workers(
        count: prefix.isEmpty ? 1 : count(prefix + "workers", row, PointColumns.workers) ?? 1,
        layout: ParallelLayout(
          tensor: ranks("tp"), attentionData: ranks("attention_dp"),
          pipeline: prefix.isEmpty ? ranks("pp") : 1, expert: ranks("ep")))
    }
    return mode == .aggregated ? [group("")] : [group("prefill_"), group("decode_")]
  }

  /// Reads columns that a file need not have.
  private func readSettings(of point: inout MeasuredPoint, _ row: CSVTable.Row) {
    point.isEvenlySpaced = text("arrivals", row).lowercased().hasPrefix("constant")
    point.promptVariants = variants(row)
    point.maximumSequences = count("max_num_seqs", row, PointColumns.clients)
    point.tokenBudget = count("max_num_batched_tokens", row, PointColumns.tokens)
    if !isEmpty("memory_fraction", row) {
      point.memoryFraction = csv.number("memory_fraction", row, .within(0.05...1))
    }
  }

  /// The number before the word `variants`, whatever else is said there for readers.
  private func variants(_ row: CSVTable.Row) -> Int? {
    let words = text("prefix", row).split { " ,;".contains($0) }
    guard let place = words.firstIndex(of: "variants"), place > 0 else { return nil }
    let number = Int(words[place - 1].drop { $0 == "~" })
    return number.flatMap { PointColumns.requests.contains($0) ? $0 : nil }
  }

  private func rate(_ row: CSVTable.Row) -> Double? {
    guard !isEmpty("rate", row) else { return nil }
    if ["INF", "inf"].contains(text("rate", row)) { return .infinity }
    return csv.number("rate", row, .within(1e-6...1e6))
  }

  func checkNames() {
    var lines: [String: Int] = [:]
    for row in csv.rows {
      let id = text("id", row)
      if id.isEmpty {
        csv.report(
          "nameless-point", "`id` must not be empty", "id", row,
          hint: "name it for example `mine-\(row.line)`")
      } else if let first = lines[id] {
        csv.report(
          "duplicate-id", "two points have the same id: \(id)", "id", row,
          notes: ["the first one is on line \(first)"], hint: "name this one `\(id)-2`")
      } else {
        lines[id] = row.line
      }
    }
  }

  // MARK: Cells

  private func text(_ name: String, _ row: CSVTable.Row) -> String { csv.text(name, row) ?? "" }

  private func isEmpty(_ name: String, _ row: CSVTable.Row) -> Bool { text(name, row).isEmpty }

  private func count(_ name: String, _ row: CSVTable.Row, _ range: ClosedRange<Int>) -> Int? {
    isEmpty(name, row) ? nil : csv.integer(name, row, in: range)
  }

  private func word<Word: RawRepresentable<String>>(
    _ name: String, _ row: CSVTable.Row, _ all: [Word]
  ) -> Word {
    csv.choice(name, row, all.map { ($0.rawValue, $0) })
  }
}
