internal import Statistics

extension Spread {
  /// The spread of a product of independent figures:
  ///
  ///     ln f = ± sqrt( sum over figures of (ln f_i)² )      low and high apart
  ///
  /// - f_i: factor of one figure between whose ends eight in ten of its values lie
  ///
  /// Exact when the logarithms are normal; ranges that are no 80 % intervals, as of a price, are
  /// taken as if they were.
  /// Check: 0.8 to 1.25 twice: 0.729 to 1.371 (`SpreadTests.independentSpreadsAddInSquares`).
  package static func product(_ spreads: [Spread]) -> Spread {
    func joined(_ end: (Spread) -> Double) -> Double {
      spreads.reduce(0) { sum, spread in
        let part = logarithm(end(spread))
        return sum + part * part
      }.squareRoot()
    }
    return Spread(
      low: naturalExponential(-joined(\.low)), high: naturalExponential(joined(\.high)))
  }

  /// The spread of one divided by the figure.
  package var inverse: Spread { Spread(low: 1 / high, high: 1 / low) }
}
