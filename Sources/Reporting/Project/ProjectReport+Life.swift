/// What training took.
package struct TrainingResult: Codable, Equatable, Sendable {
  package struct Line: Codable, Equatable, Sendable {
    package var name: String
    package var tokens: Double?
    package var effort: EffortResult
    package var utilization: Double?

    private enum CodingKeys: String, CodingKey {
      case name, tokens, effort
      case utilization = "mfu"
    }
  }

  package struct Published: Codable, Equatable, Sendable {
    package var hours: Double?
    package var dollars: Double?
    package var source: String
    /// Whether the published hours lie within the range.
    package var isWithin: Bool?

    private enum CodingKeys: String, CodingKey {
      case source
      case hours = "gpu_hours"
      case dollars = "usd"
      case isWithin = "within_range"
    }
  }

  package var model: String
  package var activeParameters: Double
  package var hardware: String
  package var arithmetic: String
  package var price: Double?
  package var priceSource: String
  package var tokens: Double
  package var lines: [Line]
  package var total: EffortResult
  package var lowHours: Double
  package var highHours: Double
  package var published: Published?

  private enum CodingKeys: String, CodingKey {
    case model, hardware, arithmetic, tokens, lines, total, published
    case activeParameters = "active_parameters"
    case price = "usd_per_gpu_hour"
    case priceSource = "price_source"
    case lowHours = "gpu_hours_low"
    case highHours = "gpu_hours_high"
  }
}

/// Serving over a life, against training.
package struct LifeResult: Codable, Equatable, Sendable {
  package struct Day: Codable, Equatable, Sendable {
    package var input: Double
    package var cached: Double
    package var output: Double
    package var accelerators: Double
    package var source: String?

    private enum CodingKeys: String, CodingKey {
      case input, cached, output, source
      case accelerators = "gpus"
    }
  }

  package struct Row: Codable, Equatable, Sendable {
    package var measure: String
    package var unit: String
    package var training: Double?
    package var servingFirstYear: Double?
    package var serving: Double?
    package var ratioFirstYear: Double?
    package var ratio: Double?
    package var low: Double?
    package var high: Double?
    package var breakEven: Solution

    private enum CodingKeys: String, CodingKey {
      case measure, unit, training, serving, ratio, low, high
      case servingFirstYear = "serving_first_year"
      case ratioFirstYear = "ratio_first_year"
      case breakEven = "break_even_months"
    }
  }

  /// Up to the end of a year, or of the life.
  package struct Year: Codable, Equatable, Sendable {
    package var year: Double
    package var tokens: Double
    package var serving: EffortResult
    package var ratio: RatioResult
    package var cumulative: RatioResult
  }

  package struct CurvePoint: Codable, Equatable, Sendable {
    package var month: Double
    package var ratio: RatioResult
  }

  package var years: Double
  package var growth: Double
  package var firstDay: Day
  package var tokens: Double
  package var tokensPerTrainingToken: Double?
  package var rows: [Row]
  package var perYear: [Year]
  /// Cumulative ratios by month.
  package var curve: [CurvePoint]

  private enum CodingKeys: String, CodingKey {
    case years, growth, tokens, rows, curve
    case firstDay = "first_day"
    case tokensPerTrainingToken = "tokens_per_training_token"
    case perYear = "per_year"
  }
}

/// The same demand on another machine.
package struct MachineResult: Codable, Equatable, Sendable {
  package var hardware: String
  package var gpus: Double?
  package var ratio: RatioResult?
  package var decodeUtilization: Double?
  package var reason: String?

  private enum CodingKeys: String, CodingKey {
    case hardware, gpus, ratio, reason
    case decodeUtilization = "mfu_decode"
  }
}

package struct SensitivityResult: Codable, Equatable, Sendable {
  package struct Case: Codable, Equatable, Sendable {
    package var setting: String
    package var ratio: RatioResult
  }

  package var factor: String
  package var low: Case
  package var high: Case
}

/// What would have to be true for a ratio.
package struct TargetResult: Codable, Equatable, Sendable {
  package var ratio: Double
  package var measure: String
  /// Served tokens in all, and for each training token.
  package var tokens: Solution
  package var tokensPerTrainingToken: Solution
  package var months: Solution
  package var growth: Solution
  package var thinkingMultiplier: Solution

  private enum CodingKeys: String, CodingKey {
    case ratio, measure, tokens, months, growth
    case tokensPerTrainingToken = "tokens_per_training_token"
    case thinkingMultiplier = "thinking_multiplier"
  }
}

package struct ClaimResult: Codable, Equatable, Sendable {
  package struct Condition: Codable, Equatable, Sendable {
    package var figure: String
    package var value: Double?
    package var unit: String?
    package var from: Double?
    package var to: Double?
    package var holds: Bool
  }

  package var says: String
  package var conditions: [Condition]
  /// Of all conditions, for the inputs of this file.
  package var holds: Bool
}
