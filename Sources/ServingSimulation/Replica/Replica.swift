internal import DequeModule
internal import HeapModule
internal import OperatorCosts
internal import Units
internal import Workloads

/// One copy of a model with its queue, its running sequences and its cache.
///
/// It knows time only as the clock it is given, and nothing of where requests come from. The driver
/// alternates `enqueue`, `beginRun` and `completeRun`; the last two are the scheduler's step loop,
/// with any number of undisturbed decode steps taken as one run.
///
/// Methods of the step loop are `mutating` even where they change nothing: a method that only
/// borrows `self` is handed a copy of the whole struct, about a hundred nanoseconds each time.
struct Replica: ~Copyable {
  var model: StepModel
  let limits: SchedulerLimits
  let capacity: CacheCapacity
  /// 1 makes every step a scheduling event: the step-by-step mode.
  let longestRun: Int64

  var states: [RequestState] = []
  var freeSlots: [Int32] = []
  var waiting = Deque<Int32>()
  /// The one request whose prompt is partly computed, or -1.
  var prefilling: Int32 = -1
  var decoding: [Int32] = []
  var pool: BlockPool

  /// Decode steps so far; every decoding sequence takes part in each.
  var decodeSteps: Int64 = 0
  /// What the next decode step reads.
  var views = ContextViews()
  /// What the decode steps ahead take from the pool.
  var demand: BlockDemand
  var milestones = Heap<Milestone>()
  var milestoneOrder: Int64 = 0
  var admissions: Int64 = 0

  var clock = FineClock(.zero)
  var lastDecodeEnd = FineClock(.zero)
  /// Decoding sequences whose last token is older than the current instant: after prefill-only
  /// steps.
  var hasStalledSequences = false
  /// The run in progress and the price of its steps; meaningless while the replica is idle.
  var run = Run()
  var price = StepPrice()
  var isIdle = true
  /// Chunks of the run in progress.
  var chunks: [Chunk] = []
  /// Set when a request was preempted for the step being planned: it may fit into the next one.
  var mustRetryAdmission = false

  struct Chunk {
    var slot: Int32
    var tokens: Int32
  }

  init(
    model: StepModel, limits: SchedulerLimits, capacity: CacheCapacity, isStepwise: Bool
  ) {
    self.model = model
    self.limits = limits
    self.capacity = capacity
    longestRun = isStepwise ? 1 : .max
    pool = BlockPool(total: capacity.totalBlocks, blockTokens: capacity.blockTokens)
    demand = BlockDemand(blockTokens: capacity.blockTokens)
  }

  var runningCount: Int { decoding.count + (prefilling >= 0 ? 1 : 0) }
  var outstanding: Int { runningCount + waiting.count }

  /// Queues a request; false when its context can never fit and it is refused.
  mutating func enqueue(_ request: Request) -> Bool {
    let state = RequestState(request)
    let fixed = capacity.fixedBlocks(finalContext: state.finalContext)
    let needed = pool.blocks(forContext: state.finalContext) + fixed
    guard needed <= pool.total, state.finalContext < limits.maximumContext ?? .max else {
      return false
    }
    let slot: Int32
    if let reused = freeSlots.popLast() {
      slot = reused
      let generation = states[Int(slot)].generation
      states[Int(slot)] = state
      states[Int(slot)].generation = generation
    } else {
      slot = Int32(states.count)
      states.append(state)
    }
    states[Int(slot)].fixedBlocks = Int32(fixed)
    waiting.append(slot)
    return true
  }

  /// Cuts the run in progress so that the request that just arrived can be looked at as soon as an
  /// engine would: at the end of the step that is under way.
  ///
  /// - Returns: the new end, or nil when nothing changes because the request must wait anyway.
  mutating func interrupt(at time: SimTime) -> SimTime? {
    guard !isIdle, run.steps > 1, waiting.count == 1,
      runningCount < limits.maximumSequences
    else { return nil }
    let steps = run.stepsUntil(time)
    guard steps < run.steps else { return nil }
    run.cut(to: steps)
    return run.end.time
  }
}
