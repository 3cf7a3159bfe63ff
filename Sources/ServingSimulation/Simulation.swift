internal import BasicContainers
internal import EventKernel
internal import Units
internal import Workloads

/// A discrete-event simulation of serving replicas behind routers.
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

  /// What happens apart from steps and the arrivals of an open process.
  enum Event {
    /// A request in a slot of `pending` arrives.
    case arrival(Int32)
    /// A cache has been sent to a slot of a replica.
    case transferred(replica: Int32, slot: Int32)
  }

  var queue = EventQueue<Event>()
  /// When each replica's run ends, or an idle replica looks at its queue; `.max` when it rests.
  var calendar: StepCalendar
  var source: RequestSource
  private let isClosedLoop: Bool
  /// Whether clients or routers must know when a request is finished.
  private let followsDepartures: Bool
  /// The next request of an open process. Each has one at a time, which is quicker to compare with
  /// the queue's first event than to queue.
  private var upcoming: Request
  /// When it arrives; `.max` when there is none.
  private var upcomingNanoseconds: Int64
  private let requests: Int
  /// Of all pools, one after the other.
  var replicas: UniqueArray<Replica>
  /// One for each pool.
  var routers: [Router]
  var links: TransferLinks?
  /// Of the pool that decodes, when another one prefills.
  let decodePool: PoolConfiguration?
  var recorder: Recorder
  private var pending: [Request] = []
  private var freeSlots: [Int32] = []
  private var finished: [Request] = []

  package init(_ configuration: SimulationConfiguration) {
    source = RequestSource(configuration.workload, seed: configuration.seed)
    isClosedLoop = configuration.workload.arrivals.isClosed
    requests = configuration.workload.requests
    followsDepartures = isClosedLoop || configuration.pools.contains { $0.replicas > 1 }
    let count = configuration.pools.reduce(0) { $0 + $1.replicas }
    replicas = UniqueArray(minimumCapacity: count)
    routers = []
    for (index, pool) in configuration.pools.enumerated() {
      routers.append(Router(pool.routing, first: replicas.count, replicas: pool.replicas))
      for _ in 0..<pool.replicas {
        replicas.append(
          Replica(pool, index: index, isStepwise: configuration.mode == .stepwise))
      }
    }
    calendar = StepCalendar(count: count)
    decodePool = configuration.pools.first { $0.role == .decode }
    links = configuration.transfer.map { TransferLinks($0, replicas: count) }
    recorder = Recorder(configuration)
    upcoming = Request(index: 0, arrival: .never, inputTokens: 1, outputTokens: 1)
    upcomingNanoseconds = .max
    if !isClosedLoop { takeNextArrival() }
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
      let step = calendar.earliest
      // A request that arrives at the end of a step comes before it (`EventPriority.arrival`).
      if upcomingNanoseconds <= min(step, queue.next), upcomingNanoseconds < .max {
        let request = upcoming
        takeNextArrival()
        arrive(request)
      } else if queue.next <= step, let event = queue.pop() {
        handle(event.payload, at: SimTime(nanoseconds: event.nanoseconds))
      } else if step < Self.horizon {
        self.step(calendar.first, at: SimTime(nanoseconds: step))
      } else {
        return false
      }
    }
    return true
  }

  /// The result; the laws are checked and any that is broken is in it.
  package consuming func finish() -> RunSummary {
    while advance(events: .max) {}
    var outstanding = 0
    var heldBlocks = 0
    for index in replicas.indices {
      outstanding += replicas[index].outstanding
      heldBlocks += replicas[index].usedBlocks
    }
    return recorder.finish(outstanding: outstanding, heldBlocks: heldBlocks)
  }

  // MARK: Events

  @inline(__always)
  private mutating func takeNextArrival() {
    guard let request = source.nextArrival() else {
      upcomingNanoseconds = .max
      return
    }
    upcoming = request
    upcomingNanoseconds = request.arrival.nanoseconds
  }

  private mutating func handle(_ event: Event, at time: SimTime) {
    switch event {
    case .arrival(let slot):
      freeSlots.append(slot)
      arrive(pending[Int(slot)])
    case .transferred(let replica, let slot):
      endTransfer(to: Int(replica), slot: slot, at: time)
    }
  }

  private mutating func arrive(_ request: Request) {
    recorder.arrived(request)
    guard decodePool?.canHold(request) ?? true, admit(request) else {
      recorder.rejected(request)
      if let following = source.nextAfterCompletion(at: request.arrival) { schedule(following) }
      return
    }
    recorder.queued(at: request.arrival)
  }

  /// Routes a request and queues it; false when it can never fit.
  private mutating func admit(_ request: Request) -> Bool {
    let chosen = routers[0].choose(request, usedBlocks: usedBlocks(of: 0, at: request.arrival))
    guard let slot = replicas[chosen].enqueue(request) else {
      routers[0].left(chosen, request)
      return false
    }
    if let time = replicas[chosen].notice(slot, at: request.arrival) {
      calendar.set(chosen, nanoseconds: time.nanoseconds)
    }
    return true
  }

  private mutating func step(_ index: Int, at time: SimTime) {
    while !finished.isEmpty { finished.removeLast() }
    replicas[index].completeRun(&recorder, finished: &finished)
    if followsDepartures {
      for request in finished { left(index, request, at: time) }
    }
    if replicas[index].role == .prefill { handOver(from: index, at: time) }
    let next = replicas[index].beginRun(at: time, &recorder) ?? .never
    calendar.set(index, nanoseconds: next.nanoseconds)
    if replicas[index].role == .decode { startTransfers(to: index, at: time) }
  }

  /// A request is finished: its client goes on.
  @inline(__always)
  private mutating func left(_ index: Int, _ request: Request, at time: SimTime) {
    let pool = replicas[index].pool
    routers[pool].left(index - routers[pool].first, request)
    guard isClosedLoop, let following = source.nextAfterCompletion(at: time) else { return }
    schedule(following)
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
      .arrival(slot), nanoseconds: request.arrival.nanoseconds,
      priority: EventPriority.arrival.rawValue)
  }

  /// Cache blocks in use in each replica of a pool, for the routers that ask.
  mutating func usedBlocks(of pool: Int, at time: SimTime) -> [Int] {
    guard routers[pool].needsCacheUse else { return [] }
    let first = routers[pool].first
    return routers[pool].loads.indices.map { replicas[first + $0].usedBlocks(at: time) }
  }
}

extension EventQueue {
  /// When the earliest event is; `.max` when none is pending.
  fileprivate var next: Int64 { nextNanoseconds ?? .max }
}
