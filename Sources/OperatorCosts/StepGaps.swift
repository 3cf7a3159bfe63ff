internal import ModelArchitecture

/// Time in which the accelerator waits although a step is under way: what an engine's kernels cost
/// when they follow each other in a model, beyond what each takes alone.
///
///     gap = (1 + k) · a + b · n + c · L
///
/// - a [s]: between forward passes: one a step, and one for each of k guesses that the model's own
///   next-token layers make
/// - b [s]: for each of n sequences
/// - c [s]: in each of L layers, where captured launches begin and end
///
/// No overlap hides it. Fitted from serving points for each engine and generation of accelerator
/// and host, since neither kernel timings nor host timings show it.
/// Check: a = 0.2 ms, b = 5 us, c = 2 us; 32 sequences, 80 layers: 0.2 + 0.16 + 0.16 = 0.52 ms
/// (`StepGapsTests.workedExample`).
package struct StepGaps: Equatable, Sendable {
  package var secondsPerStep: Double
  package var secondsPerSequence: Double
  package var secondsPerLayer: Double

  package init(secondsPerStep: Double, secondsPerSequence: Double, secondsPerLayer: Double) {
    self.secondsPerStep = secondsPerStep
    self.secondsPerSequence = secondsPerSequence
    self.secondsPerLayer = secondsPerLayer
  }

  package static let none = StepGaps(
    secondsPerStep: 0, secondsPerSequence: 0, secondsPerLayer: 0)

  /// Gaps that are all longer by one factor.
  package func scaled(by factor: Double) -> StepGaps {
    StepGaps(
      secondsPerStep: secondsPerStep * factor, secondsPerSequence: secondsPerSequence * factor,
      secondsPerLayer: secondsPerLayer * factor)
  }

  func femtoseconds(layers: Int, guesses: Int = 0) -> GapFemtoseconds {
    let passes = secondsPerStep * Double(1 + guesses)
    return GapFemtoseconds(
      step: PartCost.femtoseconds(passes + secondsPerLayer * Double(layers)),
      sequence: PartCost.femtoseconds(secondsPerSequence))
  }
}

/// The gap of one model's steps: of every step, and for each sequence in it [fs].
struct GapFemtoseconds: Equatable, Sendable {
  var step: Int64
  var sequence: Int64

  static let none = GapFemtoseconds(step: 0, sequence: 0)

  @inline(__always)
  func of(sequences: Int) -> Int64 { step + sequence * Int64(sequences) }
}

extension ReplicaDesign {
  var gap: GapFemtoseconds {
    host.gaps.femtoseconds(
      layers: architecture.groups.reduce(0) { $0 + $1.count },
      guesses: speculation?.drafter == .nextTokenLayers ? speculation?.acceptance.count ?? 0 : 0)
  }
}
