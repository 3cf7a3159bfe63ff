internal import EventKernel
internal import Units
internal import Workloads

/// A discrete-event simulation of one serving replica.
///
///     var simulation = Simulation(configuration)
///     while simulation.advance(events: 100_000) { report(simulation.progress) }
///     let summary = simulation.finish()
///
/// It reads no file, prints nothing, asks no wall clock, knows no price, and draws no random number
/// but from the streams of its workload. Advancing in slices gives the same result as in one go.
package struct Simulation: ~Copyable {
  /// Simulated time ends after 146 years, before a run of steps could overflow it.
  static let horizon: Int64 = 1 << 62

  /// Arrivals of a closed loop's clients: slots of `pending`.
  private var queue = EventQueue<Int32>()
  /// When the replica's run ends, or an idle replica looks at its queue; `.never` when it rests.
  /// One time needs no queue, and a run that is cut short leaves no outdated event in it.
  private(set) var nextStep = SimTime.never
  private var source: RequestSource
  private let isClosedLoop: Bool
  /// The next request of an open process. Each has one at a time, which is quicker to compare with
  /// the queue's first event than to queue.
  private var upcoming: Request?
  private let requests: Int
  var replica: Replica
  private var recorder: Recorder
  private var pending: [Request] = []
  private var freeSlots: [Int32] = []
  private var finished: [Request] = []

  package init(_ configuration: SimulationConfiguration) {
    source = RequestSource(configuration.workload, seed: configuration.seed)
    isClosedLoop = configuration.workload.arrivals.isClosed
    requests = configuration.workload.requests
    replica = Replica(
      model: configuration.model, limits: configuration.limits, capacity: configuration.capacity,
      isStepwise: configuration.mode == .stepwise)
    recorder = Recorder(
      objectives: configuration.objectives, totalBlocks: configuration.capacity.totalBlocks,
      keepsRecords: configuration.keepsRecords)
    upcoming = isClosedLoop ? nil : source.nextArrival()
    while isClosedLoop, let request = source.nextArrival() { schedule(request) }
  }

  /// Share of the requests that have ended, 0...1.
  package var progress: Double {
    let ended = recorder.summary.completed + recorder.summary.rejected
    return requests > 0 ? Double(ended) / Double(requests) : 1
  }

  /// Handles up to a number of events; false when none is left.
  package mutating func advance(events: Int) -> Bool {
    for _ in 0..<events {
      let step = nextStep.nanoseconds
      // A request that arrives at the end of a step comes before it (`EventPriority.arrival`).
      if let request = upcoming, request.arrival.nanoseconds <= step {
        upcoming = source.nextArrival()
        arrive(request)
      } else if let arrival = queue.nextNanoseconds, arrival <= step, let event = queue.pop() {
        freeSlots.append(event.payload)
        arrive(pending[Int(event.payload)])
      } else if step < Self.horizon {
        self.step(at: nextStep)
      } else {
        return false
      }
    }
    return true
  }

  /// The result; the laws are checked and any that is broken is in it.
  package consuming func finish() -> RunSummary {
    while advance(events: .max) {}
    recorder.finish()
    var summary = recorder.summary
    summary.checkLaws(outstanding: replica.outstanding, heldBlocks: replica.pool.used)
    return summary
  }

  // MARK: Events

  private mutating func arrive(_ request: Request) {
    recorder.arrived(request)
    guard replica.enqueue(request) else {
      recorder.rejected(request)
      if let following = source.nextAfterCompletion(at: request.arrival) { schedule(following) }
      return
    }
    recorder.queued(at: request.arrival)
    if replica.isIdle {
      // Not at once: others may arrive at the same instant, and one step takes them all.
      nextStep = request.arrival
    } else if let end = replica.interrupt(at: request.arrival) {
      nextStep = end
    }
  }

  private mutating func step(at time: SimTime) {
    while !finished.isEmpty { finished.removeLast() }
    replica.completeRun(&recorder, finished: &finished)
    if isClosedLoop {
      for _ in finished {
        if let following = source.nextAfterCompletion(at: time) { schedule(following) }
      }
    }
    nextStep = replica.beginRun(at: time, &recorder) ?? .never
  }

  private mutating func schedule(_ request: Request) {
    let slot: Int32
    if let free = freeSlots.popLast() {
      slot = free
      pending[Int(slot)] = request
    } else {
      slot = Int32(pending.count)
      pending.append(request)
    }
    queue.push(
      slot, nanoseconds: request.arrival.nanoseconds, priority: EventPriority.arrival.rawValue)
  }
}
