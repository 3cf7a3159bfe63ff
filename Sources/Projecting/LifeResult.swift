internal import Projections

/// What training took.
package struct TrainingResult: Encodable, Sendable {
  package struct Line: Encodable, Sendable {
    package var name: String
    package var tokens: Double?
    package var effort: EffortResult
    /// Share of the peak that training reaches; absent where it is not known.
    package var utilization: Double?
  }

  package struct Published: Encodable, Sendable {
    package var hours: Double?
    package var dollars: Double?
    package var source: String
    /// Whether the published hours lie within the range.
    package var isWithin: Bool?
  }

  package var model: String
  package var activeParameters: Double
  package var hardware: String
  package var arithmetic: String
  /// Dollars for an accelerator-hour; absent without a price.
  package var price: Double?
  package var priceSource: String
  /// Training tokens, each as often as it is read.
  package var tokens: Double
  package var lines: [Line]
  package var total: EffortResult
  package var lowHours: Double
  package var highHours: Double
  package var published: Published?
}

/// Serving over a life, against training.
package struct LifeResult: Encodable, Sendable {
  package static let daysPerMonth = ProjectedTime.daysPerMonth

  package struct Day: Encodable, Sendable {
    /// Prompt tokens that are computed, a day.
    package var input: Double
    /// Prompt tokens found in a cache, a day.
    package var cached: Double
    /// Generated tokens a day, thinking included.
    package var output: Double
    /// Accelerators that the first month's load keeps busy.
    package var gpus: Double
    package var source: String?
  }

  package struct Row: Encodable, Sendable {
    package var measure: String
    package var unit: String
    /// What training took, in `unit`; absent where nobody knows.
    package var training: Double?
    /// What serving takes in the first year, in `unit`.
    package var servingFirstYear: Double?
    /// What serving takes over the life, in `unit`.
    package var serving: Double?
    /// Serving of the first year over training.
    package var ratioFirstYear: Double?
    /// Serving of the life over training.
    package var ratio: Double?
    /// Least ratio of the life, eight times in ten; absent for FLOPs, which are counted.
    package var low: Double?
    /// Largest ratio of the life, eight times in ten; absent for FLOPs, which are counted.
    package var high: Double?
    package var breakEven: Solution
  }

  /// What a life took up to the end of a year, or of the life.
  package struct Year: Encodable, Sendable {
    /// End of the year, in years since the beginning of the life.
    package var year: Double
    /// Tokens that are served in the year.
    package var tokens: Double
    package var serving: EffortResult
    package var ratio: RatioResult
    package var cumulative: RatioResult
  }

  package struct CurvePoint: Encodable, Sendable {
    /// Months since the beginning of the life.
    package var month: Double
    package var ratio: RatioResult
  }

  package var years: Double
  /// Demand after a year over demand at its beginning.
  package var growth: Double
  package var firstDay: Day
  /// Tokens that are served over the life.
  package var tokens: Double
  /// Tokens that are served over the life for each training token; absent without training tokens.
  package var tokensPerTrainingToken: Double?
  package var rows: [Row]
  package var perYear: [Year]
  /// Cumulative ratios by month.
  package var curve: [CurvePoint]
}

/// What the demand takes on another machine.
package struct MachineResult: Encodable, Sendable {
  package var hardware: String
  package var gpus: Double?
  package var ratio: RatioResult?
  package var decodeUtilization: Double?
  package var reason: String?
}

package struct SensitivityResult: Encodable, Sendable {
  package struct Case: Encodable, Sendable {
    package var setting: String
    package var ratio: RatioResult
  }

  package var factor: String
  package var low: Case
  package var high: Case
}

/// What would have to be true for a ratio.
package struct TargetResult: Encodable, Sendable {
  /// The ratio of serving to training that is asked about.
  package var ratio: Double
  package var measure: String
  /// Served tokens in all.
  package var tokens: Solution
  /// Served tokens for each training token.
  package var tokensPerTrainingToken: Solution
  package var months: Solution
  package var growth: Solution
  package var thinkingMultiplier: Solution
}

package struct ClaimResult: Encodable, Sendable {
  package struct Condition: Encodable, Sendable {
    package var figure: String
    package var value: Double?
    package var unit: String?
    package var from: Double?
    package var to: Double?
    package var holds: Bool
  }

  package var says: String
  package var conditions: [Condition]
  /// Whether all conditions hold, for the inputs of this file.
  package var holds: Bool
}
