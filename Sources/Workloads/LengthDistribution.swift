package import Statistics

/// How long a prompt or an answer is, in tokens.
package enum LengthDistribution: Equatable, Sendable {
  case fixed(Int)
  /// Every whole number of the range with the same probability.
  case uniform(ClosedRange<Int>)
  /// `exp(mu + sigma · z)`, rounded to the nearest, kept within the range by moving outliers to its
  /// ends.
  case logNormal(mu: Double, sigma: Double, within: ClosedRange<Int>)
  /// Given lengths with weights, in the order given; `cumulative` ends at 1.
  case empirical(lengths: [Int], cumulative: [Double])

  /// The log-normal with a given mean and a given coefficient of variation (sd / mean) before the
  /// range cuts it:
  ///
  ///     sigma² = ln(1 + cv²)      mu = ln(mean) - sigma² / 2
  ///
  /// Check: mean 1,000 and cv 1 give sigma = 0.8326, mu = 6.5612 (`logNormalHasItsMean`).
  package static func logNormal(
    mean: Double, coefficientOfVariation cv: Double, within range: ClosedRange<Int>
  ) -> LengthDistribution {
    let variance = logarithm(1 + cv * cv)
    return .logNormal(
      mu: logarithm(mean) - variance / 2, sigma: variance.squareRoot(), within: range)
  }

  @inline(__always)
  package func sample(_ random: inout RandomStream) -> Int {
    switch self {
    case .fixed(let length): return length
    case .uniform(let range): return random.integer(in: range)
    case .logNormal(let mu, let sigma, let range):
      let value = naturalExponential(mu + sigma * random.normal()) + 0.5
      // Compared as Double first: a heavy tail may not fit an Int.
      if value <= Double(range.lowerBound) { return range.lowerBound }
      return value >= Double(range.upperBound) ? range.upperBound : Int(value)
    case .empirical(let lengths, let cumulative):
      let point = random.uniform()
      var low = 0
      var high = cumulative.count - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] > point { high = middle } else { low = middle + 1 }
      }
      return lengths[low]
    }
  }

  /// The longest length that can come.
  package var longest: Int {
    switch self {
    case .fixed(let length): length
    case .uniform(let range): range.upperBound
    case .logNormal(_, _, let range): range.upperBound
    case .empirical(let lengths, _): lengths.max() ?? 0
    }
  }
}
