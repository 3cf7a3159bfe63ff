package import Statistics
package import Units

/// How long a pause is.
package enum DurationDistribution: Equatable, Sendable {
  case fixed(seconds: Double)
  case exponential(meanSeconds: Double)
  /// `exp(mu + sigma · z)` seconds.
  case logNormal(mu: Double, sigma: Double)

  /// The log-normal with a given mean and a given coefficient of variation (sd / mean); see
  /// `LengthDistribution.logNormal`.
  package static func logNormal(
    meanSeconds: Double, coefficientOfVariation cv: Double
  ) -> DurationDistribution {
    let variance = logarithm(1 + cv * cv)
    return .logNormal(mu: logarithm(meanSeconds) - variance / 2, sigma: variance.squareRoot())
  }

  /// Mean of all pauses [s]; of a log-normal exp(mu + sigma²/2).
  package var meanSeconds: Double {
    switch self {
    case .fixed(let value), .exponential(let value): value
    case .logNormal(let mu, let sigma): naturalExponential(mu + sigma * sigma / 2)
    }
  }

  /// At most a year: the tail of a log-normal may be longer than simulated time.
  package func sample(_ random: inout RandomStream) -> SimDuration {
    let seconds: Double
    switch self {
    case .fixed(let value): seconds = value
    case .exponential(let mean): seconds = mean * random.exponential()
    case .logNormal(let mu, let sigma): seconds = naturalExponential(mu + sigma * random.normal())
    }
    return SimDuration(seconds: min(seconds, 365.25 * 86_400))
  }
}
