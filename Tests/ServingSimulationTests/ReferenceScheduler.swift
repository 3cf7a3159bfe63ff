import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Units
import Workloads

/// A scheduler written again, as plainly as possible, to check `Simulation` against.
///
/// It visits every sequence in every step: blocks are given to one sequence after the other, in the
/// order of admission, as vLLM V1's `Scheduler.schedule` does; a step's price is a sum over the
/// sequences in it. It shares the request source and the prices of `StepModel` with the simulation,
/// and nothing else: no run, no milestone, no sum that is kept up to date.
struct ReferenceScheduler {
  final class Sequence {
    let request: Request
    let fixedBlocks: Int
    var computed = 0
    var generated = 0
    var blocks = 0
    var reserved = 0
    var preemptions: Int32 = 0
    /// Has drawn a token since it was last admitted.
    var isDecoding = false
    var tokensInStep = 0
    var scheduled: SimTime?
    var firstToken: SimTime?
    var firstAnswer: SimTime?
    var lastToken: Int128 = 0
    /// Whether a plan may count on it: it was there when the step before began.
    var isKnown = false

    init(_ request: Request, fixedBlocks: Int) {
      self.request = request
      self.fixedBlocks = fixedBlocks
    }

    /// Prompt and answer so far: what must be computed before the next token can be drawn.
    var known: Int { Int(request.inputTokens) + generated }
    var missing: Int { known - computed }
  }

  private let limits: SchedulerLimits
  private let frontEnd: FrontEnd
  private let capacity: CacheCapacity
  private var model: StepModel
  private var source: RequestSource
  private let isClosed: Bool

  /// Requests to come, in order of arrival.
  private var future: [Request] = []
  /// Requests that are on their way through the front end, and when they will be through.
  private var passing: [(request: Request, ready: SimTime)] = []
  private var frontEndFree = SimTime.zero
  private var lastCall: Request?
  private var waiting: [Sequence] = []
  /// Steps in a row for which waiting prompts were held back.
  private var gatheredSteps = 0
  /// In order of admission.
  private var running: [Sequence] = []
  private var freeBlocks: Int
  private var reserved = 0
  /// Femtoseconds since the start.
  private var clock: Int128 = 0

  private(set) var records: [RequestRecord] = []
  private(set) var gaps = QuantileSketch()
  private(set) var gapSum: Int128 = 0
  private(set) var busy: Int128 = 0
  private(set) var steps = 0
  private(set) var preemptions = 0
  private(set) var rejected = 0
  private(set) var largestUsedBlocks = 0
  private(set) var prefilledTokens = 0
  /// Integral of the blocks in use over the steps' time [block fs].
  private(set) var blockTime: Int128 = 0

  init(_ configuration: SimulationConfiguration) {
    limits = configuration.limits
    frontEnd = configuration.pools[0].frontEnd
    capacity = configuration.capacity
    model = configuration.model
    source = RequestSource(configuration.workload, seed: configuration.seed)
    isClosed = configuration.workload.arrivals.isClosed
    freeBlocks = capacity.totalBlocks
    while let request = source.nextArrival() { expect(request) }
  }

  mutating func run() {
    while true {
      schedule()
      if running.allSatisfy({ $0.tokensInStep == 0 }), waiting.contains(where: { !$0.isKnown }) {
        // No step runs that this plan could have been made in.
        for sequence in waiting { sequence.isKnown = true }
        schedule()
      }
      let batch = running.filter { $0.tokensInStep > 0 }
      guard !batch.isEmpty else {
        guard let next = [future.first?.arrival, passing.first?.ready].compactMap(\.self).min()
        else { break }
        if next > now { clock = Int128(next.nanoseconds) * 1_000_000 }
        takeArrivals()
        continue
      }
      for sequence in waiting { sequence.isKnown = true }
      let time = price(of: batch)
      clock += time
      busy += time
      blockTime += time * Int128(capacity.totalBlocks - freeBlocks)
      steps += 1
      largestUsedBlocks = max(largestUsedBlocks, capacity.totalBlocks - freeBlocks)
      takeArrivals()
      for sequence in batch { complete(sequence) }
    }
    gaps.correctSum(to: gapSum / 1_000_000)
    records.sort { $0.request.index < $1.request.index }
  }

  private var now: SimTime { SimTime(nanoseconds: Int64((clock + 999_999) / 1_000_000)) }

  // MARK: Arrivals

