internal import Statistics

/// The first loss laws, each for one thing in short supply and the others plentiful:
///
///     L(N) = (8.8e13 / N)^0.076      L(D) = (5.4e13 / D)^0.095      L(C) = (3.1e8 / C)^0.050
///
/// - N: parameters without tables     - D: training tokens     - C [PF-days]: compute, spent best
///
/// Superseded by `LossLaw`: its learning rates did not follow the length of training, which made
/// size look worth more than text. Kept to show what the belief of 2020 would have chosen.
/// Source: Kaplan et al. 2020, arXiv:2001.08361, equations 1.1 to 1.3.
/// Check: N = 1.5 billion gives 2.304, C = 1 PF-day 2.658 (`LossLawTests.kaplanWorkedExample`).
package enum KaplanLaw {
  package static let secondsPerDay = 86_400.0

  package static func loss(parameters: Double) -> Double { power(8.8e13 / parameters, 0.076) }

  package static func loss(tokens: Double) -> Double { power(5.4e13 / tokens, 0.095) }

  package static func loss(compute flops: Double) -> Double {
    power(3.1e8 * 1e15 * secondsPerDay / flops, 0.050)
  }

  /// The size that compute would best have been spent on:
  ///
  ///     N = 1.3e9 · C^0.73,      D = C / (6 N)
  ///
  /// Source: the same, section 6.1. Check: 5.76e23 FLOPs, 6,667 PF-days: 804 billion parameters
  /// (`LossLawTests.kaplanSpendsComputeOnSize`).
  package static func optimum(flops: Double) -> ModelChoice {
    let parameters = 1.3e9 * power(flops / (1e15 * secondsPerDay), 0.73)
    return ModelChoice(parameters: parameters, tokens: flops / (6 * parameters))
  }
}
