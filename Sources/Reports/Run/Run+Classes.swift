internal import Documents
internal import Rendering
internal import Results

// What each kind of request got, where a workload has several.
extension RunFindings {
  var classes: Section {
    Section("Classes") {
      if let classes = results.classes { Part.table(Self.table(of: classes)) }
    }
  }

  private static func table(of classes: [ClassResults]) -> Table {
    let isOrdered = classes.contains { $0.priority != nil }
    let isJudged = classes.contains { $0.attainment != nil }
    let mayGo = classes.contains { $0.abandoned != nil }
    let heads: [(String, Bool)] = [
      ("", true), ("priority", isOrdered), ("served", true), ("first token, p50", true),
      ("p99", true), ("per token, p50", true), ("end to end, p50", true), ("p99", true),
      ("gone", mayGo), ("within objectives", isJudged),
    ]
    func seconds(_ milliseconds: Double?) -> Cell { milliseconds.map { .seconds($0 / 1e3) } ?? "" }
    let rows = classes.map { item -> [Cell] in
      let cells: [Cell] = [
        .words(item.name), .words(item.priority.map { "\($0)" } ?? ""), .count(item.completed),
        seconds(item.timeToFirstToken?.p50), seconds(item.timeToFirstToken?.p99),
        seconds(item.timePerOutputToken?.p50), seconds(item.endToEnd?.p50),
        seconds(item.endToEnd?.p99),
        .words(
          item.abandoned.map { gone in
            item.ended > 0 ? Words.percent(Double(gone) / Double(item.ended)) : "none came"
          } ?? ""),
        .words(item.attainment.map(Words.percent) ?? ""),
      ]
      return zip(cells, heads).filter { $0.1.1 }.map(\.0)
    }
    return Table("Classes", heads.filter(\.1).map(\.0), rows: rows)
  }
}
