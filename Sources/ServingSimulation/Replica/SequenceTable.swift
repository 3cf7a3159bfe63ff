internal import BasicContainers
internal import HeapModule
internal import OperatorCosts
internal import Units
internal import Workloads

/// The requests of a replica, its clock, and the decode steps at which something happens to them.
///
/// It is what the attention ranks of a replica share: they step together, so one count of decode
/// steps and one heap of milestones serve them all.
struct SequenceTable: ~Copyable {
  let limits: SchedulerLimits
  let visibilities: [ContextVisibility]
  /// Contexts are counted in parts of a token (`StepModel.contextUnitsPerToken`).
  let unitsPerToken: Int64
  let unitsPerStep: Int64
  /// Whether a step emits one token, so that nothing has to be divided.
  let hasWholeSteps: Bool
  /// Whether a step writes a block of each sequence, and a prompt's end nothing.
  let writesBlocks: Bool
  /// What a sequence reads in a step beyond what is cached, in parts of a token: its own tokens,
  /// the one or those of its block.
  let ownUnits: Int64
  /// Whether some requests are more urgent than others (`PriorityOrder`).
  let isOrdered: Bool

  var states = UniqueArray<RequestState>()
  private var freeSlots = UniqueArray<Int32>()
  /// Decode steps so far; every decoding sequence takes part in each.
  var decodeSteps: Int64 = 0
  private var milestones = Heap<Milestone>()
  private var milestoneOrder: Int64 = 0
  var admissions: Int64 = 0

  private(set) var clock = FineClock(.zero)
  /// What the clock shows: made once an instant, because that takes a call into another room.
  private(set) var now = SimTime.zero
  var lastDecodeEnd = FineClock(.zero)
  /// Sequences that have begun to decode and took part in no step yet: their last tokens are their
  /// own, those of all others came at `lastDecodeEnd`.
  private(set) var newcomers = UniqueArray<Int32>()
  /// Decoding sequences whose last token is older than the current instant: after prefill-only
  /// steps.
  var hasStalledSequences = false
  /// Set when a request was preempted for the step being planned: it may fit into the next one.
  var mustRetryAdmission = false
  /// Requests that were queued later are not known to the plan being made [ns].
  var knownUntil: Int64 = .max
  /// Set when a request is left to the next plan because this one does not know it.
  var awaitsNextPlan = false
  /// Whether a plan may come out otherwise after any step: blocks have become free since prompts
  /// were looked at, or a sequence may have to give way to one that waits as they fill.
  var looksAgain = false
  /// Whether waiting prompts are left for a later step, and for how many they have been since one
  /// was admitted.
  var isGathering = false
  var gatheredSteps: Int64 = 0

  /// Sum over requests that wait or have waited: when they left the queue, less when they came
  /// [ns].
  private(set) var waited: Int128 = 0

  /// Which texts prompts begin with; nil when nothing is shared.
  let prefixes: PrefixSource?
  /// The chain of the request at hand.
  private(set) var chain = PrefixChain()
  /// Whose chain that is, where it is that of a trace's row; -1 for nobody's.
  private var recordedChain: Int32 = -1

  init(model: StepModel, limits: SchedulerLimits, prefixes: PrefixSource?) {
    self.prefixes = prefixes
    self.limits = limits
    isOrdered = limits.priorities != nil
    visibilities = model.visibilities
    unitsPerToken = Int64(model.contextUnitsPerToken)
    unitsPerStep = Int64(model.contextUnitsPerStep)
    writesBlocks = model.writesBlocks
    ownUnits = Int64(model.writesBlocks ? model.contextUnitsPerStep : model.contextUnitsPerToken)
    hasWholeSteps = model.contextUnitsPerToken == 1 && model.contextUnitsPerStep == 1
  }

  @inline(__always)
  mutating func set(clock time: FineClock) {
    clock = time
    now = time.time
  }

  @inline(__always)
  mutating func entersQueue(at time: SimTime) { waited -= Int128(time.nanoseconds) }

  @inline(__always)
  mutating func leavesQueue(at time: SimTime) { waited += Int128(time.nanoseconds) }

  // MARK: Slots

