/// What the charts of a run are drawn from and its document has no room for.
package struct RunCharts: Equatable, Sendable {
  /// A latency that a share of the requests stays within.
  package struct Quantile: Equatable, Sendable {
    package var share: Double
    package var seconds: Double
  }

  package struct Distribution: Equatable, Sendable {
    package var name: String
    package var quantiles: [Quantile]
  }

  /// What something was like in a short while of the run, whose middle is given.
  package struct Moment: Equatable, Sendable {
    package var seconds: Double
    package var mean: Double
    package var maximum: Double
  }

  /// A pool over time; its maxima are those of the fullest replica.
  package struct Pool: Equatable, Sendable {
    package var name: String
    package var batch: [Moment]
    /// Share of the cache blocks.
    package var occupancy: [Moment]
    /// Share of the replicas that are in a step.
    package var busy: [Moment]
  }

  /// What the machine does in decode steps alone, with a number of sequences in each replica.
  package struct DecodePoint: Equatable, Sendable {
    package var sequences: Int
    package var tokensPerSecondForOne: Double
    package var tokensPerSecondPerAccelerator: Double
  }

  package var latencies: [Distribution]
  package var queue: [Moment]
  package var pools: [Pool]
  /// Time to which charts are drawn [s]: the end of all of the run, though a part of it may be what
  /// is judged.
  package var endSeconds: Double
  /// Tokens of context that each sequence has in the decode points.
  package var decodeContext: Int
  package var decodePoints: [DecodePoint]
}
