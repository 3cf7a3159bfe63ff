internal import ModelArchitecture

/// Time in which the accelerator waits although a step is under way: what an engine's kernels cost
/// when they follow each other in a model, beyond what each takes alone.
///
///     gap = (1 + k) · a + b · n + c · L + d · R
///
/// - a [s]: between forward passes: one a step, and one for each of k guesses that are computed
/// - b [s]: for each of n sequences
/// - c [s]: in each of L layers, where captured launches begin and end; those of a draft that has
///   weights of its own count in each of its passes
/// - d [s]: in each of the R layers among them that keep a recurrent state, which run a dozen small
///   kernels - convolution, gates, norms, the state's update - where attention runs a few
///
/// No overlap hides it. Fitted from serving points for each engine and generation of accelerator
/// and host, since neither kernel timings nor host timings show it.
/// Check: a = 0.2 ms, b = 5 us, c = 2 us; 32 sequences, 80 layers: 0.2 + 0.16 + 0.16 = 0.52 ms; d =
/// 10 us with 60 recurrent ones among them: 1.12 ms (`StepGapsTests.workedExample`).
package struct StepGaps: Equatable, Sendable {
  package var secondsPerStep: Double
  package var secondsPerSequence: Double
  package var secondsPerLayer: Double
  package var secondsPerRecurrentLayer: Double

  package init(
    secondsPerStep: Double, secondsPerSequence: Double, secondsPerLayer: Double,
    secondsPerRecurrentLayer: Double = 0
  ) {
    self.secondsPerStep = secondsPerStep
    self.secondsPerSequence = secondsPerSequence
    self.secondsPerLayer = secondsPerLayer
    self.secondsPerRecurrentLayer = secondsPerRecurrentLayer
  }

  package static let none = StepGaps(
    secondsPerStep: 0, secondsPerSequence: 0, secondsPerLayer: 0)

  /// Gaps that are all longer by one factor.
  package func scaled(by factor: Double) -> StepGaps {
    StepGaps(
      secondsPerStep: secondsPerStep * factor, secondsPerSequence: secondsPerSequence * factor,
      secondsPerLayer: secondsPerLayer * factor,
      secondsPerRecurrentLayer: secondsPerRecurrentLayer * factor)
  }

  func femtoseconds(
    layers: Int, recurrentLayers: Int = 0, guesses: Int = 0
  ) -> GapFemtoseconds {
    let passes = secondsPerStep * Double(1 + guesses)
    let within =
      secondsPerLayer * Double(layers) + secondsPerRecurrentLayer * Double(recurrentLayers)
    return GapFemtoseconds(
      step: PartCost.femtoseconds(passes + within),
      sequence: PartCost.femtoseconds(secondsPerSequence))
  }
}

/// The gap of one model's steps: of every step, and for each sequence in it; and what a step takes
/// at least whose kernels are launched one by one (`HostCosts.launch`) [fs].
struct GapFemtoseconds: Equatable, Sendable {
  var step: Int64
  var sequence: Int64
  var launch: Int64 = 0

  static let none = GapFemtoseconds(step: 0, sequence: 0)

  @inline(__always)
  func of(sequences: Int) -> Int64 { step + sequence * Int64(sequences) }
}

extension ReplicaDesign {
  var gap: GapFemtoseconds {
    let passes = speculation?.draftPasses ?? 0
    var groups = architecture.groups
    if case .model(let draft) = speculation?.drafter {
      for _ in 0..<passes { groups += draft.architecture.groups }
    }
    var gap = host.gaps.femtoseconds(
      layers: groups.reduce(0) { $0 + $1.count },
      recurrentLayers: groups.reduce(0) {
        if case .recurrent = $1.mixer { $0 + $1.count } else { $0 }
      },
      guesses: passes)
    gap.launch = host.launch(layers: groups.reduce(0) { $0 + $1.count })
    return gap
  }
}
