internal import BasicContainers
internal import OperatorCosts
internal import Statistics
internal import Units
internal import Workloads

/// Collects what a run reports, in memory that does not grow with its length.
///
/// It is a plain struct inside the simulation, not an observer: nothing in the loop is dispatched.
struct Recorder: ~Copyable {
  var summary: RunSummary
  /// Joined to the summary at the end.
  var pools: UniqueArray<PoolSummary>
  var timeline: TimelineLog
  /// Requests of whose life something ended before it began: none, by law L3.
  private var disordered = 0
  /// Whether anybody asks for single requests.
  private let keepsRequests: Bool
  /// Whether the summary has a history to add to: mostly not, and then nothing else is asked.
  private let keepsHistory: Bool
  /// Whether the classes of the workload are told apart.
  private let keepsClasses: Bool
  /// The class whose requests nobody waits for, or -1.
  private let batchClass: Int16

  init(_ configuration: SimulationConfiguration) {
    summary = RunSummary(configuration)
    pools = UniqueArray(copying: summary.pools)
    timeline = TimelineLog(configuration)
    keepsRequests = configuration.keepsRecords || configuration.timelineEvents != nil
    keepsHistory = configuration.keepsHistory
    keepsClasses = !summary.classes.isEmpty
    batchClass = configuration.workload.batch?.classIndex ?? -1
  }

  // MARK: Requests

  @inline(__always)
  mutating func arrived(_ request: Request) {
    summary.counts.arrived += 1
    summary.inSystem.change(by: 1, at: request.arrival.nanoseconds)
    summary.fingerprint.add(1, request.index, request.arrival)
  }

  @inline(__always)
  mutating func queued(at time: SimTime) { changeQueue(by: 1, at: time) }

  mutating func rejected(_ request: Request, isTooLong: Bool) {
    summary.counts.rejected += 1
    if isTooLong { summary.counts.tooLong += 1 }
    noteFailure(of: request)
    summary.inSystem.change(by: -1, at: request.arrival.nanoseconds)
    summary.fingerprint.add(2, request.index, request.arrival)
    timeline.note(.rejected, at: request.arrival, onReplica: false, request: request.index)
  }

  @inline(__always)
  mutating func admitted(at time: SimTime) { changeQueue(by: -1, at: time) }

  mutating func preempted(_ request: Int32, at time: SimTime) {
    timeline.note(.preempted, at: time, onReplica: true, request: request)
    summary.counts.preemptions += 1
    changeQueue(by: 1, at: time)
  }

  @inline(__always)
  private mutating func changeQueue(by difference: Int64, at time: SimTime) {
    summary.queue.change(by: difference, at: time.nanoseconds)
    if keepsHistory {
      summary.history?.queueBecomes(summary.queue.value, at: time.nanoseconds)
    }
  }

  /// Prompt tokens that were found in a cache.
  mutating func reused(tokens: Int) { summary.counts.reusedTokens += Int64(tokens) }

  /// Prompt tokens that a finished request found in a cache at its first admission: those of a
  /// second attempt are no client's gain.
  @inline(__always)
  mutating func cached(tokens: Int32) { summary.counts.cachedTokens += Int64(tokens) }

  /// A request of a conversation that was no turn of it is finished.
  @inline(never)
  mutating func detour(_ request: Request, cached: Int32) {
    switch request.course.kind {
    case .turn, .furtherAnswer: return
    case .retry: summary.counts.toolRetries += 1
    case .compaction: summary.counts.compactions += 1
    }
    summary.counts.detourPrefill += Int64(request.inputTokens - cached)
    summary.counts.detourOutput += Int64(request.outputTokens)
  }

  /// A request is finished whose conversation has said something before.
  @inline(never)
  mutating func followedUp(_ request: Request, cached: Int32) {
    summary.counts.saidTokens += Int64(request.course.said)
    summary.counts.repeatedTokens += Int64(max(0, request.course.said - cached))
  }

  /// A turn will come so long after the answer of the one before it.
  @inline(never)
  mutating func paused(for pause: SimDuration) {
    summary.counts.followUps += 1
    let (sum, isLarger) = summary.counts.pausedMicroseconds
      .addingReportingOverflow(pause.nanoseconds / 1_000)
    summary.counts.pausedMicroseconds = isLarger ? .max : sum
  }

  /// Blocks are held for a conversation's next turn.
  mutating func pinned() { summary.counts.leases += 1 }

