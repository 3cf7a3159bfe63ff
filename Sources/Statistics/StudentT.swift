/// Student's t distribution: how far a mean of few values may lie from the true one.
package enum StudentT {
  /// The number of standard errors within which a mean lies with a probability.
  ///
  /// Bisects the probability that a t with ν degrees of freedom is at most t away from zero, of
  /// Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4, with
  /// θ = arctan(t / √ν):
  ///
  ///     odd ν:  A = 2/π (θ + sin θ (cos θ + 2/3 cos³ θ + (2·4)/(3·5) cos⁵ θ + ...))
  ///     even ν: A = sin θ (1 + 1/2 cos² θ + (1·3)/(2·4) cos⁴ θ + ...)
  ///
  /// up to the term in cos^(ν-2) θ.
  ///
  /// - Parameters:
  ///   - probability: in 0..<1.
  ///   - degreesOfFreedom: at least one.
  ///
  /// Check: 95 % with 10 degrees of freedom is 2.228, 80 % with 31 is 1.309
  /// (`StudentTTests.tabulatedValues`).
  package static func halfWidth(_ probability: Double, degreesOfFreedom: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while share(within: high, degreesOfFreedom) < probability, high < 1e9 { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if share(within: middle, degreesOfFreedom) < probability {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// The probability that |t| is at most a value.
  static func share(within value: Double, _ degrees: Int) -> Double {
    let (t, nu) = (value, Double(degrees))
    let cosineOf = (nu / (nu + t * t)).squareRoot()
    let sineOf = t / (nu + t * t).squareRoot()
    let isOdd = degrees % 2 == 1
    // Terms in cos^k from k = 1 or 0 on, each from the one before.
    var term = isOdd ? cosineOf : 1
    var sum = 0.0
    var power = isOdd ? 1 : 0
    while power <= degrees - 2 {
      sum += term
      term *= cosineOf * cosineOf * Double(power + 1) / Double(power + 2)
      power += 2
    }
    return isOdd
      ? 2 / Double.pi * (arctangent(t / nu.squareRoot()) + sineOf * sum) : sineOf * sum
  }
}
