internal import Outcomes
package import Requirements
internal import Results
internal import Scenarios
internal import ServingSimulation
internal import Units

/// How sure a verdict is, and between what the figures lie that it is about.
///
/// The ends are runs of the same deployment as slow and as fast as eight in ten predictions are
/// off (`Strain`), so that the figures of a queue are those of a queue: requests near the capacity
/// wait many times as long when steps take a tenth longer.
package struct Assurance: Sendable {
  /// A figure at either end; nil where it grows with the length of the run, or nobody knows it.
  package struct Range: Sendable {
    package var figure: Figure
    package var low: Double?
    package var high: Double?
  }

  package var certainty: Certainty
  package var ranges: [Range]
  /// Accelerators of the same layout that hold the level if everything is as fast, or as slow, as
  /// eight in ten predictions are off; both nil where no search can say, and `most` alone where no
  /// number of them holds it then.
  package var fewest: Int?
  package var most: Int?
  /// What `fewest` and `most` accelerators cost, as multiples of what the found deployment costs.
  package var costFactors: (low: Double, high: Double?)?

  static let unknown = Assurance(certainty: .unknown, ranges: [])

  private init(certainty: Certainty, ranges: [Range]) {
    self.certainty = certainty
    self.ranges = ranges
  }

  /// A run at one end of what a prediction may be off by.
  struct End {
    var strain: Strain
    var trial: Trial
    var level: ServiceLevel

    init(_ strain: Strain, _ trial: Trial, _ level: ServiceLevel) {
      self.strain = strain
      self.trial = trial
      self.level = level
    }

    var holds: Bool { holds(level) }

    func holds(_ level: ServiceLevel) -> Bool {
      strain.strained(level, of: trial.deployment).shortfalls(of: trial).isEmpty
    }

    /// In the units of the machine that is slower or faster, not of the run that stands for it.
    func value(of figure: Figure) -> Double? {
      guard trial.outcome.load.isSustained != false else { return nil }
      return trial.results.value(of: figure).map {
        strain.observed($0, of: figure, on: trial.deployment)
      }
    }
  }

  init(predicted: Trial, slow: End?, fast: End?, holding level: ServiceLevel) {
    guard let slow, let fast else {
      self = .unknown
      return
    }
    certainty =
      switch (slow.holds, fast.holds) {
      case (true, true): .yes
      case (false, false): .no
      default: .marginal
      }
    ranges = level.judgedFigures(of: predicted).map { figure in
      let central = predicted.results.value(of: figure)
      let ends = [slow.value(of: figure), fast.value(of: figure)]
      guard let central, let first = ends[0], let second = ends[1] else {
        // What has no end on the slow side has one on the other.
        let known = [central, ends[1]].compactMap { $0 }
        return figure.prefers == .less
          ? Range(figure: figure, low: known.min(), high: nil)
          : Range(figure: figure, low: nil, high: known.max())
      }
      return Range(
        figure: figure, low: min(central, first, second), high: max(central, first, second))
    }
  }
}

/// How sure a verdict is, with predictions as far off as eight in ten are.
package enum Certainty: String, Codable, CaseIterable, Sendable {
  /// It holds at either end.
  case yes
  /// The limit lies within what the figures may be.
  case marginal
  /// It holds at neither end.
  case no
  /// Nothing alike was ever measured.
  case unknown
}

extension ServiceLevel {
  /// The figures that a verdict rests on: the share that meets the objectives, the slowest
  /// hundredth of what they limit, and what is required.
  func judgedFigures(of trial: Trial) -> [Figure] {
    let limits = attainment == nil ? [] : trial.deployment.scenario.objectives.limits
    let paths =
      (attainment == nil ? [] : ["attainment"]) + limits.map { "\($0.latency.figureName).p99" }
    let judged = paths.compactMap { RunFigures.named($0) }
    let required = requirements.map(\.figure).filter { figure in
      Strain.scales(figure) && !judged.contains { $0.path == figure.path }
    }
    return judged + required
  }
}
