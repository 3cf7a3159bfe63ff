internal import Units
package import Workloads

extension Workload {
  /// About how many requests come a second, the later turns of conversations apart; nil where
  /// completions decide it, or nothing does.
  var approximateRate: Double? {
    switch arrivals {
    case .poisson, .gamma, .diurnal: arrivals.peakRate
    case .trace(let trace):
      trace.entries.last.flatMap { last in
        let span = last.arrival.seconds
        return span > 0 ? Double(trace.entries.count) / span : nil
      }
    case .closedLoop, .offline: nil
    }
  }

  /// A part of the requests, all there at the start: what a deployment does when it is full.
  func saturating(requests most: Int) -> Workload {
    var changed = self
    changed.requests = min(requests, most)
    if case .trace(var trace) = arrivals {
      for index in trace.entries.indices { trace.entries[index].arrival = .zero }
      changed.arrivals = .trace(trace)
    } else {
      changed.arrivals = .offline
      for index in changed.classes.indices { changed.classes[index].sessions = nil }
    }
    return changed
  }

  /// A part of the requests, one after the other: as fast as a deployment can be for anybody.
  func alone(requests most: Int) -> Workload {
    var changed = self
    changed.requests = min(requests, most)
    if case .trace(var trace) = arrivals {
      // Further apart than any request takes.
      let gap: Int64 = 3_600_000_000_000
      for index in trace.entries.indices {
        trace.entries[index].arrival = SimTime(nanoseconds: Int64(index) * gap)
      }
      changed.arrivals = .trace(trace)
    } else {
      changed.arrivals = .closedLoop(clients: 1, thinkTime: .zero)
    }
    return changed
  }

  /// So many clients, each with its next request when it has its last answer: ten requests for each
  /// of them, as published measurements have it, and enough for a mean.
  package func kept(busyBy clients: Int) -> Workload {
    var changed = self
    changed.requests = max(10 * clients, 100)
    changed.arrivals = .closedLoop(clients: clients, thinkTime: .zero)
    return changed
  }
}
