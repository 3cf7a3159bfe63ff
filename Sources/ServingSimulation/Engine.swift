internal import BasicContainers
internal import EventKernel
internal import OperatorCosts
internal import Statistics
internal import Units
internal import Workloads

/// Serving replicas behind routers, and nothing of where their requests come from.
///
///     engine.submit(request)                          // it arrives when it says
///     while engine.advance(before: .max) != .nothing {
///       for end in engine.takeEnded() { ... }         // and may lead to others
///     }
///
/// A driver (`Simulation`) gives it requests, cancels them, and is told how each of them ends.
struct Engine: ~Copyable {
  /// Simulated time ends after 146 years, before a run of steps could overflow it.
  static let horizon: Int64 = 1 << 62

  /// What happens apart from steps, arrivals that are due, and front ends.
  enum Event {
    /// A request in a slot of `pending` arrives.
    case arrival(Int32)
    /// A cache has been sent to a slot of a replica.
    case transferred(replica: Int32, slot: Int32, generation: Int32)
    /// The patience of a request's client ends: with its first token, or with the whole answer.
    case patience(request: Int32, isDeadline: Bool)
  }

  /// What comes of looking for the next event.
  enum Progress {
    case nothing
    case handled
    /// The driver's next arrival is before anything else.
    case arrival
  }

  /// How a request has ended.
  struct Ended {
    var request: Request
    var time: SimTime
    var end: RequestEnd
  }

  var queue = EventQueue<Event>()
  /// When each replica's run ends, or an idle replica looks at its queue; `.max` when it rests.
  var calendar: StepCalendar
  /// Whether anybody but the routers asks how requests end.
  private let reportsEnds: Bool
  /// Whether driver or routers must know when a request is finished.
  private let followsDepartures: Bool
  /// The last step that was handled: its end, and whose it was.
  private(set) var lastStep = (nanoseconds: Int64.min, replica: 0)
  /// The replicas of all pools, one pool after the other.
  var replicas: UniqueArray<Replica>
  /// One before all replicas that requests come to, and where there are two pools one before those
  /// that decode.
  var routers: [Router]
  /// The position of each pool's first replica in `replicas`.
  let firstReplicas: [Int]
  var links: TransferLinks?
  /// What a request must keep within, by pool. Not asked of the routers, of which a method that
  /// only reads is given a copy.
  private let limits: [ContextLimit]
  private let isFleet: Bool
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
  private var chain = PrefixChain()
  var recorder: Recorder
  private var pending: [Request] = []
  private var freeSlots: [Int32] = []
  private var finished = UniqueArray<Request>()
  /// In order, until the driver takes notice.
  var ended: [Ended] = []
  /// Requests that were cancelled before they came to a replica.
  var unplaced: Set<Int32> = []
  /// When clients go away, and where those requests are whose clients may.
  let patience: ClientPatience?
  let hasPatience: Bool
  /// Whether blocks may be held between turns.
  private let hasLeases: Bool
  var awaited: [Int32: Awaited] = [:]
  /// By replica: whether it has requests that are cancelled at the end of the step under way.
  var cancelling: [Bool]
  /// The instant of the last event [ns], and how many came before one that had been handled: none,
  /// by law L2.
  private(set) var clock = Int64.min
  private var reversals = 0

