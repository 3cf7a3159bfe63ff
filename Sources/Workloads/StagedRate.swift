internal import Statistics
internal import Units

/// A rate of arrivals that is constant for a while, and then another.
///
///     2.5 req/s for 10 min, then 6 req/s for 10 min
///
/// Played once it is a load test, whose requests end with it. Repeated it is a day as a monitoring
/// system recorded it.
package struct StagedRate: Equatable, Sendable {
  package struct Stage: Equatable, Sendable {
    /// Requests a second.
    package var rate: Double
    package var seconds: Double

    package init(rate: Double, seconds: Double) {
      self.rate = rate
      self.seconds = seconds
    }
  }

  package let stages: [Stage]
  package let repeats: Bool
  /// When each stage begins [s], and how many requests have come by then in the mean.
  private let starts: [Double]
  private let counts: [Double]

  /// How much of the whole the busiest part is at the least that is taken for the peak: an hour of
  /// a day. What is shorter is a burst, and passes.
  private static let peakShare = 1.0 / 24

  /// - Parameter stages: at least one, of some length, with some request in all.
  package init(_ stages: [Stage], repeats: Bool) {
    self.stages = stages
    self.repeats = repeats
    var (time, count) = (0.0, 0.0)
    var (starts, counts) = ([0.0], [0.0])
    for stage in stages {
      time += stage.seconds
      count += stage.rate * stage.seconds
      starts.append(time)
      counts.append(count)
    }
    self.starts = starts
    self.counts = counts
  }

  /// So many times the rates, in digits that somebody would type.
  package func scaled(by factor: Double) -> StagedRate {
    StagedRate(
      stages.map { stage in
        Stage(
          rate: ReportNumber.rounded(stage.rate * factor, digits: 12), seconds: stage.seconds)
      }, repeats: repeats)
  }

  /// Length of all stages [s].
  package var seconds: Double { starts[stages.count] }
  /// Requests that come in all stages, in the mean.
  package var requests: Double { counts[stages.count] }
  /// Over all stages [req/s].
  package var mean: Double { requests / seconds }

  /// The highest mean over any twenty-fourth of the whole [req/s].
  ///
  /// It begins or ends where a stage does.
  package var highest: Double {
    let width = seconds * Self.peakShare
    var most = mean
    for start in starts {
      for (from, to) in [(start, start + width), (start - width, start)]
      where from >= 0 && to <= seconds {
        most = max(most, (count(until: to) - count(until: from)) / width)
      }
    }
    return most
  }

  /// The rate at a time of the first round [req/s].
  package func value(at time: Double) -> Double { stages[stage(at: time)].rate }

  private func count(until time: Double) -> Double {
    let index = stage(at: time)
    return counts[index] + stages[index].rate * (time - starts[index])
  }

  /// The stage that a time lies in, the last one for what comes after.
  private func stage(at time: Double) -> Int {
    var (low, high) = (0, stages.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= time { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The arrival after a time [s]; nil when the stages are over.
  ///
  /// The number of requests that come in the mean grows by an exponential between two of them,
  /// which is exact for any rate (Çinlar, "Introduction to Stochastic Processes", 1975, 4.7).
  func arrival(after time: Double, _ stream: inout RandomStream) -> Double? {
    let rounds = repeats ? (time / seconds).rounded(.down) : 0
    let reached = rounds * requests + count(until: min(time - rounds * seconds, seconds))
    let wanted = reached + stream.exponential()
    let whole = (wanted / requests).rounded(.down)
    guard repeats || whole < 1 else { return nil }
    return max(time, whole * seconds + self.time(ofCount: wanted - whole * requests))
  }

  private func time(ofCount count: Double) -> Double {
    var (low, high) = (0, stages.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if counts[middle] <= count { low = middle } else { high = middle - 1 }
    }
    guard stages[low].rate > 0 else { return starts[low + 1] }
    return min(starts[low] + (count - counts[low]) / stages[low].rate, starts[low + 1])
  }
}
