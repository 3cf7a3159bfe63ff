/// One step as a row an operator. The times add up to the step's: what the engine does not hide and
/// what two batches hide of each other have rows of their own.
package struct ExplainCSV {
  private let report: ExplainReport

  package init(_ report: ExplainReport) { self.report = report }

  package var text: String {
    let results = report.results
    var text = CSVText.line([
      "operator", "layers", "time_ms", "share", "flops", "bytes", "of_peak", "bound_by",
    ])
    for item in results.operators {
      text += CSVText.line([
        item.name, "\(item.layers)", CSVText.number(item.milliseconds),
        CSVText.number(item.share), CSVText.number(item.flops), CSVText.number(item.bytes),
        CSVText.number(item.ofPeak), item.boundBy,
      ])
    }
    func row(_ name: String, _ milliseconds: Double, _ bound: String) {
      let share = results.stepMilliseconds > 0 ? milliseconds / results.stepMilliseconds : 0
      text += CSVText.line([
        name, "", CSVText.number(milliseconds), CSVText.number(share), "", "", "", bound,
      ])
    }
    if let overlapped = results.overlappedMilliseconds { row("overlap", -overlapped, "") }
    row("engine", results.hostMilliseconds, "host")
    return text
  }
}
