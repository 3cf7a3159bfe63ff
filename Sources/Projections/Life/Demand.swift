/// Tokens of the three kinds that cost differently.
package struct TokenMix: Equatable, Sendable {
  /// Prompt tokens that are computed.
  package var input: Double
  /// Prompt tokens found in a cache.
  package var cached: Double
  /// Generated tokens, thinking included.
  package var output: Double

  package init(input: Double, cached: Double, output: Double) {
    self.input = input
    self.cached = cached
    self.output = output
  }

  /// Tokens of all three kinds.
  package var total: Double { input + cached + output }

  package static func * (mix: TokenMix, factor: Double) -> TokenMix {
    TokenMix(input: mix.input * factor, cached: mix.cached * factor, output: mix.output * factor)
  }
}

/// What a service is asked for: tokens of its first day, and how they grow.
///
///     generated = answers · (1 + s · k)
///
/// - s: share of the answers that are thought about first
/// - k: thinking tokens for a token of such an answer
package struct Demand: Equatable, Sendable {
  /// Prompt tokens a day, those found in a cache included.
  package var inputPerDay: Double
  /// Generated tokens a day without the thinking that is counted apart.
  package var answerPerDay: Double
  package var cachedShare: Double
  package var reasoningShare: Double
  package var thinkingMultiplier: Double
  package var growth: GrowthCurve

  package init(
    inputPerDay: Double, answerPerDay: Double, cachedShare: Double = 0, reasoningShare: Double = 0,
    thinkingMultiplier: Double = 0, growth: GrowthCurve = GrowthCurve()
  ) {
    self.inputPerDay = inputPerDay
    self.answerPerDay = answerPerDay
    self.cachedShare = cachedShare
    self.reasoningShare = reasoningShare
    self.thinkingMultiplier = thinkingMultiplier
    self.growth = growth
  }

  /// Tokens of the first day, by kind.
  package var tokensPerDay: TokenMix {
    TokenMix(
      input: inputPerDay * (1 - cachedShare), cached: inputPerDay * cachedShare,
      output: answerPerDay * (1 + reasoningShare * thinkingMultiplier))
  }

  /// Tokens a day that one further thinking token for each token of a thought-about answer adds.
  package var thinkingPerDay: Double { answerPerDay * reasoningShare }
}

/// Time as projections count it: a year of twelve equal months.
package enum ProjectedTime {
  package static let monthsPerYear = 12.0
  /// Days of a month: 365.25 / 12.
  package static let daysPerMonth = 30.4375
}
