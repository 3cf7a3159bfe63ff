internal import BasicContainers
internal import EventKernel
internal import OperatorCosts
internal import Statistics
package import Units
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

  /// What happens apart from steps, the arrivals of an open process, and front ends.
  enum Event {
    /// A request in a slot of `pending` arrives.
    case arrival(Int32)
    /// A cache has been sent to a slot of a replica.
    case transferred(replica: Int32, slot: Int32, generation: Int32)
  }

  var queue = EventQueue<Event>()
  /// When each replica's run ends, or an idle replica looks at its queue; `.max` when it rests.
  var calendar: StepCalendar
  var source: RequestSource
  private let isClosedLoop: Bool
  /// Whether a completion may lead to another request.
  private let hasFollowUps: Bool
  /// Whether clients or routers must know when a request is finished.
  private let followsDepartures: Bool
  /// The next request of an open process. Each has one at a time, which is quicker to compare with
  /// the queue's first event than to queue.
  private var upcoming: Request
  /// When it arrives; `.max` when there is none.
  private var upcomingNanoseconds: Int64
  private let requests: Int
  /// The last step that was handled: its end, and whose it was.
  private(set) var lastStep = (nanoseconds: Int64.min, replica: 0)
  /// Of all pools, one after the other.
  var replicas: UniqueArray<Replica>
  /// One for each pool.
  var routers: [Router]
  var links: TransferLinks?
  /// Of each pool.
  private let limits: [ContextLimit]
  private var frontEnd: FrontEndQueue
  private let hasFrontEnd: Bool
  let availabilities: [Availability]
  var outages = EventQueue<OutageEvent>()
  var failureStreams: [RandomStream] = []
  /// How often a request that is in the system has begun anew, of those that have.
  var retries: [Int32: Int] = [:]
  /// By replica: whether it fails at the end of the step under way.
  var failing: [Bool]
  /// Requests that no replica is there for.
  var held: [Request] = []
  var heldHandovers: [Handover] = []
  /// Which texts prompts begin with, for caches and for routers.
  private let prefixes: PrefixSource?
  private var chain: [UInt64] = []
  var recorder: Recorder
  private var pending: [Request] = []
  private var freeSlots: [Int32] = []
  private var finished = UniqueArray<Request>()
  /// What comes of a request that has ended.
  private var following: [Request] = []

  package init(_ configuration: SimulationConfiguration) {
    source = RequestSource(
      configuration.workload, seed: configuration.seed, isEndless: configuration.isEndless)
    isClosedLoop = configuration.workload.arrivals.isClosed
    requests = configuration.workload.requests
    availabilities = configuration.pools.map(\.availability)
    let prefixes = configuration.prefixes(source)
    self.prefixes = prefixes
    let count = configuration.pools.reduce(0) { $0 + $1.replicas }
    replicas = UniqueArray(minimumCapacity: count)
    var routers: [Router] = []
    for (index, configured) in configuration.pools.enumerated() {
      var pool = configured
      // A trace with ids has blocks of its own size.
      if let prefixes { pool.prefixCache?.hashTokens = prefixes.blockTokens }
      // Steps of many replicas soon have all sizes, unless there is little to do.
      if pool.replicas >= 8, configuration.workload.requests >= pool.limits.tokenBudget {
        pool.model.fillTables(
          tokens: pool.limits.tokenBudget,
          sampled: pool.limits.maximumSequences * pool.model.verifiedTokens)
      }
      routers.append(Router(pool, first: replicas.count))
      for _ in 0..<pool.replicas {
        replicas.append(
          Replica(
            pool, index: index, prefixes: prefixes,
            isStepwise: configuration.mode == .stepwise))
      }
    }
    self.routers = routers
    // Of locals: where `||` reads a noncopyable `self` that is not whole yet, Swift 6.3 destroys
    // the recorder before it is there.
    let hasFollowUps = configuration.workload.hasFollowUps
    self.hasFollowUps = hasFollowUps
    let keepsTexts = source.openTexts != nil
    followsDepartures = hasFollowUps || keepsTexts || routers.contains { !$0.isSimple }
    calendar = StepCalendar(count: count)
    limits = configuration.pools.map(ContextLimit.init)
    frontEnd = FrontEndQueue(
      configuration.pools[0].frontEnd, servers: configuration.pools[0].replicas)
    hasFrontEnd = configuration.pools[0].frontEnd != .none
    links = configuration.transfer.map { TransferLinks($0, replicas: count) }
    recorder = Recorder(configuration)
    failing = [Bool](repeating: false, count: count)
    upcoming = Request(index: 0, arrival: .never, inputTokens: 1, outputTokens: 1)
    upcomingNanoseconds = .max
    if !isClosedLoop { takeNextArrival() }
    while isClosedLoop, let request = source.nextArrival() { schedule(request) }
    scheduleOutages(configuration.pools, seed: configuration.seed)
  }

  /// Share of the requests that have ended, 0...1.
  package var progress: Double {
    if let questions = source.questionSummary, requests > 0 {
      return min(1, Double(questions.answered + questions.failed) / Double(requests))
    }
    let ended = recorder.summary.completed + recorder.summary.rejected + recorder.summary.lost
    return requests > 0 ? Double(ended) / Double(requests) : 1
  }

  /// Handles up to a number of events, all of them before an instant; false when none is left.
  package mutating func advance(events: Int, before end: SimTime = .never) -> Bool {
    for _ in 0..<events {
      let step = calendar.earliest
      let queued = min(frontEnd.next, queue.next)
      if min(step, queued, upcomingNanoseconds) >= end.nanoseconds,
        outages.next >= end.nanoseconds || !hasWork
      {
        return false
      }
      // A request that arrives at the end of a step may be scheduled into the next one, so a step
      // ends after everything else that happens up to that instant.
      if upcomingNanoseconds <= step, upcomingNanoseconds <= queued, upcomingNanoseconds < .max {
        if outages.next <= upcomingNanoseconds {
          handleOutage()
          continue
        }
        let request = upcoming
        takeNextArrival()
        arrive(request)
      } else if outages.next <= min(step, queued), hasWork {
        handleOutage()
      } else if frontEnd.next <= min(step, queued), frontEnd.next < .max {
        let time = SimTime(nanoseconds: frontEnd.next)
        place(frontEnd.leave(), at: time)
      } else if queued <= step, let event = queue.pop() {
        handle(event.payload, at: SimTime(nanoseconds: event.nanoseconds))
      } else if step < Self.horizon {
        self.step(calendar.first, at: SimTime(nanoseconds: step))
      } else {
        return false
      }
    }
    return true
  }

  /// Whether so many requests were refused, and none served, that none will be.
  package var servesNothing: Bool {
    recorder.summary.completed == 0 && recorder.summary.rejected >= 100_000
  }

  /// No further request comes: those that are there are served, and the clients of a closed loop
  /// and the conversations have said what they had to say.
  package mutating func closeArrivals() {
    source.close()
    upcomingNanoseconds = .max
  }

  /// The result; the laws are checked and any that is broken is in it.
  package consuming func finish() -> RunSummary {
    while advance(events: .max) {}
    var outstanding = 0
    var heldBlocks = 0
    for index in replicas.indices {
      outstanding += replicas[index].outstanding
      heldBlocks += replicas[index].unreturnedBlocks
    }
    let routed = routers.reduce(0) { $0 + $1.unreturned }
    let questions = source.questionSummary
    return recorder.finish(
      outstanding: outstanding, heldBlocks: heldBlocks, routed: routed, questions: questions)
  }

  /// The result of a run that nobody goes on with: what has not ended is left where it is, and the
  /// laws say nothing of it.
  package consuming func abandon() -> RunSummary { recorder.abandoned() }

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
    case .transferred(let replica, let slot, let generation):
      endTransfer(to: Int(replica), slot: slot, generation: generation, at: time)
    }
  }

  /// Whether a request is somewhere.
  private var hasWork: Bool {
    calendar.earliest < .max || frontEnd.next < .max || queue.next < .max || !held.isEmpty
      || !heldHandovers.isEmpty
  }

  private mutating func handleOutage() {
    guard let event = outages.pop() else { return }
    handle(event.payload, at: SimTime(nanoseconds: event.nanoseconds))
  }

  private mutating func arrive(_ request: Request) {
    recorder.arrived(request)
    // The pool that decodes refuses before the other one has done anything.
    if limits.count > 1, limits[1].fixedBlocks(for: request) == nil {
      return reject(request, at: request.arrival)
    }
    guard hasFrontEnd else { return place(request, at: request.arrival) }
    // What can never fit takes none of the front end's time, and leaves when it came.
    if limits[0].fixedBlocks(for: request) == nil { return reject(request, at: request.arrival) }
    frontEnd.enter(request)
  }

  private mutating func reject(_ request: Request, at time: SimTime) {
    recorder.rejected(request, isTooLong: limits.contains { $0.isTooLong(request) })
    source.openTexts?.remove(request.index)
    goOn(after: request, at: time, .refused)
  }

  /// Routes a request and queues it, or rejects it when it can never fit.
  @inline(__always)
  mutating func place(_ request: Request, at time: SimTime) {
    guard let chosen = choose(0, request, at: time) else {
      guard limits[0].fixedBlocks(for: request) != nil else { return reject(request, at: time) }
      held.append(request)
      return recorder.queued(at: time)
    }
    guard let slot = replicas[chosen].enqueue(request) else {
      routers[0].left(chosen, request)
      return reject(request, at: time)
    }
    recorder.queued(at: time)
    if let end = replicas[chosen].notice(slot, at: time, steps: stepEnd(of: chosen, at: time)) {
      calendar.set(chosen, nanoseconds: end)
    }
  }

  /// The replica of a pool for a request, nil when none is there.
  @inline(__always)
  mutating func choose(_ pool: Int, _ request: Request, at time: SimTime) -> Int? {
    if routers[pool].isSimple { return routers[pool].first }
    if routers[pool].needsPrefix { prefixes?.blockIDs(of: request, into: &chain) }
    let used = usedBlocks(of: pool, at: time)
    return routers[pool].choose(request, usedBlocks: used, chain: chain)
      .map { $0 + routers[pool].first }
  }

  private mutating func step(_ index: Int, at time: SimTime) {
    lastStep = (time.nanoseconds, index)
    if recorder.timeline.isOn { noteStep(index) }
    replicas[index].completeRun(&recorder, finished: &finished)
    if !finished.isEmpty { handleFinished(index, at: time) }
    if failing[index] { return fail(index, at: time) }
    if replicas[index].role == .prefill { handOver(from: index, at: time) }
    let end = replicas[index].beginRun(at: time, &recorder) ?? .max
    calendar.set(index, nanoseconds: end)
    if replicas[index].role == .decode { startTransfers(to: index, at: time) }
  }

  private mutating func handleFinished(_ index: Int, at time: SimTime) {
    if followsDepartures {
      for position in finished.indices { left(index, finished[position], at: time) }
    }
    finished.removeAll(keepingCapacity: true)
  }

  /// A request is finished: its client goes on.
  @inline(__always)
  private mutating func left(_ index: Int, _ request: Request, at time: SimTime) {
    let pool = replicas[index].pool
    routers[pool].left(index - routers[pool].first, request)
    if !retries.isEmpty { retries[request.index] = nil }
    follow(request, at: time)
  }

  /// A request has left, or is lost: its client goes on.
  @inline(__always)
  mutating func follow(_ request: Request, at time: SimTime, _ end: RequestEnd = .finished) {
    source.openTexts?.remove(request.index)
    guard hasFollowUps else { return }
    goOn(after: request, at: time, end)
  }

  private mutating func goOn(after request: Request, at time: SimTime, _ end: RequestEnd) {
    source.ended(request, at: time, end, into: &following)
    for request in following { schedule(request) }
    following.removeAll(keepingCapacity: true)
  }

  private mutating func schedule(_ request: Request) {
    queue.push(.arrival(store(request)), nanoseconds: request.arrival.nanoseconds)
  }

  /// Keeps a request until it arrives.
  private mutating func store(_ request: Request) -> Int32 {
    guard let slot = freeSlots.popLast() else {
      pending.append(request)
      return Int32(pending.count - 1)
    }
    pending[Int(slot)] = request
    return slot
  }

  /// Cache blocks in use in each replica of a pool, for the routers that ask.
  mutating func usedBlocks(of pool: Int, at time: SimTime) -> [Int] {
    guard routers[pool].needsCacheUse else { return [] }
    let first = routers[pool].first
    return routers[pool].loads.indices.map {
      replicas[first + $0].usedBlocks(at: stepEnd(of: first + $0, at: time))
    }
  }

  /// The earliest end of a step at which a replica can take notice of something that happens now.
  ///
  /// Of steps that end at the same instant the lower replica's is first: what follows from a step
  /// comes too late for the step of a lower one, whether that one is an event of its own or lies
  /// within a run.
  @inline(__always)
  mutating func stepEnd(of replica: Int, at time: SimTime) -> SimTime {
    guard lastStep.nanoseconds == time.nanoseconds, replica < lastStep.replica else { return time }
    return SimTime(nanoseconds: time.nanoseconds + 1)
  }
}

extension EventQueue {
  /// When the earliest event is; `.max` when none is pending.
  fileprivate var next: Int64 { nextNanoseconds ?? .max }
}
