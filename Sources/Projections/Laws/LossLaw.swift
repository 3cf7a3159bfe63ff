internal import Statistics
internal import Units

/// How low the loss of a model gets by its size and by what it reads:
///
///     L(N, D) = E + A / N^α + B / D^β
///
/// - N: parameters (those that work on a token)     - D: training tokens, each read once
/// - E [nats a token]: what no model learns     - A, α: what a larger one still gains
/// - B, β: what more text still gains
///
/// Assumes one pass over text of one quality; `RepeatedData` says what further passes are worth.
/// The published fits cover N from 44 million to 16 billion and C up to 1e22 FLOPs; beyond that
/// they are extrapolated. Fits of different data are in different nats: losses do not compare.
/// Source: Hoffmann et al. 2022, arXiv:2203.15556, approach 3; Besiroglu et al. 2024,
/// arXiv:2404.10102.
/// Check: Besiroglu, 13 billion parameters at their optimum of 260 billion tokens: 2.1025
/// (`LossLawTests.workedExample`).
package struct LossLaw: Equatable, Sendable {
  package var name: String
  package var source: String
  /// E: loss that no model gets below [nats a token].
  package var irreducible: Double
  /// A: loss of a model with one parameter, beyond E [nats a token].
  package var sizeFactor: Double
  /// B: loss of a model that read one token, beyond E [nats a token].
  package var dataFactor: Double
  /// α: exponent of the parameters, no unit.
  package var sizeExponent: Double
  /// β: exponent of the training tokens, no unit.
  package var dataExponent: Double

  package func loss(parameters: Double, tokens: Double) -> Double {
    irreducible + sizeFactor / power(parameters, sizeExponent)
      + dataFactor / power(tokens, dataExponent)
  }

  /// The loss of a model that has read everything there could be.
  package func floor(parameters: Double) -> Double {
    irreducible + sizeFactor / power(parameters, sizeExponent)
  }

  /// Training tokens with which a model of a size reaches a loss:
  ///
  ///     D = ( B / (L - E - A / N^α) )^(1/β)
  ///
  /// Check: the inverse of `loss` (`LossLawTests.tokensForALossInvertTheLoss`).
  package func tokens(loss: Double, parameters: Double) throws(Impossibility) -> Double {
    let rest = loss - floor(parameters: parameters)
    let tokens = rest > 0 ? power(dataFactor / rest, 1 / dataExponent) : .infinity
    guard rest > 0, tokens < Self.mostTokens else {
      throw unreachable(loss, parameters: parameters)
    }
    return tokens
  }

  /// The size below which no amount of text reaches a loss.
  package func leastParameters(loss: Double) throws(Impossibility) -> Double {
    guard loss > irreducible else { throw belowFloor(loss) }
    return power(sizeFactor / (loss - irreducible), 1 / sizeExponent)
  }

  /// More than was ever written or could be made: a loss so near the floor is out of reach.
  static let mostTokens = 1e30

  private func belowFloor(_ loss: Double) -> Impossibility {
    Impossibility(
      "no model reaches this loss: \(NumberText.significant(loss, 5))",
      notes: [
        "the law `\(name)` ends at \(NumberText.significant(irreducible, 5)) for any size and any "
          + "amount of text"
      ],
      hint: "ask for a loss above \(NumberText.significant(irreducible, 5))")
  }

  private func unreachable(_ loss: Double, parameters: Double) -> Impossibility {
    guard loss > irreducible else { return belowFloor(loss) }
    let least = power(sizeFactor / (loss - irreducible), 1 / sizeExponent)
    return Impossibility(
      "a model of \(CountText.large(parameters)) parameters does not reach this loss: "
        + NumberText.significant(loss, 5),
      notes: [
        "with all the text there could be it ends at "
          + NumberText.significant(floor(parameters: parameters), 5)
      ],
      hint: "take more than \(CountText.large(least)) parameters")
  }
}

extension LossLaw {
  /// The fit as the abstract of its paper prints it. Its rounded exponents move the optimum by a
  /// factor of two: kept for comparison, not for projections.
  package static let hoffmannPrinted = LossLaw(
    name: "hoffmann-printed",
    source: "Hoffmann et al. 2022, arXiv:2203.15556, equation 10, as printed",
    irreducible: 1.69, sizeFactor: 406.4, dataFactor: 410.7, sizeExponent: 0.34,
    dataExponent: 0.28)

  /// The fit of Hoffmann et al. with the exponents of the paper's source files.
  package static let hoffmann = LossLaw(
    name: "hoffmann",
    source: "Hoffmann et al. 2022, arXiv:2203.15556, exponents as in its TeX source",
    irreducible: 1.69, sizeFactor: 406.4, dataFactor: 410.7, sizeExponent: 0.3392,
    dataExponent: 0.2849)

  /// The fit to the same runs done again, which agrees with the paper's other two approaches and
  /// with 20 tokens a parameter. Standard errors: E 0.026, A 124.5, B 1293, α 0.015, β 0.021.
  package static let besiroglu = LossLaw(
    name: "besiroglu",
    source: "Besiroglu et al. 2024, arXiv:2404.10102, and Epoch AI's notebook of the fit",
    irreducible: 1.817, sizeFactor: 482.006, dataFactor: 2085.43, sizeExponent: 0.3478,
    dataExponent: 0.3658)

  package static let all = [besiroglu, hoffmann, hoffmannPrinted]
}
