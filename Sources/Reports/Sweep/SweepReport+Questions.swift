internal import Documents
internal import Planning
internal import Rendering
internal import Results
internal import Units

// What a question takes, case by case.
extension SweepReport {
  /// Nil where no case has questions.
  var questionTable: Table? {
    let cases = results.cases.filter { $0.figures?["question.calls"] != nil }
    guard !cases.isEmpty else { return nil }
    let best = results.frontiers.filter { $0.figures[0] == "question.accuracy" }
    let knowsAccuracy = !best.isEmpty
    let shown = Set(best.flatMap(\.cases))
    let rows = cases.map { record -> [Cell] in
      func value(_ name: String) -> Double? { record.figures?["question.\(name)"] }
      let taken: [Cell] = [
        .number(value("calls"), 3), .number(value("output"), 3),
        .number(value("flops").map { $0 / 1e15 }, 3), .dollars(value("cost")),
        .seconds(value("latency")), .number(value("energy").map { $0 / 1e3 }, 3),
        .quantity(value("cache"), .bytes, 3),
      ]
      let right: [Cell] = [
        .words(value("accuracy").map { Words.percent($0) } ?? ""), .dollars(value("correct")),
        .words(shown.contains(record.index) ? "yes" : ""),
      ]
      return inputs.axes.map { .words(record.at[$0.name] ?? "") } + taken
        + (knowsAccuracy ? right : [])
    }
    return Table(
      "A question",
      axisNames + [
        "calls", "tokens written", "PFLOPs", "USD", "to its answer", "kJ", "cache held",
      ] + (knowsAccuracy ? ["right", "USD a right one", "frontier"] : []),
      rows: rows)
  }
}
