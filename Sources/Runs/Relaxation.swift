package import Workloads

/// How long a queue remembers that it was full or empty.
package enum Relaxation {
  /// Relaxation time of a queue with the load's distance to its capacity.
  ///
  ///     t = (w² + cv²) / 2 · 1 / (c (1 - sqrt(λ / c))²)
  ///
  /// - λ: requests that come a second      - c: that can be served      - cv: of the gaps
  /// - w: coefficient of variation of what a request takes, at least one
  ///
  /// That of M/M/1, in whose place the whole deployment stands; bursts, and requests of unlike
  /// size, make it longer as they do in heavy traffic, where only the variances count. Nil without
  /// a rate, or where it is not below the capacity.
  /// Source: Cohen, "The Single Server Queue", 1982, II.2.2; Kingman, "The heavy traffic
  /// approximation in the theory of queues", 1965.
  /// Check: λ = 80, c = 100, cv = 1: 0.897 s, 90 services (`RelaxationTests.workedExample`).
  ///
  /// - Parameter variation: w², squared.
  package static func seconds(
    of workload: Workload, capacity: Double?, variation: Double = 1
  ) -> Double? {
    guard let rate = workload.offeredRate, let capacity, rate < capacity else { return nil }
    let distance = 1 - (rate / capacity).squareRoot()
    return (max(1, variation) + workload.arrivals.squaredVariation) / 2
      / (capacity * distance * distance)
  }
}

extension ArrivalProcess {
  /// Squared coefficient of variation of the gaps, one where nobody knows.
  fileprivate var squaredVariation: Double {
    guard case .gamma(_, let variation) = self else { return 1 }
    return variation * variation
  }
}
