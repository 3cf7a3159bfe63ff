/// Tokens guessed ahead and verified together in one step.
///
/// A step verifies k guesses and the token before them, and emits the guesses up to the first wrong
/// one and one token more:
///
///     tokens per step = 1 + sum over i in 1...k of a_1 · a_2 · ... · a_i
///
/// - a_i in 0...1: how often guess i is right when those before it are
///
/// All sequences advance by that mean; the spread of single steps averages out over an answer.
/// Source: Leviathan, Kalman and Matias, "Fast inference from transformers via speculative
/// decoding", ICML 2023, with an acceptance for each position.
/// Check: a = 0.8, 0.6: 1 + 0.8 + 0.48 = 2.28 (`SpeculationTests.workedExample`).
package struct Speculation: Equatable, Sendable {
  package enum Drafter: Equatable, Sendable {
    /// The model's own next-token-prediction layer, run once for each guess.
    case nextTokenLayers
    /// Guesses looked up in the text so far: they cost nothing.
    case lookup
  }

  package var drafter: Drafter
  /// Chance that each guess is right when those before it are (0...1); one for each guess, at least
  /// one.
  package var acceptance: [Double]

  package init(drafter: Drafter, acceptance: [Double]) {
    self.drafter = drafter
    self.acceptance = acceptance
  }

  /// Tokens of a sequence in one step: the guesses and the one before them.
  package var verifiedTokens: Int { acceptance.count + 1 }

  package var tokensPerStep: Double {
    var product = 1.0
    return acceptance.reduce(1) { sum, rate in
      product *= rate
      return sum + product
    }
  }
}
