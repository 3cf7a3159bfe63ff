internal import Statistics
internal import Units

/// A model by its size and by how long it is trained.
package struct ModelChoice: Equatable, Sendable {
  package var parameters: Double
  package var tokens: Double

  package init(parameters: Double, tokens: Double) {
    self.parameters = parameters
    self.tokens = tokens
  }

  package var tokensPerParameter: Double { tokens / parameters }
  /// 6 N D, attention left out.
  package var trainingFLOPs: Double { 6 * parameters * tokens }
}

extension LossLaw {
  /// The share of compute's exponent that goes into size: N* grows as C^a.
  package var sizeShare: Double { dataExponent / (sizeExponent + dataExponent) }

  private var balance: Double {
    power(
      sizeExponent * sizeFactor / (dataExponent * dataFactor), 1 / (sizeExponent + dataExponent))
  }

  /// The model with the lowest loss that a training run of so many FLOPs can make:
  ///
  ///     N = G (C/6)^a      D = (C/6)^(1-a) / G      G = (α A / (β B))^(1/(α+β))      a = β/(α+β)
  ///
  /// - C [FLOP]: 6 N D
  ///
  /// Counts no serving: see `ServedOptimum` for that. Source: Hoffmann et al. 2022, equation 4.
  /// Check: C = 5.76e23 by the three fits: 72.2 billion and 18.4 tokens a parameter, 40.3 and 59.1,
  /// 32.2 and 92.6 (`ComputeOptimumTests.optimumOfGopherBudget`).
  package func optimum(flops: Double) -> ModelChoice {
    let parameters = balance * power(flops / 6, sizeShare)
    return ModelChoice(parameters: parameters, tokens: flops / 6 / parameters)
  }

  /// The compute-optimal training of a model of a size.
  ///
  /// Check: 13 billion parameters, unrounded Hoffmann: 6.19e11 tokens
  /// (`ServedOptimumTests.sardanaCase`).
  package func optimum(parameters: Double) -> ModelChoice {
    let sixth = power(parameters / balance, 1 / sizeShare)
    return ModelChoice(parameters: parameters, tokens: sixth / parameters)
  }

  /// The compute-optimal model of a loss: along the optimum the loss falls with compute, so the
  /// budget is found by halving.
  package func optimum(loss: Double) throws(Impossibility) -> ModelChoice {
    _ = try leastParameters(loss: loss)
    var (low, high) = (logarithm(1e10), logarithm(1e60))
    func lossAt(_ exponent: Double) -> Double {
      let choice = optimum(flops: naturalExponential(exponent))
      return self.loss(parameters: choice.parameters, tokens: choice.tokens)
    }
    guard lossAt(high) < loss, lossAt(low) > loss else {
      throw Impossibility(
        "the law `\(name)` has no model of this loss: \(NumberText.significant(loss, 5))",
        notes: ["it covers training runs from 1e10 to 1e60 FLOPs"],
        hint: "ask for a loss between \(NumberText.significant(lossAt(high), 5)) and "
          + NumberText.significant(lossAt(low), 5))
    }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if lossAt(middle) > loss { low = middle } else { high = middle }
    }
    return optimum(flops: naturalExponential((low + high) / 2))
  }
}
