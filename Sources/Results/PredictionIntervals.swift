/// Intervals that hold what the headline figures would be measured, eight times in ten, as the
/// points that the program is validated on have it.
package struct PredictionIntervals: Encodable, Equatable, Sendable {
  package struct Range: Encodable, Equatable, Sendable {
    package var low: Double
    package var high: Double

    package init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }

    func scaled(by factor: Double) -> Range { Range(low: low * factor, high: high * factor) }
  }

  package var level: Double
  /// `calibrated`, or `transferred` from other machines.
  package var basis: String
  package var outputRate: Range?
  package var outputRatePerAccelerator: Range?
  /// Milliseconds, as all latencies of a document.
  package var meanTimeToFirstToken: Range?
  package var medianTimeToFirstToken: Range?
  package var medianTimePerOutputToken: Range?
  /// Dollars per million tokens, all together.
  package var blendedPrice: Range?

  package init(level: Double, basis: String) {
    self.level = level
    self.basis = basis
  }
}