  private mutating func expect(_ request: Request) {
    let place = future.firstIndex { $0.arrival > request.arrival } ?? future.count
    future.insert(request, at: place)
  }

  private mutating func takeArrivals() {
    while let request = future.first, request.arrival <= now {
      future.removeFirst()
      let context = Int(request.inputTokens) + max(1, Int(request.outputTokens)) - 1
      let fixed = capacity.fixedBlocks(finalContext: context)
      let isTooLong = limits.maximumContext.map { context + 1 > $0 } ?? false
      if isTooLong || blocks(context) + fixed > capacity.totalBlocks {
        rejected += 1
        if let next = source.nextAfterCompletion(at: request.arrival) { expect(next) }
      } else {
        // One request with several answers passes once.
        if request.course.kind != .furtherAnswer || request.session != lastCall?.session
          || request.arrival != lastCall?.arrival
        {
          let work =
            frontEnd.secondsPerRequest
            + frontEnd.secondsPerPromptToken * Double(request.inputTokens)
          frontEndFree = max(frontEndFree, request.arrival) + SimDuration(seconds: work)
        }
        lastCall = request
        passing.append(
          (request, frontEndFree + SimDuration(seconds: frontEnd.delaySeconds)))
      }
    }
    while let (request, ready) = passing.first, ready <= now {
      passing.removeFirst()
      let context = Int(request.inputTokens) + max(1, Int(request.outputTokens)) - 1
      let sequence = Sequence(
        request, fixedBlocks: capacity.fixedBlocks(finalContext: context))
      sequence.isKnown = !limits.plansAhead
      waiting.append(sequence)
    }
  }

  // MARK: Scheduling

  private func blocks(_ tokens: Int) -> Int {
    (tokens + capacity.blockTokens - 1) / capacity.blockTokens
  }

  private mutating func schedule() {
    for sequence in running { sequence.tokensInStep = 0 }
    switch limits.policy {
    case .chunkedPrefill, .wholePrompts:
      var budget = limits.tokenBudget
      let preempted = scheduleRunning(budget: &budget) { _ in true }
      if !preempted {
        if gathers { gatheredSteps += 1 } else { admit(budget: &budget) }
      }
    case .prefillFirst:
      var budget = limits.tokenBudget
      if let partial = running.last, !partial.isDecoding {
        let tokens = min(budget, partial.missing)
        let needed = blocks(partial.computed + tokens) - partial.blocks
        if needed <= freeBlocks {
          give(partial, needed, tokens: tokens)
          budget -= tokens
          if tokens == partial.missing { admit(budget: &budget) }
        }
      } else if gathers {
        gatheredSteps += 1
      } else {
        admit(budget: &budget)
      }
      if running.allSatisfy({ $0.tokensInStep == 0 }) {
        _ = scheduleRunning(budget: &budget) { $0.isDecoding }
      }
    }
  }

  /// Whether prompts that could be taken are held back, since they are too few and too new.
  private var gathers: Bool {
    guard let gathering = limits.gathering, !running.isEmpty,
      running.allSatisfy(\.isDecoding), running.count < limits.maximumSequences
    else { return false }
    let tokens = waiting.prefix { $0.isKnown }.reduce(0) { $0 + $1.missing }
    return tokens > 0 && tokens + running.count < gathering.tokens
      && gatheredSteps < gathering.steps
  }

  /// One sequence after the other; the last admitted one makes room, which may be the one itself.
  private mutating func scheduleRunning(
    budget: inout Int, where takesPart: (Sequence) -> Bool
  ) -> Bool {
    var preempted = false
    var index = 0
    while index < running.count {
      let sequence = running[index]
      index += 1
      guard takesPart(sequence) else { continue }
      let tokens = min(budget, sequence.missing)
      let needed = blocks(sequence.computed + tokens) - sequence.blocks
      while needed > freeBlocks, running.last !== sequence {
        preempt(running.removeLast())
        preempted = true
      }
      if needed > freeBlocks {
        preempt(running.removeLast())
        return true
      }
      give(sequence, needed, tokens: tokens)
      budget -= tokens
    }
    return preempted
  }

