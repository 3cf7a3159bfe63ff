package import ServingSimulation
package import Statistics
package import Workloads

/// Something that a run is asked about: whether a figure is on the wanted side of a bound.
package struct Criterion: Sendable {
  package enum Quantity: Sendable {
    /// Share of the requests that meet every objective.
    case attainment
    /// Share of a latency's values that are at most a limit [ns]: how a quantile is judged. Of all
    /// requests, or of those of one class, by its position in the workload.
    case share(Latency, atMost: Int64, ofClass: Int? = nil)
    /// Mean of a latency [ns].
    case mean(Latency)
    /// Requests a second that are served; of a mix whose lengths have known means, without what
    /// the lengths that came are off by.
    case servedRate(of: MixLengths?)
    /// Tokens a second, in and out, of the requests that are served.
    case tokenRate
    /// Any other figure of a part of a run; nil when it has none.
    case other(@Sendable (RunSummary) -> Double?)
  }

  /// What is to be known of the quantity.
  package enum Aim: Sendable {
    /// Whether it is at least, or at most, a bound; errors up to the tolerance decide nothing.
    case atLeast(Double, tolerance: Double)
    case atMost(Double, tolerance: Double)
    /// A value to within a standard error that is a share of it.
    case value(relativeError: Double)
  }

  package let quantity: Quantity
  package let aim: Aim

  package init(_ quantity: Quantity, _ aim: Aim) {
    self.quantity = quantity
    self.aim = aim
  }

  /// Standard errors between a figure and its bound from which on nobody would be surprised: by
  /// chance a figure is so far off once in some hundred times.
  private static let farEnough = 3.0
  /// So many are enough even if the error is known badly.
  private static let clearlyApart = 10.0
  /// Probability that a normal figure is less than three standard errors off.
  private static let withinFarEnough = 0.9973

  /// Whether a longer run would hardly decide otherwise.
  func isDecided(by part: MomentSeries, _ depth: SteadyQuestion.Depth) -> Bool {
    isDecided(by: part, errors: Self.farEnough, depth)
  }

  /// Whether nobody would, though the part is shorter than the depth asks for, so that its errors
  /// are known less well.
  ///
  /// - Parameter memories: times that the system had forgotten in the part how full it was.
  package func isClear(
    by part: MomentSeries, memories: Double, _ depth: SteadyQuestion.Depth
  ) -> Bool {
    isDecided(by: part, errors: Self.errorsApart(memories: memories, depth), depth)
  }

  /// Standard errors between a figure and its bound that are as surprising as three of a normal
  /// figure, where the error itself is an estimate: those of Student's t with
  ///
  ///     ν = m / 2 - 1
  ///
  /// - m: memories, two of which are worth an independent value (`CorrelationTime`)
  ///
  /// and never more than ten. Three once there are as many memories as the depth asks for.
  /// Source: batch means of few batches, Law, "Simulation Modeling and Analysis", 2015, 9.5.3.
  /// Check: 22 memories are worth ten degrees of freedom, 3.96; eight three, 9.22
  /// (`CriterionTests.whatIsKnownBadlyMustBeFurtherApart`).
  package static func errorsApart(memories: Double, _ depth: SteadyQuestion.Depth) -> Double {
    guard memories < depth.memories else { return farEnough }
    let degrees = Int(memories / 2) - 1
    guard degrees > 0 else { return clearlyApart }
    return min(clearlyApart, StudentT.halfWidth(withinFarEnough, degreesOfFreedom: degrees))
  }

  private func isDecided(
    by part: MomentSeries, errors: Double, _ depth: SteadyQuestion.Depth
  ) -> Bool {
    // What has no value will have none.
    guard let estimate = part.estimate(quantity) else { return true }
    switch aim {
    case .atLeast(let bound, let tolerance), .atMost(let bound, let tolerance):
      let error = standardError(of: estimate, at: bound)
      guard
        error <= tolerance * depth.toleratedShare * Self.farEnough / errors
          || (estimate.value - bound).magnitude > errors * error
      else { return false }
      return estimate.value < bound
        || isHeldStretched(in: part, errors: errors, indifferent: depth.relativeError)
    case .value(let relativeError):
      return estimate.standardError <= relativeError * estimate.value.magnitude
    }
  }

  /// The standard error of an estimate, or what it would be if the bound were the truth, where that
  /// is more.
  ///
  ///     s_b = s · sqrt( b (1 - b) / (p (1 - p)) )
  ///
  /// - s, p: error and value of a share        - b: its bound
  ///
  /// Requests that miss come in bursts. A run that has seen fewer bursts than there will be also
  /// thinks that they vary less, and would be sure too early.
  /// Source: the score interval of Wilson, "Probable inference", 1927.
  /// Check: p = 0.996, s = 0.002, b = 0.99: 0.00315 (`CriterionTests.errorOfAShareAtItsBound`).
  package func standardError(of estimate: BatchEstimate, at bound: Double) -> Double {
    switch quantity {
    case .attainment, .share: break
    case .mean, .servedRate, .tokenRate, .other: return estimate.standardError
    }
    let own = estimate.value * (1 - estimate.value)
    guard own > 0 else { return estimate.standardError }
    return estimate.standardError * max(1, bound * (1 - bound) / own).squareRoot()
  }

  /// Times that a system must have forgotten how full it was before a share of misses is known to
  /// be small, however few there were:
  ///
  ///     k / (1 - b)
  ///
  /// - b: share that must be held      - k: bursts of misses that one of 1 - b would have shown
  ///
  /// Misses come together, when a queue happens to be long. Where all of a burst's requests miss
  /// and it lasts as long as the system remembers, that many memories hold k bursts, and none is
  /// seen once in e^k times.
  /// Source: the rule of three, Hanley and Lippman-Hand, "If nothing goes wrong, is everything all
  /// right?", JAMA 249, 1983.
  /// Check: three bursts of 1 %: 300 (`CriterionTests.fewMissesTakeManyMemories`).
  ///
  /// - Parameter share: of its limit that the worst has reached (`memories(toSee:in:)`).
  package func memories(toSee bursts: Double, reaching share: Double = 1) -> Double {
    switch (quantity, aim) {
    case (.attainment, .atLeast(let bound, _)), (.share, .atLeast(let bound, _)):
      min(Self.mostMemories, bursts / power(max(1 - bound, 0), min(1, share)))
    default: 0
    }
  }

  /// Most memories that are waited for: of a share that leaves nothing to be missed no run says
  /// that it is held.
  private static let mostMemories = 1_000.0

  /// Whether it is missed by far, and will be by more when the system has filled: one that starts
  /// empty has better latencies at first than later.
  ///
  /// - Parameter errors: standard errors that are far.
  func isMissed(by part: MomentSeries, errors: Double) -> Bool {
    guard let estimate = part.estimate(quantity) else { return false }
    switch (quantity, aim) {
    case (.attainment, .atLeast(let bound, let tolerance)),
      (.share, .atLeast(let bound, let tolerance)):
      return bound - estimate.value > max(errors * estimate.standardError, tolerance)
    case (.mean, .atMost(let bound, let tolerance)):
      return estimate.value - bound > max(errors * estimate.standardError, tolerance)
    default: return false
    }
  }
}
