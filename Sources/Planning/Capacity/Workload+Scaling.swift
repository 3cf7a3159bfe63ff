internal import Units
package import Workloads

extension Workload {
  /// The same requests, so many times as dense: a process with a higher rate, more clients, a trace
  /// played faster. A load that rises and falls over the day is that of its peak, all along: who
  /// serves that serves the rest. An offline workload has no load, and stays as it is.
  package func scaled(by factor: Double) -> Workload {
    guard factor != 1 || hasPeak else { return self }
    var changed = self
    switch arrivals {
    case .poisson(let rate): changed.arrivals = .poisson(rate: rate * factor)
    case .gamma(let rate, let variation):
      changed.arrivals = .gamma(rate: rate * factor, coefficientOfVariation: variation)
    case .closedLoop(let clients, let thinkTime):
      let count = Int((Double(clients) * factor).rounded(.up))
      changed.arrivals = .closedLoop(clients: count, thinkTime: thinkTime)
      // As many for each client as before.
      changed.requests = Int((Double(requests) * Double(count) / Double(clients)).rounded(.up))
    case .trace(var trace):
      for index in trace.entries.indices {
        let nanoseconds = Double(trace.entries[index].arrival.nanoseconds) / factor
        trace.entries[index].arrival = SimTime(nanoseconds: Int64(nanoseconds.rounded()))
      }
      changed.arrivals = .trace(trace)
    case .diurnal(let rate): changed.arrivals = .poisson(rate: rate.highest * factor)
    case .offline: break
    }
    return changed
  }

  private var hasPeak: Bool { if case .diurnal = arrivals { true } else { false } }

  /// Whether there is more or less of it.
  package var hasLoad: Bool { arrivals != .offline }

  /// What `--set` is given for it: the key and its value; nil when it stays as it is.
  package func loadSetting(scaledBy factor: Double) -> (path: String, value: String)? {
    guard factor != 1 || hasPeak else { return nil }
    switch scaled(by: factor).arrivals {
    case .poisson(let rate) where hasPeak:
      return ("arrivals", "{process: poisson, rate: \(rate) req/s}")
    case .poisson(let rate), .gamma(let rate, _): return ("arrivals.rate", "\(rate) req/s")
    case .closedLoop(let clients, _): return ("arrivals.clients", "\(clients)")
    // On top of the speed that the scenario has.
    case .trace: return ("arrivals.speed", "\(factor)")
    // What is scaled has no day any more.
    case .offline, .diurnal: return nil
    }
  }
}
