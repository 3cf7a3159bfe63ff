internal import BasicContainers
internal import DequeModule
internal import OperatorCosts
internal import Units
internal import Workloads

/// What a replica does for a request.
package enum ReplicaRole: String, CaseIterable, Sendable {
  /// Computes the prompt and decodes.
  case serving
  /// Computes the prompt and hands the request over.
  case prefill
  /// Decodes what others prefilled.
  case decode
}

/// One copy of a model with its queue, its running sequences and its cache.
///
/// It knows time only as the clock it is given, and nothing of where requests come from. The driver
/// alternates `enqueue`, `beginRun` and `completeRun`; the last two are the scheduler's step loop,
/// with any number of undisturbed decode steps taken as one run.
///
/// Methods of the step loop are `mutating` even where they change nothing: a method that only
/// borrows `self` is handed a copy of the whole struct, about a hundred nanoseconds each time.
struct Replica: ~Copyable {
  let role: ReplicaRole
  /// Position of its pool in the recorder's list.
  let pool: Int
  var model: StepModel
  private let limit: ContextLimit
  /// To bring one block of the host's memory back.
  let loadFemtosecondsPerBlock: Int64
  /// To bring the cache of one token there, or back.
  let moveFemtosecondsPerToken: Int64
  /// By class, what the images of a prompt take; empty where there are none.
  private(set) var encoding: [PartCost]
  /// What becomes of caches between turns; nil where they just stay.
  let conversations: ConversationCaches?
  /// When leases run out that have begun since somebody asked.
  var leaseEnds: [SimTime] = []
  /// 1 makes every step a scheduling event: the step-by-step mode.
  let longestRun: Int64

  var table: SequenceTable
  /// Attention ranks, which batch separately and step together; most replicas have one.
  var ranks: UniqueArray<AttentionRank>
  let rankCount: Int
  /// By rank, what a new request is weighed against: prompt tokens to compute where only prompts
  /// are computed, else requests.
  var rankLoads: [Int]

  /// The run in progress and the price of its steps; meaningless while the replica is idle.
  var run = Run()
  var price = StepPrice()
  /// What the slowest rank's sequences read at the start of the run.
  var slowestViews = ContextViews()
  /// With several attention ranks.
  var joint = JointRun()
  var isIdle = true
  /// When the last step that has ended began; `.max` when nothing ran before [ns].
  var lastStepStart: Int64 = .max
  /// Whether prompt chunks are in the run in progress.
  var hasChunks = false
  /// Sequences that every rank computes in a step without prompts.
  var paddedBatch = 0

  /// Requests whose prompts are computed, of a replica that hands them over.
  var handovers: [Handover] = []
  /// Slots of requests prefilled elsewhere that have got their blocks.
  var accepted: [Int32] = []
  /// By slot: where the keys and values of requests prefilled elsewhere come from.
  var sources: [Handover] = []

  /// Where a request waits.
  enum Place {
    case slot(Int32)
    case backlog(rank: Int)
  }

  init(
    _ pool: PoolConfiguration, index: Int, prefixes: PrefixSource?, isStepwise: Bool,
    longestQueue: Int = .max
  ) {
    role = pool.role
    self.pool = index
    model = pool.model
    limit = ContextLimit(pool)
    loadFemtosecondsPerBlock = Int64(
      ((pool.prefixCache?.loadSecondsPerBlock ?? 0) * 1e15).rounded(.up))
    moveFemtosecondsPerToken = Int64(
      ((pool.limits.retractionSecondsPerToken ?? 0) * 1e15).rounded(.up))
    encoding = pool.encoding
    conversations =
      pool.role == .serving && pool.prefixCache != nil ? prefixes?.conversations : nil
    longestRun = isStepwise ? 1 : .max
    table = SequenceTable(
      model: pool.model, limits: pool.limits, prefixes: pool.prefixCache == nil ? nil : prefixes)
    rankCount = pool.model.attentionRanks
    rankLoads = [Int](repeating: 0, count: rankCount)
    ranks = UniqueArray(minimumCapacity: rankCount)
    for rank in 0..<rankCount {
      ranks.append(AttentionRank(pool, poolIndex: index, rank: rank, longestQueue: longestQueue))
    }
  }

  /// Requests that it has in any state.
  var outstanding: Int {
    mutating get {
      var sum = 0
      for rank in 0..<rankCount { sum += ranks[rank].requests }
      return sum
    }
  }

  var usedBlocks: Int {
    mutating get {
      var sum = 0
      for rank in 0..<rankCount { sum += ranks[rank].pool.used }
      return sum
    }
  }

  /// Blocks that there are, at least one.
  var totalBlocks: Int {
    mutating get {
      var sum = 0
      for rank in 0..<rankCount { sum += ranks[rank].pool.total }
      return max(1, sum)
    }
  }

  /// Blocks in use at an instant within the run in progress: steps that have ended before it count.
  mutating func usedBlocks(at time: SimTime) -> Int {
    guard !isIdle, run.sequences > 0 else { return usedBlocks }
    let steps = run.stepsUntil(time) - 1
    var sum = 0
    for rank in 0..<rankCount {
      sum += ranks[rank].pool.used + ranks[rank].demand.blocks(inSteps: steps)
    }
    return sum
  }

  /// What is not as it was before the first request (`AttentionRank.unreturnedBlocks`).
  var unreturnedBlocks: Int {
    mutating get {
      var sum = 0
      for rank in 0..<rankCount { sum += ranks[rank].unreturnedBlocks }
      return sum
    }
  }

  // MARK: Requests

