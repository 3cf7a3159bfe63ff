internal import Hardware
internal import OperatorCosts
internal import Scenarios
internal import Units

/// What the run of a point that is far off says about where to look, the most telling first.
struct ReasonsToLook {
  let observations: RunObservations
  /// How much faster the measured run was than the predicted one.
  let speedUp: Double
  /// Key paths of efficiencies that nobody has measured on this machine.
  let estimatedKernels: [String]
  let guesses: Bool

  /// Shares below are left unsaid.
  private static let telling = 0.1

  var all: [String] {
    [peak, preemption, waiting, imbalance, kernels, guessing, limits].compactMap { $0 }
  }

  /// The measured run does more than the peaks allow: the point and the model of the work disagree.
  private var peak: String? {
    let needed = [
      (observations.ofPeakBandwidth * speedUp, "memory bandwidth"),
      (observations.ofPeakCompute * speedUp, "arithmetic"),
    ].max { $0.0 < $1.0 }
    guard let needed, needed.0 > 1 else { return nil }
    return "as measured it needs \(NumberText.significant(needed.0, 3)) times the peak "
      + "\(needed.1), so less is done than is counted"
  }

  private var preemption: String? {
    observations.preempted > 0
      ? "\(Self.percent(observations.preempted)) of its requests lost their cache blocks" : nil
  }

  private var waiting: String? {
    observations.waiting > Self.telling
      ? "requests wait \(Self.percent(observations.waiting)) of their time to be admitted" : nil
  }

  private var imbalance: String? {
    let (ranks, experts) = (observations.rankImbalance, observations.expertImbalance)
    guard max(ranks, experts) > Self.telling else { return nil }
    return ranks > experts
      ? "attention ranks wait \(Self.percent(ranks)) of the time for each other"
      : "ranks wait \(Self.percent(experts)) of the time for the fullest expert rank"
  }

  private var kernels: String? {
    estimatedKernels.isEmpty
      ? nil : "kernels nobody has timed there: \(estimatedKernels.joined(separator: ", "))"
  }

  private var guessing: String? {
    guesses ? "how many guessed tokens are right is taken, not measured" : nil
  }

  /// The two largest parts of the time.
  private var limits: String? {
    let parts = zip(RunObservations.Limit.allCases, observations.shares)
      .filter { $0.1 >= Self.telling }.sorted { $0.1 > $1.1 }.prefix(2)
    guard !parts.isEmpty else { return nil }
    return "its time is "
      + parts.map { "\(Self.percent($0.1)) \($0.0.rawValue)" }.joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String {
    "\(NumberText.fixed(share * 100, share < 0.1 ? 1 : 0)) %"
  }
}

extension Deployment {
  /// Kernels of the pool that writes the answers whose efficiencies are weaker than a fit:
  /// `moe.fp4`. Elementwise ones are left out: they are estimated everywhere, and a small part of a
  /// step.
  var estimatedKernels: [String] {
    let prefix = "efficiencies."
    guard let place = machines.firstIndex(of: decoding.hardware) else { return [] }
    let used = Set(
      figures(behind: typicalSteps.filter { $0.pool == pools.count - 1 })
        .filter { $0.origin == .machine(place) && $0.path.hasPrefix(prefix) }.map(\.path))
    return decoding.hardware.provenances
      .filter { used.contains($0.path) && $0.provenance.status > .fitted }
      .map { String($0.path.dropFirst(prefix.count)) }
      .filter { !$0.hasPrefix(OperatorClass.elementwise.rawValue) }
  }
}
