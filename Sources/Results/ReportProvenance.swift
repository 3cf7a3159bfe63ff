/// The figures behind a result and how sure each of them is.
package struct ReportProvenance: Encodable, Equatable, Sendable {
  package enum Behind: String, Encodable, CaseIterable, Sendable {
    case performance, energy, cost
  }

  package struct Entry: Encodable, Equatable, Sendable {
    /// `hardware` (with its name where there are several), `engine` or `power model`, and the key
    /// path there.
    package var from: String
    package var path: String
    package var value: String?
    package var status: String
    package var source: String
    /// Which part of the results rests on it.
    package var behind: Behind

    package init(
      from: String, path: String, value: String?, status: String, source: String, behind: Behind
    ) {
      self.from = from
      self.path = path
      self.value = value
      self.status = status
      self.source = source
      self.behind = behind
    }
  }

  package struct Weakest: Encodable, Equatable, Sendable {
    package var performance: String
    package var energy: String?
    package var cost: String?

    package init(performance: String, energy: String?, cost: String?) {
      self.performance = performance
      self.energy = energy
      self.cost = cost
    }
  }

  /// The weakest status of all figures below.
  package var weakest: String
  package var weakestBehind: Weakest
  package var figures: [Entry]

  package init(weakest: String, weakestBehind: Weakest, figures: [Entry]) {
    self.weakest = weakest
    self.weakestBehind = weakestBehind
    self.figures = figures
  }
}
