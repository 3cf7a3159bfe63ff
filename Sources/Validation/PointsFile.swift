internal import Diagnostics

/// Reads measured points from CSV.
package enum PointsFile {
  package static func read(_ text: String, file: String) throws -> [MeasuredPoint] {
    var rows: [[String]] = []
    for line in text.split(whereSeparator: \.isNewline) {
      rows.append(cells(line))
    }
    let header = rows[0]
    var column: [String: Int] = [:]
    for (i, h) in header.enumerated() { column[h] = i }
    return rows.dropFirst().enumerated().map { n, r in
      func cell(_ k: String) -> String { column[k].map { $0 < r.count ? r[$0] : "" } ?? "" }
      func int(_ k: String) -> Int? { Int(cell(k)) }
      let mode = MeasuredPoint.Mode(rawValue: cell("mode"))!
      func workers(_ p: String) -> MeasuredPoint.Workers {
        .init(
          count: int(p + "workers") ?? 1, tensor: int(p + "tp") ?? 1, pipeline: p.isEmpty ? int("pp") ?? 1 : 1,
          expert: int(p + "ep") ?? 1, attentionData: int(p + "attention_dp") ?? 1)
      }
      var measured: [Metric: Double] = [:]
      for m in Metric.allCases { measured[m] = Double(cell(m.rawValue)) }
      return MeasuredPoint(
        id: cell("id"), line: n + 2, cells: r, family: cell("family"), date: cell("date"),
        hardware: cell("hardware"), model: cell("model"), weights: cell("weights"),
        keyValueCache: cell("kv"), engine: cell("engine"), engineVersion: cell("engine_version"),
        mode: mode, workers: mode == .aggregated ? [workers("")] : [workers("prefill_"), workers("decode_")],
        inputTokens: int("isl") ?? 1, outputTokens: int("osl") ?? 1,
        lengths: .init(rawValue: cell("lengths")) ?? .fixed, load: .init(rawValue: cell("load")) ?? .closed,
        concurrency: int("concurrency"), rate: Double(cell("rate").lowercased()), requests: int("requests"),
        speculative: cell("speculative"), grade: cell("grade"), measured: measured)
    }
  }

  private static func cells(_ line: Substring) -> [String] {
    var out: [String] = []
    var cur = ""
    var quoted = false
    for c in line {
      if c == "\"" { quoted.toggle() } else if c == ",", !quoted { out.append(cur); cur = "" } else { cur.append(c) }
    }
    out.append(cur)
    return out
  }
}
