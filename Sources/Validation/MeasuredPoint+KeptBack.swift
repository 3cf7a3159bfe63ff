internal import OperatorCosts
internal import Statistics

extension MeasuredPoint {
  /// What a fit makes of a point.
  package enum Use: String, CaseIterable, Sendable {
    case fitted = "fitted to"
    /// Like those that are fitted, and none of them: what a fit is worth shows here.
    case keptBack = "kept back"
    /// Loads and engines that nothing is fitted to.
    case unfitted = "no fit is made of them"
  }

  package var use: Use {
    guard load == .closed, !isOfOldEngine else { return .unfitted }
    return isKeptBack ? .keptBack : .fitted
  }

  /// One in so many curves is kept back.
  private static let keptBackOneIn: UInt64 = 4

  /// Whether engines are fitted without it: a quarter of the curves of every campaign. A curve is a
  /// configuration with its lengths at all its loads, so that no neighbour of a point that is kept
  /// back is fitted.
  ///
  /// The choice is a hash of what was run, the same in every release and whatever else is in the
  /// file. Check: about one in four of the points that come with the program
  /// (`PointsFileTests.aQuarterIsKeptBack`).
  package var isKeptBack: Bool {
    var hash = ByteHash()
    let layouts = workers.map { group in
      "\(group.count) " + group.layout.used.map { "\($0.dimension.rawValue)\($0.size)" }.joined()
    }
    let words =
      [family, hardware, model, weights, engine, mode.rawValue, speculative]
      + layouts + ["\(inputTokens) \(outputTokens)"]
    hash.add(words.joined(separator: "|").utf8)
    return hash.value % Self.keptBackOneIn == 0
  }

  /// Whether engines are fitted to it.
  var isFitted: Bool { use == .fitted }
}
