/// Which model to train.
package struct AllocationResult: Encodable, Sendable {
  package struct Law: Encodable, Sendable {
    package var law: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    package var loss: Double?
    package var isDefault: Bool
  }

  /// A model of the quality, with what its life takes; in FLOPs or dollars.
  package struct Point: Encodable, Sendable {
    package var parameters: Double
    package var tokens: Double?
    package var training: Double?
    package var serving: Double?
    package var total: Double?
    package var reason: String?
  }

  package struct Optimum: Encodable, Sendable {
    package var unit: String
    package var base: Point
    package var best: Point
    /// What the best choice saves, as a share of the base's total.
    package var saved: Double
    package var curve: [Point]
  }

  package var law: String
  package var source: String
  package var loss: Double
  package var inputTokens: Double
  package var outputTokens: Double
  package var budget: Double?
  package var laws: [Law]
  package var optima: [Optimum]
}

/// Whether there is enough text.
package struct DataResult: Encodable, Sendable {
  package struct Option: Encodable, Sendable {
    package var option: String
    package var parameters: Double
    package var tokens: Double
    package var epochs: Double
    package var worth: Double
    package var loss: Double
    package var flops: Double
    package var hours: Double?
    package var dollars: Double?
    /// With the loss that enough new text would have given.
    package var equalTokens: Double?
    package var equalDollars: Double?
    package var reason: String?
  }

  package struct Supply: Encodable, Sendable {
    package var supply: String
    package var tokens: Double
    package var epochs: Double
    /// Tokens read that often, in new ones.
    package var worth: Double
  }

  package struct Model: Encodable, Sendable {
    package var model: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    package var loss: Double
    package var supplies: [Supply]
    package var options: [Option]
  }

  package var law: String
  package var models: [Model]
}

/// Compute at the answer against compute in training.
package struct ExchangeResult: Encodable, Sendable {
  package struct Match: Encodable, Sendable {
    package var served: Double
    package var servedPerTrained: Double
    /// How many times as much inference the small model may spend.
    package var times: Double
  }

  package struct Rate: Encodable, Sendable {
    package var technique: String
    package var inferenceOrders: [Double]
    package var trainingOrders: [Double]
    /// C_i / C_t at the optimum.
    package var optimalRatio: Double
  }

  package var larger: Double
  package var trained: Double
  package var matches: [Match]
  package var rates: [Rate]
  package var source: String
}

/// One answer, in one way.
package struct AnswerResult: Encodable, Sendable {
  package var way: String
  package var workload: String
  package var input: Double
  package var cached: Double
  package var output: Double
  package var effort: EffortResult
  package var seconds: Double?
  package var heldTokens: Double
  package var heldBytes: Double
  /// Against the first way.
  package var times: RatioResult
  package var timesSeconds: Double?
  package var timesBytes: Double
}
