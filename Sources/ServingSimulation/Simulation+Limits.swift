internal import BasicContainers
package import Units
package import Workloads

// What a run may need more of than there is: memory of the computer it runs on, where only requests
// that are in the system at the same time count, and simulated time.
extension Simulation {
  /// Bytes for each request in the system: its state, and its places in the queue and among the
  /// free slots. Arrays that grow hold up to as much again for a moment.
  package static var bytesPerRequest: Int {
    MemoryLayout<RequestState>.stride + 2 * MemoryLayout<Int32>.stride
  }

  /// Requests that are in the system at once whatever the machine does; nil when it matters.
  package static func certainPeak(of workload: Workload) -> Int? {
    switch workload.arrivals {
    case .offline: workload.requests
    case .closedLoop(let clients, _): min(clients, workload.requests)
    case .poisson, .gamma, .diurnal, .staged, .trace: nil
    }
  }

  /// Whether the next step of any replica is beyond the end of simulated time, with requests left.
  package var isOutOfTime: Bool {
    engine.calendar.earliest < .max && engine.calendar.earliest >= Engine.horizon
  }

  /// Why requests of a trace have ceased to come, where it is not that there are none.
  package var traceFailure: TraceFailure? { source.failure }

  package var replicaCount: Int { engine.replicas.count }

  package var counts: RunCounts { engine.recorder.summary.counts }

  /// Requests that have arrived so far.
  package var arrived: Int64 { engine.recorder.summary.arrived }

  /// The end of the last step.
  package var now: SimTime { SimTime(nanoseconds: max(0, engine.lastStep.nanoseconds)) }

  /// Requests in the system now.
  package var outstanding: Int {
    mutating get { engine.outstanding }
  }
}