  /// They are no more.
  ///
  /// - Parameter blockNanoseconds: what they took of the cache.
  mutating func unpinned(_ blockNanoseconds: Int128, of pool: Int, _ end: LeaseEnd) {
    pools[pool].leasedBlockNanoseconds += blockNanoseconds
    switch end {
    case .used: summary.counts.usedLeases += 1
    case .expired: summary.counts.expiredLeases += 1
    case .givenUp: summary.counts.givenUpLeases += 1
    case .closed: break
    }
  }

  /// Cached tokens went to the host's memory at a turn's end, came back for a request, or were
  /// forgotten.
  mutating func offloaded(tokens: Int) { summary.counts.offloadedTokens += Int64(tokens) }
  mutating func loaded(tokens: Int) { summary.counts.loadedTokens += Int64(tokens) }
  mutating func dropped(tokens: Int) { summary.counts.droppedTokens += Int64(tokens) }

  mutating func retried(_ request: Request, at time: SimTime) {
    summary.counts.retried += 1
    timeline.note(.retried, at: time, onReplica: false, request: request.index)
  }

  /// A request is gone with the replica that had it.
  mutating func lost(_ request: Request, at time: SimTime, isGivenUp: Bool) {
    summary.counts.lost += 1
    if isGivenUp { summary.counts.givenUp += 1 }
    noteFailure(of: request)
    leave(request, at: time, mark: 5, .lost)
  }

  /// A request is gone without an answer.
  ///
  /// - Parameter mark: of such an end in the fingerprint.
  private mutating func leave(
    _ request: Request, at time: SimTime, mark: UInt64, _ kind: Timeline.Incident.Kind
  ) {
    summary.inSystem.change(by: -1, at: time.nanoseconds)
    summary.sojournNanoseconds += Int128((time - request.arrival).nanoseconds)
    summary.makespan = max(summary.makespan, time)
    summary.fingerprint.add(mark, request.index, time)
    timeline.note(kind, at: time, onReplica: false, request: request.index)
  }

  private mutating func noteFailure(of request: Request) {
    if request.classIndex == batchClass { summary.counts.unjudged += 1 }
    if keepsClasses { summary.classes[Int(request.classIndex)].failed += 1 }
  }

  /// Nobody wants the answer of a request any more.
  mutating func cancelled(_ request: Request, at time: SimTime) {
    summary.counts.cancelled += 1
    leave(request, at: time, mark: 6, .cancelled)
  }

  /// The client of a request has gone away.
  mutating func abandoned(_ request: Request, at time: SimTime) {
    summary.counts.abandoned += 1
    noteFailure(of: request)
    if keepsClasses { summary.classes[Int(request.classIndex)].abandoned += 1 }
    leave(request, at: time, mark: 7, .abandoned)
  }

  /// Tokens that were written of an answer that nobody wants any more, and what was read for it.
  mutating func wasted(tokens: Int32, input: Int32, cached: Int32) {
    summary.counts.wastedTokens += Int64(tokens)
    summary.counts.wastedInput += Int64(input)
    summary.counts.wastedCached += Int64(cached)
    discarded(gaps: Int64(max(0, tokens - 1)))
  }

  /// Gaps between tokens that a failure or a cancellation made worthless.
  mutating func discarded(gaps: Int64) { summary.counts.discardedGaps += gaps }

  mutating func stopped(pool: Int, for duration: SimDuration) {
    pools[pool].outages += 1
    pools[pool].outageSeconds += duration.seconds
  }

  mutating func transfer(bytes: Double, waited: SimDuration, took: SimDuration) {
    summary.transfers.count += 1
    summary.transfers.bytes += bytes
    summary.transfers.waiting.add(waited.nanoseconds)
    summary.transfers.sending.add(took.nanoseconds)
  }

  mutating func finished(_ record: RequestRecord) {
    let request = record.request
    summary.counts.completed += 1
    if record.preemptions > 0 { summary.counts.preemptedRequests += 1 }
    summary.counts.inputTokens += Int64(request.inputTokens)
    summary.counts.outputTokens += Int64(request.outputTokens)
    summary.counts.thinkingTokens += Int64(request.thinkingTokens)
    summary.inSystem.change(by: -1, at: record.finish.nanoseconds)
    let latency = record.endToEndLatency.nanoseconds
    summary.sojournNanoseconds += Int128(latency)
    if record.finish.nanoseconds > summary.makespan.nanoseconds {
      summary.makespan = record.finish
    }
    if request.outputTokens == 0 { summary.counts.answerless += 1 }
    if request.classIndex == batchClass {
      // Nobody waits for it: it is late for nobody, and in no latency.
      summary.counts.unjudged += 1
      note(record, isGood: false)
    } else {
      measure(record, latency)
    }
    if !record.isInOrder { disordered += 1 }
    summary.fingerprint.add(3, request.index, record.firstToken)
    summary.fingerprint.add(4, request.index, record.finish)
    if keepsRequests { keep(record) }
  }

