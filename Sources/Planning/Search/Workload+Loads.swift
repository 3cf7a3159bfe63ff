internal import Units
package import Workloads

extension Workload {
  /// A part of the requests, one after the other: as fast as a deployment can be for anybody.
  func alone(requests most: Int) -> Workload {
    var changed = self
    changed.requests = min(requests, most)
    if case .trace(let trace) = arrivals { changed.replayed = trace }
    changed.arrivals = .closedLoop(clients: 1, thinkTime: .zero)
    return changed
  }

  /// This workload with so many clients, each with its next request when it has its last answer,
  /// for as long as it takes to know what is always the case.
  package func kept(busyBy clients: Int) -> Workload {
    var changed = self
    if case .trace(let trace) = arrivals { changed.replayed = trace }
    changed.requests = max(10 * clients, 100)
    changed.arrivals = .closedLoop(clients: clients, thinkTime: .zero)
    changed.judgement = .steady
    return changed
  }
}