  /// - Parameters:
  ///   - prefixes: which texts prompts begin with, if that is kept.
  ///   - reportsEnds: whether the driver wants to know how requests end.
  init(_ configuration: SimulationConfiguration, prefixes: PrefixSource?, reportsEnds: Bool) {
    availabilities = configuration.pools.map(\.availability)
    self.prefixes = prefixes
    let count = configuration.pools.reduce(0) { $0 + $1.replicas }
    replicas = UniqueArray(minimumCapacity: count)
    var firstReplicas: [Int] = []
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
      firstReplicas.append(replicas.count)
      for _ in 0..<pool.replicas {
        replicas.append(
          Replica(
            pool, index: index, prefixes: prefixes,
            isStepwise: configuration.mode == .stepwise,
            // Whose end leads to others may be taken back, and is looked for in the tables.
            longestQueue: configuration.workload.hasFollowUps
              || configuration.workload.hasPatience || pool.limits.priorities != nil
              ? .max : configuration.longestQueue))
      }
    }
    self.firstReplicas = firstReplicas
    let stages = configuration.isFleet ? [configuration.pools] : configuration.pools.map { [$0] }
    let routers = stages.enumerated().map { Router($1, first: firstReplicas[$0]) }
    self.routers = routers
    self.reportsEnds = reportsEnds
    patience = ClientPatience(configuration.workload, seed: configuration.seed)
    hasPatience = configuration.workload.hasPatience
    hasLeases = prefixes?.conversations != nil
    followsDepartures =
      reportsEnds || configuration.workload.hasPatience || routers.contains { !$0.isSimple }
    calendar = StepCalendar(count: count)
    limits = configuration.pools.map(ContextLimit.init)
    isFleet = configuration.isFleet
    frontEnd = FrontEndQueue(
      configuration.pools[0].frontEnd, servers: stages[0].reduce(0) { $0 + $1.replicas })
    hasFrontEnd = configuration.pools[0].frontEnd != .none
    links = configuration.transfer.map { TransferLinks($0, replicas: count) }
    recorder = Recorder(configuration)
    failing = [Bool](repeating: false, count: count)
    cancelling = failing
    scheduleOutages(configuration.pools, seed: configuration.seed)
  }

  /// Handles the next event.
  ///
  /// - Parameters:
  ///   - end: nothing is handled from then on [ns].
  ///   - arrival: when the driver's next request arrives [ns]; `.max` when none does.
  @inline(__always)
  mutating func advance(before end: Int64, arrival: Int64) -> Progress {
    let step = calendar.earliest
    let queued = min(frontEnd.next, queue.next)
    if min(step, queued, arrival) >= end, outages.next >= end || !hasWork { return .nothing }
    // A request that arrives at the end of a step may be scheduled into the next one, so a step
    // ends after everything else that happens up to that instant.
    if arrival <= step, arrival <= queued, arrival < .max {
      guard outages.next <= arrival else {
        tick(arrival)
        return .arrival
      }
      handleOutage()
    } else if outages.next <= min(step, queued), hasWork {
      handleOutage()
    } else if frontEnd.next <= min(step, queued), frontEnd.next < .max {
      let time = SimTime(nanoseconds: frontEnd.next)
      tick(time.nanoseconds)
      place(frontEnd.leave(), at: time)
    } else if queued <= step, let event = queue.pop() {
      tick(event.nanoseconds)
      handle(event.payload, at: SimTime(nanoseconds: event.nanoseconds))
    } else if step < Self.horizon {
      tick(step)
      self.step(calendar.first, at: SimTime(nanoseconds: step))
    } else {
      return .nothing
    }
    return .handled
  }

  /// Time goes on to the event that is handled next.
  @inline(__always)
  private mutating func tick(_ nanoseconds: Int64) {
    if nanoseconds < clock { reversals += 1 } else { clock = nanoseconds }
  }

  /// A request arrives later, as it says.
  mutating func submit(_ request: Request) {
    queue.push(.arrival(store(request)), nanoseconds: request.arrival.nanoseconds)
  }

  /// Requests in the system now.
  var outstanding: Int {
    mutating get {
      var sum = 0
      for index in replicas.indices { sum += replicas[index].outstanding }
      return sum
    }
  }

  /// The result, with the laws checked.
  consuming func finish(questions: QuestionSummary?, batch: BatchSummary? = nil) -> RunSummary {
    var heldBlocks = 0
    if hasLeases { closeLeases() }
    for index in replicas.indices {
      heldBlocks += replicas[index].unreturnedBlocks
      recorder.pools[replicas[index].pool].waitingNanoseconds += replicas[index].table.waited
    }
    let routed = routers.reduce(0) { $0 + $1.unreturned }
    let left = outstanding
    return recorder.finish(
      outstanding: left, heldBlocks: heldBlocks, routed: routed, reversals: reversals,
      questions: questions, batch: batch)
  }

  /// The result where nobody goes on, with the laws checked that hold at any time.
  consuming func abandon() -> RunSummary { recorder.abandoned(reversals: reversals) }

  // MARK: Events

  private mutating func handle(_ event: Event, at time: SimTime) {
    switch event {
    case .arrival(let slot):
      freeSlots.append(slot)
      arrive(pending[Int(slot)])
    case .transferred(let replica, let slot, let generation):
      endTransfer(to: Int(replica), slot: slot, generation: generation, at: time)
    case .patience(let request, let isDeadline):
      endPatience(of: request, isDeadline: isDeadline, at: time)
    }
  }

  /// Whether a request is somewhere.
  private var hasWork: Bool {
    calendar.earliest < .max || frontEnd.next < .max || queue.next < .max || !held.isEmpty
      || !heldHandovers.isEmpty
  }

  private mutating func handleOutage() {
    guard let event = outages.pop() else { return }
    tick(event.nanoseconds)
    handle(event.payload, at: SimTime(nanoseconds: event.nanoseconds))
  }

  /// A request arrives now.
  mutating func arrive(_ request: Request) {
    recorder.arrived(request)
    if hasPatience { expect(request) }
    // The pool that decodes refuses before the other one has done anything.
    if limits.count > 1, !isFleet, limits[1].fixedBlocks(for: request) == nil {
      return reject(request, at: request.arrival)
    }
    guard hasFrontEnd else { return place(request, at: request.arrival) }
    // What can never fit takes none of the front end's time, and leaves when it came.
    if !canServe(request) { return reject(request, at: request.arrival) }
    frontEnd.enter(request)
  }

  /// Whether any replica that requests come to could hold one, and takes it.
  @inline(__always)
  private mutating func canServe(_ request: Request) -> Bool {
    isFleet ? routers[0].canServe(request) : limits[0].fixedBlocks(for: request) != nil
  }

  private mutating func reject(_ request: Request, at time: SimTime) {
    recorder.rejected(request, isTooLong: routers.contains { $0.isTooLong(request) })
    note(request, at: time, .refused)
  }

  /// Routes a request and queues it, or rejects it when it can never fit.
  @inline(__always)
  mutating func place(_ request: Request, at time: SimTime) {
    if !unplaced.isEmpty, unplaced.remove(request.index) != nil {
      return cancelled(request, at: time)
    }
    guard let chosen = choose(0, request, at: time) else {
      guard canServe(request) else { return reject(request, at: time) }
      held.append(request)
      return recorder.queued(at: time)
    }
    guard let waiting = replicas[chosen].enqueue(request, at: time) else {
      routers[0].left(chosen, request)
      return reject(request, at: time)
    }
    recorder.queued(at: time)
    if hasPatience { noteBegin(of: request, on: chosen, waiting) }
    if let end = replicas[chosen].notice(waiting, at: time, steps: stepEnd(of: chosen, at: time)) {
      calendar.set(chosen, nanoseconds: end)
    }
  }

  /// The replica behind a router for a request, nil when none is there.
  @inline(__always)
  mutating func choose(_ stage: Int, _ request: Request, at time: SimTime) -> Int? {
    if routers[stage].isSimple { return routers[stage].first }
    if routers[stage].needsPrefix { prefixes?.find(&chain, of: request) }
    let used = usedBlocks(of: stage, at: time)
    guard let chosen = routers[stage].choose(request, usedBlocks: used, chain: chain) else {
      return nil
    }
    return chosen + routers[stage].first
  }

  private mutating func step(_ index: Int, at time: SimTime) {
    lastStep = (time.nanoseconds, index)
    if recorder.timeline.isOn { noteStep(index) }
    replicas[index].completeRun(&recorder, finished: &finished)
    if !finished.isEmpty { handleFinished(index, at: time) }
    if hasLeases { noteLeases(index) }
    if cancelling[index] { dropCancelled(index, at: time) }
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

  /// A request is finished.
  @inline(__always)
  private mutating func left(_ index: Int, _ request: Request, at time: SimTime) {
    let stage = stage(of: index)
    routers[stage].left(index - routers[stage].first, request)
    note(request, at: time, .finished)
  }

  /// A request has ended.
  @inline(__always)
  mutating func note(_ request: Request, at time: SimTime, _ end: RequestEnd) {
    if !retries.isEmpty { retries[request.index] = nil }
    if hasPatience { awaited[request.index] = nil }
    if reportsEnds { ended.append(Ended(request: request, time: time, end: end)) }
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

  /// Which router a replica is behind.
  @inline(__always)
  mutating func stage(of replica: Int) -> Int { replicas[replica].role == .decode ? 1 : 0 }

  /// Cache blocks in use in each replica behind a router that asks; of a fleet, whose replicas are
  /// of different sizes, millionths of what each has.
  mutating func usedBlocks(of stage: Int, at time: SimTime) -> [Int] {
    guard routers[stage].needsCacheUse else { return [] }
    let first = routers[stage].first
    return routers[stage].loads.indices.map {
      let used = replicas[first + $0].usedBlocks(at: stepEnd(of: first + $0, at: time))
      return routers[stage].isFleet ? used * 1_000_000 / replicas[first + $0].totalBlocks : used
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
