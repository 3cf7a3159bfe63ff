internal import Units

/// How much worse than before figures may be, as shares of the values before.
package struct Tolerances: Hashable, Sendable {
  /// A share for the figures of a name.
  package struct Exception: Hashable, Sendable {
    /// A figure, `ttft.p99`, or some that have this in their names, `ttft`.
    package let name: String
    package let share: Double

    package init(_ name: String, _ share: Double) {
      self.name = name
      self.share = share
    }

    /// `ttft 5 %`
    package var words: String { "\(name) \(Tolerances.percent(share))" }

    /// Whether a figure's path has the words of the tolerance, whole: `tpot` is none of
    /// `tpot_worst.p99`, and is in `H200-SXM.tpot.mean`.
    package func covers(_ path: String) -> Bool { ".\(path).".contains(".\(name).") }
  }

  /// What is tolerated of the figures without a word of their own.
  package let common: Double
  package let exceptions: [Exception]

  package init(_ common: Double, exceptions: [Exception] = []) {
    self.common = common
    self.exceptions = exceptions
  }

  /// The longest name decides, as the one that says most; of two as long, the one given last.
  package func share(of figure: Figure) -> Double {
    var found: Exception?
    for exception in exceptions where exception.covers(figure.path) {
      if exception.name.count >= found?.name.count ?? 0 { found = exception }
    }
    return found?.share ?? common
  }

  /// `1 %`, or `1 %, ttft 5 %`
  package var words: String {
    ([Self.percent(common)] + exceptions.map(\.words)).joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String {
    "\(NumberText.plain((share * 1e9).rounded() / 1e7)) %"
  }
}
