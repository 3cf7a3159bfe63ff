internal import Statistics

/// A rate of arrivals that rises and falls once a period, as traffic does over a day.
///
///     rate(t) = r (1 + s cos(2 pi (t - p) / T))
///
/// t time since the start [s], r mean rate [req/s], s swing (0...1), T period [s], p the first peak
/// [s]. Over whole periods the mean is r; the rate goes from r (1 - s) to r (1 + s). One harmonic:
/// the shape of published days of chat traffic, without their weekends.
///
/// Check: r = 4 req/s, s = 0.6, T = 24 h, p = 14 h: 6.4 req/s at 14 h, 4 at 8 h, 1.6 at 2 h
/// (`DiurnalRateTests.workedExample`).
package struct DiurnalRate: Equatable, Sendable {
  /// Requests a second, over whole periods.
  package var mean: Double
  /// How far the rate goes above and below the mean, as a share of it (0...1).
  package var swing: Double
  package var periodSeconds: Double
  package var peakSeconds: Double

  /// - Parameter peakSeconds: half a period when nil, so that a run begins at the lowest rate.
  package init(
    mean: Double, swing: Double, periodSeconds: Double = 86_400, peakSeconds: Double? = nil
  ) {
    self.mean = mean
    self.swing = swing
    self.periodSeconds = periodSeconds
    self.peakSeconds = peakSeconds ?? periodSeconds / 2
  }

  /// The highest rate [req/s].
  package var highest: Double { mean * (1 + swing) }

  /// The rate at a time [req/s].
  package func value(at seconds: Double) -> Double { mean * (1 + swing * wave(at: seconds)) }

  private func wave(at seconds: Double) -> Double {
    cosine(2 * Double.pi * (seconds - peakSeconds) / periodSeconds)
  }

  /// The arrival after a time [s], by thinning (Lewis and Shedler, "Simulation of nonhomogeneous
  /// Poisson processes by thinning", Naval Research Logistics 1979): arrivals of the highest rate,
  /// each kept with the probability rate / highest rate. Exact, and 1 + s tries on average.
  func arrival(after seconds: Double, _ stream: inout RandomStream) -> Double {
    var time = seconds
    repeat {
      time += stream.exponential() / highest
      // Beyond 127 years a time is the last one there is, whatever the rate is then.
    } while stream.uniform() * (1 + swing) >= 1 + swing * wave(at: time) && time < Self.latest
    return time
  }

  private static let latest = 4e9
}
