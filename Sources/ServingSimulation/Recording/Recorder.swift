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
  /// Whether anybody asks for single requests.
  private let keepsRequests: Bool
  /// Whether the summary has a history to add to: mostly not, and then nothing else is asked.
  private let keepsHistory: Bool

  init(_ configuration: SimulationConfiguration) {
    summary = RunSummary(configuration)
    pools = UniqueArray(copying: summary.pools)
    timeline = TimelineLog(configuration)
    keepsRequests = configuration.keepsRecords || configuration.timelineEvents != nil
    keepsHistory = configuration.keepsHistory
  }

  // MARK: Requests

  @inline(__always)
  mutating func arrived(_ request: Request) {
    summary.arrived += 1
    summary.inSystem.change(by: 1, at: request.arrival.nanoseconds)
    summary.fingerprint.add(1, request.index, request.arrival)
  }

  @inline(__always)
  mutating func queued(at time: SimTime) { changeQueue(by: 1, at: time) }

  mutating func rejected(_ request: Request) {
    summary.rejected += 1
    summary.inSystem.change(by: -1, at: request.arrival.nanoseconds)
    summary.fingerprint.add(2, request.index, request.arrival)
    timeline.note(.rejected, at: request.arrival, onReplica: false, request: request.index)
  }

  @inline(__always)
  mutating func admitted(at time: SimTime) { changeQueue(by: -1, at: time) }

  mutating func preempted(_ request: Int32, at time: SimTime) {
    timeline.note(.preempted, at: time, onReplica: true, request: request)
    summary.preemptions += 1
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
  mutating func reused(tokens: Int) { summary.reusedTokens += Int64(tokens) }

  /// Of a request that is finished, at its first admission: those of a second attempt are no
  /// client's gain.
  @inline(__always)
  mutating func cached(tokens: Int32) { summary.cachedTokens += Int64(tokens) }

  mutating func retried(_ request: Request, at time: SimTime) {
    summary.retried += 1
    timeline.note(.retried, at: time, onReplica: false, request: request.index)
  }

  /// A request is gone with the replica that had it.
  mutating func lost(_ request: Request, at time: SimTime) {
    summary.lost += 1
    summary.inSystem.change(by: -1, at: time.nanoseconds)
    summary.sojournNanoseconds += Int128((time - request.arrival).nanoseconds)
    summary.makespan = max(summary.makespan, time)
    summary.fingerprint.add(5, request.index, time)
    timeline.note(.lost, at: time, onReplica: false, request: request.index)
  }

  /// Gaps between tokens that a failure made worthless.
  mutating func discarded(gaps: Int64) { summary.discardedGaps += gaps }

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
    summary.completed += 1
    if record.preemptions > 0 { summary.preemptedRequests += 1 }
    summary.inputTokens += Int64(request.inputTokens)
    summary.outputTokens += Int64(request.outputTokens)
    summary.thinkingTokens += Int64(request.thinkingTokens)
    summary.inSystem.change(by: -1, at: record.finish.nanoseconds)
    let latency = record.endToEndLatency.nanoseconds
    summary.sojournNanoseconds += Int128(latency)
    if record.finish.nanoseconds > summary.makespan.nanoseconds {
      summary.makespan = record.finish
    }
    summary.timeToFirstToken.add(record.timeToFirstToken.nanoseconds)
    summary.endToEnd.add(latency)
    if request.thinkingTokens > 0 {
      summary.timeToFirstAnswer.add(record.timeToFirstAnswerToken.nanoseconds)
    }
    if let perToken = record.timePerOutputTokenNanoseconds {
      summary.timePerOutputToken.add(Int64(perToken.rounded()))
    }
    if !summary.objectives.isEmpty, summary.objectives.isMet(by: record) { summary.good += 1 }
    summary.fingerprint.add(3, request.index, record.firstToken)
    summary.fingerprint.add(4, request.index, record.finish)
    if keepsRequests { keep(record) }
  }

  @inline(never)
  private mutating func keep(_ record: RequestRecord) {
    if summary.keepsRecords { summary.records.append(record) }
    if timeline.isOn { timeline.finished(record) }
  }

  // MARK: Runs

  @inline(__always)
  mutating func completed(
    _ run: Run, of pool: Int, usedBlocks: (before: Int, after: Int), verifiedTokens: Int
  ) {
    pools[pool].completed(run, usedBlocks: usedBlocks, verifiedTokens: verifiedTokens)
    if keepsHistory { summary.history?.pools[pool].add(run, usedBlocks: usedBlocks) }
  }

  // MARK: Tokens

  mutating func gap(femtoseconds: Int64) {
    summary.interToken.add(femtoseconds / 1_000_000)
    summary.interTokenFemtoseconds += Int128(femtoseconds)
  }

  /// Tokens that a sequence emitted together with another one, in the same step.
  @inline(__always)
  mutating func simultaneous(tokens: Int64) {
    if tokens > 0 { summary.interToken.add(0, weight: tokens) }
  }

  /// The gaps of a run's steps from `first` on, one for each of its sequences.
  @inline(__always)
  mutating func gaps(of run: Run, from first: Int64) {
    let sum = Int128(run.duration - run.elapsed(first))
    let lowest = run.first + run.growth * first
    if run.steps == first + 1 {
      summary.interToken.add(lowest / 1_000_000, weight: run.sequences)
    } else {
      summary.interToken.addProgression(
        first: lowest, rise: run.growth, divisor: 1_000_000, steps: run.steps - first,
        weight: run.sequences, sum: sum / 1_000_000)
    }
    summary.interTokenFemtoseconds += sum * Int128(run.sequences)
  }

  /// The summary, with the laws checked.
  ///
  /// Cuts the sum of all gaps to nanoseconds once, not once a gap or once a run: it is the same in
  /// every mode.
  consuming func finish(outstanding: Int, heldBlocks: Int, routed: Int = 0) -> RunSummary {
    summary.interToken.correctSum(to: summary.interTokenFemtoseconds / 1_000_000)
    for index in pools.indices { summary.pools[index] = pools[index] }
    summary.timeline = timeline.timeline(completed: Int(summary.completed))
    summary.history?.finish(at: summary.makespan)
    summary.checkLaws(outstanding: outstanding, heldBlocks: heldBlocks, routed: routed)
    return summary
  }
}