  @inline(__always)
  private mutating func measure(_ record: RequestRecord, _ latency: Int64) {
    let request = record.request
    if request.outputTokens > 0 {
      summary.latencies.timeToFirstToken.add(record.timeToFirstToken.nanoseconds)
    }
    summary.latencies.endToEnd.add(latency)
    if request.thinkingTokens > 0 {
      summary.latencies.timeToFirstAnswer.add(record.timeToFirstAnswerToken.nanoseconds)
    }
    if let perToken = record.timePerOutputTokenNanoseconds {
      summary.latencies.timePerOutputToken.add(Int64(perToken.rounded()))
    }
    let isGood = summary.objectives.isEmpty || judge(record)
    if keepsClasses { note(record, isGood: isGood) }
  }

  @inline(never)
  private mutating func note(_ record: RequestRecord, isGood: Bool) {
    guard keepsClasses else { return }
    summary.classes[Int(record.request.classIndex)].add(record, isGood: isGood)
  }

  private mutating func judge(_ record: RequestRecord) -> Bool {
    let missed = summary.objectives.missed(by: record)
    if missed.isEmpty { summary.counts.good += 1 }
    if missed.contains(.timeToFirstToken) { summary.counts.lateFirstToken += 1 }
    if missed.contains(.timePerOutputToken) { summary.counts.slowTokens += 1 }
    if missed.contains(.endToEndLatency) { summary.counts.lateEnd += 1 }
    return missed.isEmpty
  }

  @inline(never)
  private mutating func keep(_ record: RequestRecord) {
    if summary.keepsRecords { summary.records.append(record) }
    if timeline.isOn { timeline.finished(record) }
  }

  // MARK: Runs

  /// For the history, if anybody asks for one.
  @inline(__always)
  mutating func note(_ run: Run, of pool: Int, usedBlocks: BlockUse) {
    if keepsHistory { summary.history?.pools[pool].add(run, usedBlocks: usedBlocks) }
  }

  /// Blocks that a run held for a while, and not at its end.
  mutating func held(_ blocks: Int, of pool: Int, from start: FineClock, femtoseconds: Int64) {
    let integral = Double(blocks) * Double(femtoseconds)
    pools[pool].blockFemtoseconds += integral
    if keepsHistory { summary.history?.pools[pool].addBlocks(integral * 1e-6, at: start.time) }
  }

  // MARK: Tokens

  mutating func gap(femtoseconds: Int64) {
    summary.latencies.gaps.add(femtoseconds: femtoseconds, count: 1)
  }

  /// Tokens that a sequence emitted together with another one, in the same step.
  @inline(__always)
  mutating func simultaneous(tokens: Int64) {
    if tokens > 0 { summary.latencies.gaps.sketch.add(0, weight: tokens) }
  }

  /// The summary, with the laws checked.
  consuming func finish(
    outstanding: Int, heldBlocks: Int, routed: Int = 0, reversals: Int = 0,
    questions: QuestionSummary? = nil, batch: BatchSummary? = nil
  ) -> RunSummary {
    summary.questions = questions
    summary.batch = batch
    summary.latencies.gaps.finish()
    for index in pools.indices { summary.pools[index] = pools[index] }
    summary.timeline = timeline.timeline(completed: Int(summary.completed))
    summary.history?.finish(at: summary.makespan)
    summary.checkLaws(outstanding: outstanding, heldBlocks: heldBlocks, routed: routed)
    summary.checkOrder(reversals: reversals, disordered: disordered)
    return summary
  }

  /// The summary of a run in which something is still under way.
  consuming func abandoned(reversals: Int) -> RunSummary {
    summary.checkOrder(reversals: reversals, disordered: disordered)
    summary.timeline = timeline.timeline(completed: Int(summary.completed))
    summary.history?.abandon()
    return summary
  }
}
