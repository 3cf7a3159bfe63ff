/// Which model to train.
package struct AllocationResult: Codable, Equatable, Sendable {
  package struct Law: Codable, Equatable, Sendable {
    package var law: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    package var loss: Double?
    package var isDefault: Bool

    private enum CodingKeys: String, CodingKey {
      case law, parameters, tokens, loss
      case tokensPerParameter = "tokens_per_parameter"
      case isDefault = "default"
    }
  }

  /// A model of the quality, with what its life takes; in FLOPs or dollars.
  package struct Point: Codable, Equatable, Sendable {
    package var parameters: Double
    package var tokens: Double?
    package var training: Double?
    package var serving: Double?
    package var total: Double?
    package var reason: String?
  }

  package struct Optimum: Codable, Equatable, Sendable {
    package var unit: String
    package var base: Point
    package var best: Point
    /// Of the base's total.
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

  private enum CodingKeys: String, CodingKey {
    case law, source, loss, laws, optima
    case inputTokens = "input_tokens"
    case outputTokens = "output_tokens"
    case budget = "budget_flops"
  }
}

/// Whether there is enough text.
package struct DataResult: Codable, Equatable, Sendable {
  package struct Option: Codable, Equatable, Sendable {
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

    private enum CodingKeys: String, CodingKey {
      case option, parameters, tokens, epochs, worth, loss, flops, reason
      case hours = "gpu_hours"
      case dollars = "usd"
      case equalTokens = "equal_loss_tokens"
      case equalDollars = "equal_loss_usd"
    }
  }

  package struct Supply: Codable, Equatable, Sendable {
    package var supply: String
    package var tokens: Double
    package var epochs: Double
    /// Tokens read that often, in new ones.
    package var worth: Double
  }

  package struct Model: Codable, Equatable, Sendable {
    package var model: String
    package var parameters: Double
    package var tokens: Double
    package var tokensPerParameter: Double
    package var loss: Double
    package var supplies: [Supply]
    package var options: [Option]

    private enum CodingKeys: String, CodingKey {
      case model, parameters, tokens, loss, supplies, options
      case tokensPerParameter = "tokens_per_parameter"
    }
  }

  package var law: String
  package var models: [Model]
}

/// Compute at the answer against compute in training.
package struct ExchangeResult: Codable, Equatable, Sendable {
  package struct Match: Codable, Equatable, Sendable {
    package var served: Double
    package var servedPerTrained: Double
    /// How many times as much inference the small model may spend.
    package var times: Double

    private enum CodingKeys: String, CodingKey {
      case served, times
      case servedPerTrained = "served_per_trained"
    }
  }

  package struct Rate: Codable, Equatable, Sendable {
    package var technique: String
    package var inferenceOrders: [Double]
    package var trainingOrders: [Double]
    /// C_i / C_t at the optimum.
    package var optimalRatio: Double

    private enum CodingKeys: String, CodingKey {
      case technique
      case inferenceOrders = "inference_orders"
      case trainingOrders = "training_orders"
      case optimalRatio = "optimal_ratio"
    }
  }

  package var larger: Double
  package var trained: Double
  package var matches: [Match]
  package var rates: [Rate]
  package var source: String
}

/// One answer, in one way.
package struct AnswerResult: Codable, Equatable, Sendable {
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

  private enum CodingKeys: String, CodingKey {
    case way, workload, input, cached, output, effort, seconds, times
    case heldTokens = "kv_tokens"
    case heldBytes = "kv_bytes"
    case timesSeconds = "times_seconds"
    case timesBytes = "times_kv_bytes"
  }
}
