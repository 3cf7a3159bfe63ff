internal import ModelArchitecture

/// Time in which the accelerator computes nothing although a step is under way, and collectives that are
/// not the fastest there are: what an engine's kernels cost when they run one after the other in a
/// model, beyond what each takes alone.
///
///     gap = a + b · n + c · L        extra of an all-reduce = o · (p - 1) · m / β,  m <= M
///
/// - a [s]: between steps     - b [s]: for each of n sequences     - c [s]: in each of L layers, where
///   captured launches begin and end
/// - o: share of a one-shot exchange, in which each of p ranks reads the messages m [B] of all others
///   over its link β [B/s]; the profiles' curves are those of the fastest kernel at each size
/// - M [B]: the largest message that goes this way
///
/// Fitted from serving points for each engine and generation of accelerator and host.
package struct StepGaps: Equatable, Sendable {
  package var secondsPerStep: Double
  package var secondsPerSequence: Double
  package var secondsPerLayer: Double
  package var oneShotShare: Double

  /// Larger messages take the fastest kernel.
  static let largestOneShotBytes = 2.0 * 1_024 * 1_024

  package init(
    secondsPerStep: Double, secondsPerSequence: Double, secondsPerLayer: Double,
    oneShotShare: Double
  ) {
    self.secondsPerStep = secondsPerStep
    self.secondsPerSequence = secondsPerSequence
    self.secondsPerLayer = secondsPerLayer
    self.oneShotShare = oneShotShare
  }

  package static let none = StepGaps(
    secondsPerStep: 0, secondsPerSequence: 0, secondsPerLayer: 0, oneShotShare: 0)

  /// Of a step [fs].
  func femtoseconds(layers: Int) -> (step: Int64, sequence: Int64) {
    (
      PartCost.femtoseconds(secondsPerStep + secondsPerLayer * Double(layers)),
      PartCost.femtoseconds(secondsPerSequence)
    )
  }
}

extension ReplicaDesign {
  /// What every step and each sequence in it wait [fs].
  var gapFemtoseconds: (step: Int64, sequence: Int64) {
    host.gaps.femtoseconds(layers: architecture.groups.reduce(0) { $0 + $1.count })
  }
}
