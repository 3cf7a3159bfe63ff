/// What is found of the question which model to train.
package struct AllocationResult: Encodable, Sendable {
  package struct Law: Encodable, Sendable {
    package var law: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    /// Loss of the model [nats a token].
    package var loss: Double?
    package var isDefault: Bool
  }

  /// A model of the quality, with what its life takes; in FLOPs or dollars.
  package struct Point: Encodable, Sendable {
    package var parameters: Double
    /// Training tokens with which the model has the quality; absent where nothing gives it that.
    package var tokens: Double?
    /// Cost of training, in FLOPs or dollars.
    package var training: Double?
    /// Cost of serving over the life, in FLOPs or dollars.
    package var serving: Double?
    /// Cost of training and serving, in FLOPs or dollars.
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
  /// Loss that the models must reach [nats a token].
  package var loss: Double
  /// Prompt tokens that are served over the life.
  package var inputTokens: Double
  /// Generated tokens that are served over the life.
  package var outputTokens: Double
  /// Training compute that every law divides [FLOP].
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
    /// Passes over the good text.
    package var epochs: Double
    /// New tokens of the best text that would have taught as much.
    package var worth: Double
    /// Loss of the trained model [nats a token].
    package var loss: Double
    package var flops: Double
    package var hours: Double?
    package var dollars: Double?
    /// Tokens with which the option reaches the loss that enough new text would have given.
    package var equalTokens: Double?
    /// Dollars with which the option reaches that loss; absent without a price.
    package var equalDollars: Double?
    package var reason: String?
  }

  package struct Supply: Encodable, Sendable {
    package var supply: String
    package var tokens: Double
    /// Passes over the supply that the model's tokens take.
    package var epochs: Double
    /// New tokens that would have taught as much.
    package var worth: Double
  }

  package struct Model: Encodable, Sendable {
    package var model: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    /// Loss of the model with as many new tokens as it wants [nats a token].
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
    /// Tokens that are served.
    package var served: Double
    /// Tokens that are served for each training token.
    package var servedPerTrained: Double
    /// How many times as much inference the small model may spend.
    package var times: Double
  }

  package struct Rate: Encodable, Sendable {
    package var technique: String
    /// Powers of ten of inference compute that are traded: the least and the most.
    package var inferenceOrders: [Double]
    /// Powers of ten of training compute that are traded for them: the least and the most.
    package var trainingOrders: [Double]
    /// Inference compute over training compute at the optimum.
    package var optimalRatio: Double
  }

  /// Size of the larger model over that of the smaller one.
  package var larger: Double
  /// Training tokens of each of the two models.
  package var trained: Double
  package var matches: [Match]
  package var rates: [Rate]
  package var source: String
}

/// What one answer takes in one way of answering.
package struct AnswerResult: Encodable, Sendable {
  package var way: String
  package var workload: String
  /// Prompt tokens that are computed for the answer.
  package var input: Double
  /// Prompt tokens found in a cache for the answer.
  package var cached: Double
  /// Tokens that are written for the answer.
  package var output: Double
  package var effort: EffortResult
  package var seconds: Double?
  package var heldTokens: Double
  package var heldBytes: Double
  /// What the answer takes as multiples of the first way's.
  package var times: RatioResult
  /// Time of the answer over that of the first way; absent when a run has no times.
  package var timesSeconds: Double?
  /// Cache of the answer over that of the first way.
  package var timesBytes: Double
}
