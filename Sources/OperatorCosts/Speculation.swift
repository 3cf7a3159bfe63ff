package import ModelArchitecture

/// Tokens guessed ahead and verified together in one step.
///
/// A step verifies guesses and the token before them, and emits the guesses up to the first wrong
/// one and one token more:
///
///     tokens per step = 1 + sum over i in 1...k of a_1 · a_2 · ... · a_i
///
/// - k: guesses, one after the other
/// - a_i in 0...1: how often guess i, or one of a tree's, is right when one before it is
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
    /// Weights beside the model's: a head on its hidden vectors, or a smaller model.
    case model(DraftModel)
  }

  package var drafter: Drafter
  /// Chance that each guess is right when those before it are (0...1); one for each guess, at least
  /// one.
  package var acceptance: [Double]
  /// Guesses that each pass goes on from: 1 of a chain, more of a tree.
  package var branches: Int
  /// Tokens of a sequence in one step where a tree is cut to so many; nil for all of a chain.
  package var statedVerified: Int?

  package init(
    drafter: Drafter, acceptance: [Double], branches: Int = 1, verified: Int? = nil
  ) {
    self.drafter = drafter
    self.acceptance = acceptance
    self.branches = branches
    statedVerified = verified
  }

  /// What guesses with weights of its own.
  package var model: DraftModel? {
    if case .model(let model) = drafter { model } else { nil }
  }

  /// Tokens of a sequence in one step: the guesses and the one before them.
  package var verifiedTokens: Int { statedVerified ?? acceptance.count + 1 }

  package var tokensPerStep: Double {
    var product = 1.0
    return acceptance.reduce(1) { sum, rate in
      product *= rate
      return sum + product
    }
  }
}

/// What guesses with weights of its own.
package struct DraftModel: Equatable, Sendable {
  /// A whole model, or a head (`Architecture.draftHead`).
  package var architecture: Architecture
  package var weights: WeightFormat

  package init(architecture: Architecture, weights: WeightFormat) {
    self.architecture = architecture
    self.weights = weights
  }
}

extension Speculation {
  /// Parts that a context token is counted in.
  static let unitsPerToken = 16

  /// Parts by which a context grows in a step.
  var unitsPerStep: Int { Int((tokensPerStep * Double(Self.unitsPerToken)).rounded()) }

  /// Tokens of a step as they are simulated, in whole parts.
  package var simulatedTokensPerStep: Double {
    Double(unitsPerStep) / Double(Self.unitsPerToken)
  }

  /// Passes of layers that guess, in a step.
  var draftPasses: Int {
    if case .lookup = drafter { 0 } else { acceptance.count }
  }
}
