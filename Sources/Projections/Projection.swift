package import Diagnostics

/// A projection file as it is written, names looked up: what was spent, what is asked for, and the
/// questions about it. What is nil was not asked.
package struct Projection: Sendable {
  package var name: String
  package var title: String
  package var file: String
  package var claim: Claim?
  /// Whether FLOPs of attention count beside those of parameters.
  package var countsAttention: Bool
  package var training: TrainingPlan?
  package var serving: [ServedWorkload]
  /// Machines that serve the same workload, for comparison with the first workload's own.
  package var machines: [String]
  package var demand: DemandPlan?
  package var years: Double
  package var begins: CalendarMonth?
  package var targets: [RatioTarget]
  package var allocation: AllocationPlan?
  package var data: DataPlan?
  package var exchange: ExchangePlan?
  package var ways: [AnsweringWay]
}

/// Something that is said, and what would have to be so.
package struct Claim: Equatable, Sendable {
  package struct Condition: Equatable, Sendable {
    /// The path of one of the report's figures.
    package var figure: String
    /// Least value of the figure, in its own unit; nil for any.
    package var from: Double?
    /// Largest value of the figure, in its own unit; nil for any.
    package var to: Double?
    package var location: SourceLocation
    package var path: String
  }

  package var says: String
  package var conditions: [Condition]
}

/// Demand as far as a file states it: what is left out is taken from the simulated traffic.
package struct DemandPlan: Equatable, Sendable {
  /// Prompt tokens a day, those found in a cache included; nil if not stated.
  package var input: Double?
  /// Generated tokens a day, thinking apart; nil if not stated.
  package var answer: Double?
  /// Tokens a day of all kinds together, divided as the simulated traffic is; nil if not stated.
  package var total: Double?
  package var cachedShare: Double?
  package var reasoningShare: Double
  package var thinkingMultiplier: Double
  /// Demand after a year over demand at its beginning.
  package var growth: Double
  /// Most tokens a day, all kinds together; nil for no ceiling.
  package var ceiling: Double?
  /// Where the figures come from.
  package var source: String?

  /// - Parameter traffic: tokens of the simulated run.
  package func demand(like traffic: TokenMix) -> Demand {
    let prompts = traffic.input + traffic.cached
    var input = self.input ?? 0
    var answer = self.answer ?? 0
    if let total {
      input = total * prompts / traffic.total
      answer = total - input
    }
    let cached = cachedShare ?? (prompts > 0 ? traffic.cached / prompts : 0)
    var demand = Demand(
      inputPerDay: input, answerPerDay: answer, cachedShare: cached,
      reasoningShare: reasoningShare, thinkingMultiplier: thinkingMultiplier)
    let first = demand.tokensPerDay.total
    demand.growth = GrowthCurve(
      perYear: growth, ceiling: ceiling.flatMap { first > 0 && $0 > first ? $0 / first : nil })
    return demand
  }
}

/// Which model is worth training for a quality and a demand.
package struct AllocationPlan: Equatable, Sendable {
  package enum Quality: Equatable, Sendable {
    /// That of the compute-optimal model of a size.
    case optimal(parameters: Double)
    case trained(ModelChoice)
    case loss(Double)
  }

  package var law: LossLaw
  package var quality: Quality
  /// Tokens that are served over the life, by kind; those of the demand if nil.
  package var served: TokenMix?
  /// Training compute whose optimum is shown by every law [FLOP].
  package var budget: Double?
}

package struct DataPlan: Equatable, Sendable {
  package struct Model: Equatable, Sendable {
    package var name: String
    package var choice: ModelChoice
  }

  package var law: LossLaw
  package var models: [Model]
  package var good: TextSupply
  package var poor: TextSupply?
  package var supplies: [TextSupply]
}

package struct ExchangePlan: Equatable, Sendable {
  /// How many times larger the other model is.
  package var larger: Double
  package var trainedTokens: Double
  package var servedTokens: [Double]
}
