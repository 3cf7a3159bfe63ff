internal import Projections

/// What training took.
package struct TrainingResult: Encodable, Sendable {
  package struct Line: Encodable, Sendable {
    package var name: String
    package var tokens: Double?
    package var effort: EffortResult
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
  package var price: Double?
  package var priceSource: String
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
    package var input: Double
    package var cached: Double
    package var output: Double
    package var gpus: Double
    package var source: String?
  }

  package struct Row: Encodable, Sendable {
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
  }

  /// Up to the end of a year, or of the life.
  package struct Year: Encodable, Sendable {
    package var year: Double
    package var tokens: Double
    package var serving: EffortResult
    package var ratio: RatioResult
    package var cumulative: RatioResult
  }

  package struct CurvePoint: Encodable, Sendable {
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
  package var ratio: Double
  package var measure: String
  /// Served tokens in all, and for each training token.
  package var tokens: Solution
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
