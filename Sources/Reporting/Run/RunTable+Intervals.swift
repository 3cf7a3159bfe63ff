internal import Outcomes
internal import Units

extension RunTable {
  /// What would be measured, eight times in ten.
  func intervals(_ style: TextStyle) -> [String] {
    guard let intervals = report.intervals else { return [] }
    var table = TextTable([.left, .right, .right, .left])
    func row(_ name: String, _ range: PredictionIntervals.Range?, _ unit: String) {
      guard let range else { return }
      let inSeconds = unit == "ms" && range.high >= 10_000
      let scale = inSeconds ? 1e-3 : 1
      table.add([
        name, NumberText.significant(range.low * scale, 3),
        "to " + NumberText.significant(range.high * scale, 3), inSeconds ? "s" : unit,
      ])
    }
    row("output", intervals.outputRate, "tok/s")
    row("time to first token, mean", intervals.meanTimeToFirstToken, "ms")
    row("time per output token, p50", intervals.medianTimePerOutputToken, "ms")
    row("blended price", intervals.blendedPrice, "USD per million tokens")
    let lines = table.lines(style)
    return lines.isEmpty ? [] : lines + ["  " + style.faint(basisWords(intervals.basis))]
  }

  private func basisWords(_ basis: String) -> String {
    basis == "calibrated"
      ? "as measured points of this kind lie about their predictions: `windtunnel validate`"
      : "as predictions for machines left out of every fit have been off: `windtunnel validate`"
  }
}
