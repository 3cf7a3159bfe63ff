internal import Statistics

/// What a FLOP costs in training, in prefill and in decode. All 1 when FLOPs themselves count.
package struct ComputePrices: Equatable, Sendable {
  /// Price of a FLOP of training, in the unit that the others have too.
  package var training: Double
  /// Price of a FLOP of prefill.
  package var prefill: Double
  /// Price of a FLOP of decode.
  package var decode: Double

  package init(training: Double, prefill: Double, decode: Double) {
    self.training = training
    self.prefill = prefill
    self.decode = decode
  }

  package static let flops = ComputePrices(training: 1, prefill: 1, decode: 1)
}

/// The model of a quality that is cheapest over its life, when serving it counts:
///
///     min over N of  p_t 6 N D(N) + 2 N (p_i T_i + p_o T_o)      with L(N, D(N)) = l
///
/// - l: the loss that the model must reach     - D(N): from the law, `LossLaw.tokens`
/// - T_i, T_o: prompt and generated tokens of its life     - p: price of a FLOP, by phase
///
/// A FLOP of decode costs several times one of training, because its utilisation is several times
/// lower: prices come from a simulated run. Attention is left out on both sides, and a smaller
/// model is taken to be served at the same utilisation. With p = 1 this is the FLOP form of the
/// source.
/// Source: Sardana et al. 2024, arXiv:2401.00448; prices by phase have the structure of its cost
/// form, not its letters.
/// Check: quality of a compute-optimal 13-billion model, 2e12 tokens served, unrounded Hoffmann:
/// 7.1 billion parameters, 1.30e12 tokens, 16.3 % saved (`ServedOptimumTests.sardanaCase`).
package struct ServedOptimum: Equatable, Sendable {
  package struct Cost: Equatable, Sendable {
    package var choice: ModelChoice
    /// Cost of training: FLOPs times their price.
    package var training: Double
    /// Cost of serving all tokens of the life: FLOPs times their price.
    package var serving: Double
    /// Cost of training and serving.
    package var total: Double { training + serving }
  }

  package let law: LossLaw
  /// Loss that the model must reach [nats a token].
  package let loss: Double
  package let inputTokens: Double
  package let outputTokens: Double
  package let prices: ComputePrices

  package init(
    law: LossLaw, loss: Double, inputTokens: Double, outputTokens: Double,
    prices: ComputePrices = .flops
  ) {
    self.law = law
    self.loss = loss
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.prices = prices
  }

  /// Life cost of a model of a size that reaches the loss.
  package func cost(parameters: Double) throws(Impossibility) -> Cost {
    let tokens = try law.tokens(loss: loss, parameters: parameters)
    let choice = ModelChoice(parameters: parameters, tokens: tokens)
    return Cost(
      choice: choice, training: prices.training * choice.trainingFLOPs,
      serving: 2 * parameters * (prices.prefill * inputTokens + prices.decode * outputTokens))
  }

  /// Steps of the first look, over nine powers of ten of size; golden section does the rest.
  private static let looks = 900

  package func best() throws(Impossibility) -> Cost {
    let least = try law.leastParameters(loss: loss)
    func total(_ exponent: Double) -> Double {
      (try? cost(parameters: least * naturalExponential(exponent)).total) ?? .infinity
    }
    let span = logarithm(1e9)
    let step = span / Double(Self.looks)
    let nearest = (1...Self.looks).min { total(Double($0) * step) < total(Double($1) * step) } ?? 1
    var low = Double(nearest - 1) * step
    var high = Double(nearest + 1) * step
    let golden = (5.0.squareRoot() - 1) / 2
    for _ in 0..<80 {
      let left = high - golden * (high - low)
      let right = low + golden * (high - low)
      if total(left) < total(right) { high = right } else { low = left }
    }
    return try cost(parameters: least * naturalExponential((low + high) / 2))
  }
}
