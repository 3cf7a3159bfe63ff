internal import Units
package import Workloads

extension Workload {
  /// The same span with so many times the requests: a process with a higher rate, more clients. A
  /// trace has the requests that it has, and is played faster. A load that rises and falls over the
  /// day is that of its peak, all along: who serves that serves the rest. An offline workload has
  /// no load, and stays as it is.
  package func scaled(by factor: Double) -> Workload {
    guard factor != 1 || hasPeak else { return self }
    var changed = self
    switch arrivals {
    case .poisson(let rate): changed.arrivals = .poisson(rate: rate * factor)
    case .gamma(let rate, let variation):
      changed.arrivals = .gamma(rate: rate * factor, coefficientOfVariation: variation)
    case .diurnal(let rate): changed.arrivals = .poisson(rate: rate.highest * factor)
    case .closedLoop(let clients, let thinkTime):
      let count = Int((Double(clients) * factor).rounded(.up))
      changed.arrivals = .closedLoop(clients: count, thinkTime: thinkTime)
    case .trace(var trace):
      for index in trace.entries.indices {
        let nanoseconds = Double(trace.entries[index].arrival.nanoseconds) / factor
        trace.entries[index].arrival = SimTime(nanoseconds: Int64(nanoseconds.rounded()))
      }
      changed.arrivals = .trace(trace)
      return changed
    case .offline: return self
    }
    changed.requests = Int((Double(requests) * factor).rounded(.up))
    return changed
  }

  private var hasPeak: Bool { if case .diurnal = arrivals { true } else { false } }

  /// Whether there is more or less of it.
  package var hasLoad: Bool { arrivals != .offline }

  /// What `--set` is given for it: keys of the workload with their values.
  package func loadSettings(scaledBy factor: Double) -> [(path: String, value: String)] {
    let changed = scaled(by: factor)
    guard changed != self else { return [] }
    let requests = ("requests", "\(changed.requests)")
    switch changed.arrivals {
    case .poisson(let rate) where hasPeak:
      return [("arrivals", "{process: poisson, rate: \(rate) req/s}"), requests]
    case .poisson(let rate), .gamma(let rate, _):
      return [("arrivals.rate", "\(rate) req/s"), requests]
    case .closedLoop(let clients, _): return [("arrivals.clients", "\(clients)"), requests]
    // On top of the speed that the scenario has.
    case .trace: return [("arrivals.speed", "\(factor)")]
    // What is scaled has no day any more.
    case .offline, .diurnal: return []
    }
  }
}