  private mutating func admit(budget: inout Int) {
    while budget > 0, running.count < limits.maximumSequences, let sequence = waiting.first,
      sequence.isKnown
    {
      let tokens = min(budget, sequence.missing)
      // Room for the whole prompt, though its blocks are taken chunk by chunk.
      guard blocks(sequence.missing) + sequence.fixedBlocks <= freeBlocks else { return }
      if limits.policy == .wholePrompts {
        guard tokens >= min(sequence.missing, limits.tokenBudget) else { return }
      }
      if limits.reservedAnswerShare > 0 {
        let unwritten = Int(sequence.request.outputTokens) - sequence.generated
        let later = Int(Double(unwritten) * limits.reservedAnswerShare)
        let reservation = blocks(sequence.known + later) + sequence.fixedBlocks
        guard reserved == 0 || reserved + reservation <= capacity.totalBlocks else { return }
        sequence.reserved = reservation
        reserved += reservation
      }
      waiting.removeFirst()
      gatheredSteps = 0
      running.append(sequence)
      if sequence.scheduled == nil { sequence.scheduled = now }
      give(sequence, blocks(tokens) + sequence.fixedBlocks, tokens: tokens)
      budget -= tokens
    }
  }

  private mutating func give(_ sequence: Sequence, _ blocks: Int, tokens: Int) {
    freeBlocks -= blocks
    sequence.blocks += blocks
    if sequence.computed == 0 { sequence.blocks -= sequence.fixedBlocks }
    sequence.tokensInStep = tokens
  }

  private mutating func release(_ sequence: Sequence) {
    freeBlocks += sequence.blocks + sequence.fixedBlocks
    reserved -= sequence.reserved
    sequence.blocks = 0
    sequence.reserved = 0
    sequence.tokensInStep = 0
  }

  private mutating func preempt(_ sequence: Sequence) {
    release(sequence)
    sequence.computed = 0
    sequence.isDecoding = false
    sequence.preemptions += 1
    preemptions += 1
    waiting.insert(sequence, at: 0)
  }

  // MARK: A step

  private mutating func price(of batch: [Sequence]) -> Int128 {
    var sum: Int64 = 0
    var tokens = 0
    var sampled = 0
    let decoding = batch.filter(\.isDecoding)
    for sequence in batch {
      tokens += sequence.tokensInStep
      let isRead = sequence.tokensInStep == sequence.missing
      if isRead, sequence.request.outputTokens > 0 { sampled += 1 }
      if sequence.isDecoding {
        sum += model.decodePerSequence.femtoseconds
        for (view, each) in zip(model.visibilities, model.decodePerContextToken) {
          sum += each.femtoseconds * Int64(view.visible(at: sequence.computed + 1))
        }
      } else {
        sum +=
          model.prefill(new: sequence.tokensInStep, prior: sequence.computed).femtoseconds
        prefilledTokens += sequence.tokensInStep
      }
    }
    if !decoding.isEmpty { sum += model.decodeFixed.femtoseconds }
    if batch.count > decoding.count { sum += model.prefillFixed.femtoseconds }
    sum += model.tokens(tokens).femtoseconds + model.head(sampled: sampled).femtoseconds
    let prompts = batch.count - decoding.count
    if prompts > 0, tokens > model.host.capturedPromptTokens { sum = max(sum, model.launch) }
    let host = model.host.femtoseconds(sequences: batch.count, prompts: prompts)
    return Int128(model.host.overlapsAccelerator ? max(sum, host) : sum + host)
  }

  private mutating func complete(_ sequence: Sequence) {
    sequence.computed += sequence.tokensInStep
    sequence.tokensInStep = 0
    guard sequence.missing == 0 else { return }
    guard sequence.request.outputTokens > 0 else {
      (sequence.firstToken, sequence.firstAnswer) = (now, now)
      return finish(sequence)
    }
    sequence.isDecoding = true
    sequence.generated += 1
    if sequence.firstToken == nil {
      sequence.firstToken = now
    } else {
      gaps.add(Int64((clock - sequence.lastToken) / 1_000_000))
      gapSum += clock - sequence.lastToken
    }
    sequence.lastToken = clock
    if sequence.generated == Int(sequence.request.thinkingTokens) + 1 { sequence.firstAnswer = now }
    if sequence.generated == Int(sequence.request.outputTokens) { finish(sequence) }
  }

  private mutating func finish(_ sequence: Sequence) {
    release(sequence)
    running.removeAll { $0 === sequence }
    records.append(
      RequestRecord(
        request: sequence.request, scheduled: sequence.scheduled!,
        firstToken: sequence.firstToken!, firstAnswer: sequence.firstAnswer!, finish: now,
        preemptions: sequence.preemptions))
    if isClosed, let next = source.nextAfterCompletion(at: now) { expect(next) }
  }
}