  /// Queues a request; nil when its context can never fit and it is refused.
  mutating func enqueue(_ request: Request, at time: SimTime) -> Place? {
    guard let place = place(for: request) else { return nil }
    table.entersQueue(at: time)
    if ranks[place.rank].overflows {
      ranks[place.rank].backlog.append(request)
      return .backlog(rank: place.rank)
    }
    let slot = table.add(
      RequestState(request), rank: place.rank, fixedBlocks: place.fixedBlocks)
    if table.isOrdered {
      ranks[place.rank].queue(slot, table)
    } else {
      ranks[place.rank].waiting.append(slot)
    }
    return .slot(slot)
  }

  /// Queues a request that another replica prefilled; nil when its context can never fit.
  mutating func enqueue(_ handover: Handover) -> Int32? {
    guard let place = place(for: handover.request) else { return nil }
    let slot = table.add(
      RequestState(handover), rank: place.rank, fixedBlocks: place.fixedBlocks)
    if table.isOrdered {
      ranks[place.rank].queueIncoming(slot, table)
    } else {
      ranks[place.rank].incoming.append(slot)
    }
    // A new slot is the next one: there are as many sources as states.
    if Int(slot) < sources.count { sources[Int(slot)] = handover } else { sources.append(handover) }
    return slot
  }

  func handover(in slot: Int32) -> Handover { sources[Int(slot)] }

  func generation(of slot: Int32) -> Int32 { table.states[Int(slot)].generation }

  mutating func takeHandovers() -> [Handover] {
    defer { handovers.removeAll(keepingCapacity: true) }
    return handovers
  }

  mutating func takeAccepted() -> [Int32] {
    defer { accepted.removeAll(keepingCapacity: true) }
    return accepted
  }

  /// What a request adds to its rank's load.
  @inline(__always)
  func weight(of request: Request) -> Int {
    role == .prefill ? Int(request.inputTokens - request.cachedTokens) : 1
  }

  /// A place on the rank with the least load, and the blocks that will not grow there; nil when the
  /// context can never fit.
  @inline(__always)
  private mutating func place(for request: Request) -> (rank: Int, fixedBlocks: Int)? {
    guard let fixed = limit.fixedBlocks(for: request) else { return nil }
    var rank = 0
    if rankCount > 1 {
      for other in 1..<rankCount where rankLoads[other] < rankLoads[rank] { rank = other }
    }
    ranks[rank].requests += 1
    if rankCount > 1 { rankLoads[rank] += weight(of: request) }
    return (rank, fixed)
  }

  /// The keys and values of a request prefilled elsewhere have come.
  mutating func transferred(_ slot: Int32) {
    let rank = Int(table.states[Int(slot)].rank)
    table.states[Int(slot)].hasCome = true
    ranks[rank].arrived.append(slot)
  }

  /// The keys and values of a request were sent; its blocks are free.
  mutating func release(_ slot: Int32) {
    let rank = Int(table.states[Int(slot)].rank)
    let context = Int(table.states[Int(slot)].prefillTarget)
    ranks[rank].release(slot, context: context, &table)
    leave(rank, table.states[Int(slot)].request)
    table.remove(slot)
  }

  /// A request is no longer on a rank.
  @inline(__always)
  mutating func leave(_ rank: Int, _ request: Request) {
    ranks[rank].requests -= 1
    if rankCount > 1 { rankLoads[rank] -= weight(of: request) }
  }

  /// When to look at a request that was just queued [ns]: at once when idle, else as soon as an
  /// engine would, at the end of the step that is under way (the first one at `end` or later). Nil
  /// when the request must wait anyway.
  @inline(__always)
  mutating func notice(_ place: Place, at time: SimTime, steps end: SimTime) -> Int64? {
    // Not at once when idle: others may arrive at the same instant, and one step takes them all. A
    // step that began at this instant was there first: what follows from its beginning is later.
    let isLate = !isIdle && run.start.shownNanoseconds == time.nanoseconds
    let queuedAt = isLate ? time.nanoseconds + 1 : end.nanoseconds
    let rank: Int
    switch place {
    case .slot(let slot):
      rank = Int(table.states[Int(slot)].rank)
      table.states[Int(slot)].queuedAt = queuedAt
    case .backlog(let own):
      rank = own
      ranks[rank].backlog.setQueued(at: queuedAt)
    }
    if isIdle { return time.nanoseconds }
    guard run.steps > 1 else { return nil }
    if table.isOrdered { return noticeInOrder(place, at: end) }
    // One that was preempted waits apart from those that come from another pool.
    let queued = role == .decode ? ranks[rank].incoming.count : ranks[rank].queued
    guard queued == 1 || table.isGathering,
      ranks[rank].running < table.limits.maximumSequences
    else { return nil }
    return interrupt(at: end, later: table.limits.plansAhead && role != .decode ? 1 : 0)
  }

  /// What goes before all others may be admitted where they could not, or in somebody's place.
  private mutating func noticeInOrder(_ place: Place, at end: SimTime) -> Int64? {
    guard case .slot(let slot) = place else { return nil }
    let rank = Int(table.states[Int(slot)].rank)
    let first = role == .decode ? ranks[rank].incoming[0] : ranks[rank].waiting[0]
    guard first == slot || table.isGathering else { return nil }
    return interrupt(at: end, later: table.limits.plansAhead && role != .decode ? 1 : 0)
  }

  /// Cuts the run in progress to the end of the step that is under way, or of a later one.
  ///
  /// - Returns: its new end [ns], or nil when it ends there anyway.
  mutating func interrupt(at time: SimTime, later: Int64 = 0) -> Int64? {
    let steps = run.stepsUntil(time) + later
    guard steps < run.steps else { return nil }
    run.cut(to: steps)
    return run.end.shownNanoseconds
  }
}
