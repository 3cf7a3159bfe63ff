internal import Units
package import Workloads

extension Workload {
  /// This workload with so many times the requests in the same time: a process with a higher rate,
  /// more clients, a larger batch. A trace has the requests that it has, and is played faster.
  package func scaled(by factor: Double) -> Workload {
    guard factor != 1 else { return self }
    var changed = self
    switch arrivals {
    case .poisson(let rate): changed.arrivals = .poisson(rate: Self.typed(rate * factor))
    case .gamma(let rate, let variation):
      changed.arrivals = .gamma(rate: Self.typed(rate * factor), coefficientOfVariation: variation)
    case .diurnal(var rate):
      rate.mean = Self.typed(rate.mean * factor)
      changed.arrivals = .diurnal(rate)
    case .staged(let rate): changed.arrivals = .staged(rate.scaled(by: factor))
    case .closedLoop(let clients, let thinkTime):
      changed.arrivals = .closedLoop(clients: Self.whole(clients, factor), thinkTime: thinkTime)
    case .trace(var trace):
      trace.speed *= factor
      changed.arrivals = .trace(trace)
      return changed
    case .offline: break
    }
    changed.requests = Self.whole(requests, factor)
    return changed
  }

  /// So many times a count, and a part of one as one: 7 of 300 are 7, whatever the last bits say.
  private static func whole(_ count: Int, _ factor: Double) -> Int {
    Int((Double(count) * factor * (1 - 1e-12)).rounded(.up))
  }

  /// A product as somebody types it, without what the last bits make of it: `440`, not
  /// `440.00000000000006`.
  private static func typed(_ rate: Double) -> Double { ReportNumber.rounded(rate, digits: 12) }

  /// Whether requests come at a rate, or with clients: a batch is there at once.
  package var hasLoad: Bool { arrivals != .offline }

  /// What `--set` is given for it: keys of the workload with their values.
  package func loadSettings(scaledBy factor: Double) -> [(path: String, value: String)] {
    let changed = scaled(by: factor)
    guard changed != self else { return [] }
    let requests = ("requests", "\(changed.requests)")
    switch changed.arrivals {
    case .poisson(let rate), .gamma(let rate, _):
      // How many are reported decides nothing.
      return [("arrivals.rate", "\(rate) req/s")]
    case .diurnal(let rate): return [("arrivals.rate", "\(rate.mean) req/s")]
    case .staged(let rate):
      let stages = rate.stages.map { "{rate: \($0.rate) req/s, duration: \($0.seconds) s}" }
      return [
        (
          "arrivals",
          "{process: stages, repeat: \(rate.repeats), stages: [\(stages.joined(separator: ", "))]}"
        )
      ]
    case .closedLoop(let clients, _): return [("arrivals.clients", "\(clients)"), requests]
    // On top of the speed that the scenario has.
    case .trace: return [("arrivals.speed", "\(factor)")]
    case .offline: return [requests]
    }
  }
}
