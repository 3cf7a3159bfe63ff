internal import Units

extension Workload {
  /// So near to the highest rate that a batch beside it is one at the peak.
  private static let nearPeak = 0.9

  /// The workload as it is when it is busiest, all along: with its batch where the window is open
  /// at a rate near to the highest.
  package var atPeak: Workload {
    var changed = self
    changed.arrivals = arrivals.atPeak
    guard var window = batch, let highest = arrivals.highestRate else { return changed }
    let rates = (0...240).compactMap {
      arrivals.rate(at: window.opens + window.length * Double($0) / 240)
    }
    if (rates.max() ?? 0) < Self.nearPeak * highest {
      changed.batch = nil
    } else {
      (window.opens, window.length, window.period) = (0, 1e9, 1e9)
      window.requests = .max / 2
      changed.batch = window
    }
    return changed
  }
}

extension ArrivalProcess {
  /// Rate at a time [req/s], of a process whose rate follows the time; nil of every other.
  fileprivate func rate(at seconds: Double) -> Double? {
    switch self {
    case .diurnal(let rate): rate.value(at: seconds)
    case .staged(let rate): rate.value(at: seconds.truncatingRemainder(dividingBy: rate.seconds))
    default: nil
    }
  }
}
