package import Hardware
package import OperatorCosts

/// A figure with the range that it is known to.
package struct Ranged: Equatable, Sendable {
  /// The value, in the unit of what it is said of.
  package var value: Double
  /// Least value that is thought possible; the value itself where no range is known.
  package var low: Double
  /// Largest value that is thought possible; the value itself where no range is known.
  package var high: Double

  package init(_ value: Double, low: Double? = nil, high: Double? = nil) {
    self.value = value
    self.low = low ?? value
    self.high = high ?? value
  }

  package var spread: Spread { Spread(low: low / value, high: high / value) }
}

/// What training a model took, as far as it is known.
package struct TrainingPlan: Sendable {
  package var model: String
  package var work: TokenWork
  package var hardware: HardwareProfile
  /// The peak that utilisation is a share of [FLOP/s].
  package var peakFLOPsPerSecond: Double
  package var arithmetic: Arithmetic
  package var dollarsPerHour: Ranged?
  package var priceSource: String
  /// Whether the price is the projection's own and not the machine's.
  package var statesPrice = false
  /// Utilisation where a run has none of its own; nil when hours are stated.
  package var utilization: Ranged?
  package var countsAttention: Bool
  package var runs: [TrainingRun]
  /// Share of the hours that restarts and failures take.
  package var lostTime: Double
  /// What runs that failed took, as a share of what the listed ones did.
  package var failedRuns: Double
  /// What experiments and smaller models on the way took, as a share of listed and failed runs.
  package var experiments: Double
  package var published: PublishedTraining?
}

/// A part of training.
package struct TrainingRun: Equatable, Sendable {
  package var name: String
  package var tokens: Double?
  /// How often the tokens are read; what is new about them is in `RepeatedData`.
  package var epochs: Double
  package var sequenceTokens: Int
  package var hours: Double?
  package var utilization: Ranged?
  /// Reinforcement learning writes answers before it learns from them.
  package var rollouts: Rollouts?
}

/// Answers that training writes: inference work, at inference's speed.
package enum Rollouts: Equatable, Sendable {
  /// Stated tokens: the hours follow.
  case tokens(TokenMix)
  /// Share of the run's stated hours: the tokens follow.
  case shareOfHours(Double)
}

/// What the developers say it took.
package struct PublishedTraining: Equatable, Sendable {
  package var hours: Double?
  package var dollars: Double?
  package var source: String
}