  @inline(__always)
  mutating func add(_ state: RequestState, rank: Int, fixedBlocks: Int) -> Int32 {
    let slot: Int32
    if freeSlots.isEmpty {
      slot = Int32(states.count)
      states.append(state)
    } else {
      slot = freeSlots.removeLast()
      let generation = states[Int(slot)].generation
      states[Int(slot)] = state
      states[Int(slot)].generation = generation
    }
    states[Int(slot)].rank = Int32(rank)
    states[Int(slot)].fixedBlocks = Int32(fixedBlocks)
    return slot
  }

  /// Sets the chain to that of a request.
  mutating func findChain(_ index: Int, includingAnswer: Bool = false) {
    guard let prefixes else { return }
    if prefixes.isRecorded {
      // Prompts that wait and requests that end are looked for again at once.
      let number = states[index].request.index
      guard number != recordedChain else { return }
      recordedChain = number
    }
    prefixes.find(&chain, of: states[index].request, includingAnswer: includingAnswer)
  }

  /// Frees a slot; what still refers to its request is ignored from now on.
  mutating func remove(_ slot: Int32) {
    states[Int(slot)].generation &+= 1
    states[Int(slot)].isPresent = false
    freeSlots.append(slot)
  }

  // MARK: Context

  /// What a decoding sequence has cached, in parts of a token.
  @inline(__always)
  func cachedUnits(of index: Int) -> Int64 {
    Int64(states[index].joinContext) * unitsPerToken
      + (decodeSteps - states[index].joinStep) * unitsPerStep
  }

  /// Decode steps that emit a number of tokens.
  @inline(__always)
  func steps(forTokens tokens: Int64) -> Int64 {
    hasWholeSteps ? tokens : (tokens * unitsPerToken + unitsPerStep - 1) / unitsPerStep
  }

  /// Tokens that a number of decode steps emits.
  @inline(__always)
  func tokens(inSteps steps: Int64) -> Int64 {
    hasWholeSteps ? steps : steps * unitsPerStep / unitsPerToken
  }

  /// Tokens of which a number of parts are cached, begun ones included.
  @inline(__always)
  func tokens(of units: Int64) -> Int {
    Int(hasWholeSteps ? units : (units + unitsPerToken - 1) / unitsPerToken)
  }

  // MARK: Steps

  /// When a decoding sequence emitted its last token: with the batch, unless it joined since.
  @inline(__always)
  func lastToken(of index: Int) -> FineClock {
    states[index].joinStep == decodeSteps ? states[index].lastToken : lastDecodeEnd
  }

  /// A sequence decodes from the next step on.
  @inline(__always)
  mutating func begin(_ slot: Int32, context: Int32, decodingIndex: Int) {
    states[Int(slot)].beginDecoding(
      atStep: decodeSteps, context: context, decodingIndex: decodingIndex, clock: clock)
    newcomers.append(slot)
  }

  /// A sequence leaves that took part in no step.
  mutating func removeNewcomer(_ slot: Int32) {
    guard let position = newcomers.indices.first(where: { newcomers[$0] == slot }) else { return }
    newcomers.swapAt(position, newcomers.count - 1)
    newcomers.removeLast()
  }

  /// All decoding sequences have taken part in so many steps more, the last of which ends now.
  @inline(__always)
  mutating func passDecoding(steps: Int64) {
    decodeSteps += steps
    lastDecodeEnd = clock
    hasStalledSequences = false
    if !newcomers.isEmpty { newcomers.removeAll(keepingCapacity: true) }
  }

  // MARK: Milestones

  mutating func set(_ kind: Milestone.Kind, _ slot: Int32, at step: Int64) {
    milestones.insert(
      Milestone(
        step: step, order: milestoneOrder, slot: slot,
        generation: states[Int(slot)].generation, kind: kind))
    milestoneOrder += 1
  }

  /// Sets a milestone that recurs; it stays before those that were set after it.
  mutating func set(again milestone: Milestone, at step: Int64) {
    var next = milestone
    next.step = step
    milestones.insert(next)
  }

  /// Takes the next milestone that is due, dropping those of sequences that have left.
  mutating func popDueMilestone() -> Milestone? {
    while let milestone = milestones.min, milestone.step <= decodeSteps {
      milestones.removeMin()
      if states[Int(milestone.slot)].generation == milestone.generation { return milestone }
    }
    return nil
  }

  /// Decode steps until the next milestone of a sequence that is still here.
  mutating func stepsToMilestone() -> Int64 {
    while let next = milestones.min {
      if states[Int(next.slot)].generation == next.generation { return next.step - decodeSteps }
      milestones.removeMin()
    }
    return .max
  }
}
