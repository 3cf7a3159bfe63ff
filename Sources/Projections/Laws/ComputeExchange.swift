internal import Statistics
internal import Units

/// Compute at the time of the answer instead of compute in training.
package enum ComputeExchange {
  /// How many times as much inference a small model may spend for the FLOPs of a larger one,
  /// equally trained:
  ///
  ///     k = M + 3 (M - 1) / R      R = T / D
  ///
  /// - M: how much larger the other model is     - T: tokens served over the life
  /// - D: training tokens of each
  ///
  /// The larger one trains for 6 M N D and serves for 2 M N T; the small one for 6 N D and 2 N k T.
  /// With much serving (R large) k falls to M: little is left for thinking. Whether k times the
  /// compute reaches the larger model's quality is another question: for a 14 times larger one it
  /// did so on easy and medium problems only.
  /// Source: Snell et al. 2024, arXiv:2408.03314, section 7.
  /// Check: M = 14, R = 0.16: k = 257.75; R = 22: 15.77 (`ComputeExchangeTests.snellsExchange`).
  package static func matchedInference(larger: Double, servedPerTrained: Double) -> Double {
    larger + 3 * (larger - 1) / servedPerTrained
  }

  /// The optimum when training and inference compute buy the same quality:
  ///
  ///     min C_t + C_i  with  log C_t + k log C_i = const   =>   C_i / C_t = k
  ///
  /// - k: powers of ten of training that one of inference stands for
  ///
  /// Source: Erdil 2024 (Epoch AI), "Optimally allocating compute between inference and training",
  /// whose k = 1 is equal spending. A ratio of 118 as an optimum would take k = 118.
  /// Check: k = 3, of all splits the cheapest (`optimumSpendsByTheRateOfExchange`).
  package static func optimalRatio(exchange: Double) -> Double { exchange }

  /// A published trade: so many powers of ten of inference for so many of training.
  package struct Rate: Equatable, Sendable {
    package var technique: String
    /// Powers of ten of inference compute that are traded.
    package var inferenceOrders: ClosedRange<Double>
    /// Powers of ten of training compute that are traded for them.
    package var trainingOrders: ClosedRange<Double>

    /// Powers of ten of training compute for one of inference, at the middle of both.
    package var exchange: Double {
      (trainingOrders.lowerBound + trainingOrders.upperBound)
        / (inferenceOrders.lowerBound + inferenceOrders.upperBound)
    }
  }

  package static let source =
    "Villalobos and Atkinson 2023 (Epoch AI), Trading off compute in training and inference"

  package static let rates = [
    Rate(technique: "over-training", inferenceOrders: 0.7...0.7, trainingOrders: 1.2...1.2),
    Rate(technique: "tree search (Hex)", inferenceOrders: 1.6...1.6, trainingOrders: 1...1),
    Rate(technique: "typical, little", inferenceOrders: 1...2, trainingOrders: 1...1),
    Rate(technique: "typical, much", inferenceOrders: 2...3, trainingOrders: 2...2),
    Rate(technique: "cheap verification", inferenceOrders: 5...6, trainingOrders: 3...4),
  ]
}
