internal import BasicContainers
internal import OperatorCosts
package import Statistics
package import Units

/// Where a simulation stands at an instant: everything that was counted until then.
///
/// The difference of two moments is what happened in between, so a run that is looked at now and
/// then can be cut afterwards into its beginning, its steady part and any number of batches.
package struct RunMoment: Sendable {
  package let time: SimTime
  package let counts: RunCounts
  let latencies: LatencySketches.Snapshot
  let inSystem: TimeWeighted
  let queue: TimeWeighted
  let transfers: TransferSummary
  let pools: [PoolSummary]
  let classes: [ClassSummary.Snapshot]
  let fingerprint: Fingerprint

  // MARK: Latencies

  /// Sum of the values of a latency [ns].
  package func total(of latency: Latency) -> Double { latencies[latency].total }

  /// How many values of a latency there were, all of them or those that were at most a limit [ns];
  /// of all requests, or of one class: zero where the class, or the latency of classes, is not told
  /// apart.
  package func count(
    of latency: Latency, ofClass index: Int? = nil, upTo limit: Int64? = nil
  ) -> Double {
    guard let values = index.map({ values(of: latency, ofClass: $0) }) ?? latencies[latency] else {
      return 0
    }
    return limit.map { values.count(upTo: $0) } ?? Double(values.count)
  }

  private func values(of latency: Latency, ofClass index: Int) -> SketchSnapshot? {
    classes.indices.contains(index) ? classes[index].values(of: latency) : nil
  }

  /// The values of a latency since an earlier moment [ns].
  package func values(of latency: Latency, since earlier: RunMoment) -> QuantileSketch {
    latencies[latency].since(earlier.latencies[latency])
  }

  /// Tokens that all pools computed in prefill, and in decode steps.
  package var prefilledTokens: Int64 { pools.reduce(0) { $0 + $1.prefilledTokens } }
  package var decodedTokens: Int64 { pools.reduce(0) { $0 + $1.decodedTokens } }

  /// Requests that wait at this instant.
  package var waiting: Int64 { queue.value }
  /// Requests in the system at this instant.
  package var present: Int64 { inSystem.value }
}

extension Simulation {
  /// Integrals until an instant of the requests in the system and of those that wait [ns].
  package func counted(until time: SimTime) -> (present: Int128, waiting: Int128) {
    (
      engine.recorder.summary.inSystem.advanced(to: time.nanoseconds).integral,
      engine.recorder.summary.queue.advanced(to: time.nanoseconds).integral
    )
  }

  /// What was counted until an instant: of a run that is under way the steps that have ended.
  ///
  /// - Parameter time: up to which the simulation was advanced, not beyond.
  package mutating func moment(at time: SimTime) -> RunMoment {
    var gaps = engine.recorder.summary.latencies.gaps
    var pools: [PoolSummary] = []
    for index in engine.recorder.pools.indices { pools.append(engine.recorder.pools[index]) }
    for index in engine.replicas.indices {
      let pool = engine.replicas[index].pool
      engine.replicas[index].account(until: time, to: &gaps, &pools[pool])
    }
    let summary = engine.recorder.summary
    return RunMoment(
      time: time, counts: summary.counts, latencies: summary.latencies.snapshot(gaps: gaps),
      inSystem: summary.inSystem.advanced(to: time.nanoseconds),
      queue: summary.queue.advanced(to: time.nanoseconds), transfers: summary.transfers,
      pools: pools, classes: summary.classes.map(\.snapshot), fingerprint: summary.fingerprint)
  }
}

extension RunSummary {
  /// What happened between two moments of a run.
  ///
  /// - Parameter configuration: of the run.
  package init(from start: RunMoment, to end: RunMoment, of configuration: SimulationConfiguration)
  {
    self.init(configuration)
    counts = end.counts.since(start.counts)
    latencies = end.latencies.since(start.latencies)
    makespan = SimTime(nanoseconds: (end.time - start.time).nanoseconds)
    inSystem = end.inSystem.since(start.inSystem)
    queue = end.queue.since(start.queue)
    transfers = end.transfers.since(start.transfers)
    pools = zip(end.pools, start.pools).map { $0.since($1) }
    classes = classes.indices.map {
      ClassSummary(classes[$0].name, from: start.classes[$0], to: end.classes[$0])
    }
    fingerprint = end.fingerprint
    history = nil
  }

  /// What a part cannot have of its own is that of the whole run.
  package mutating func adoptWhole(_ whole: RunSummary) {
    records = whole.records
    batch = whole.batch
    timeline = whole.timeline
    history = whole.history
    brokenLaws = whole.brokenLaws
  }
}

extension TimeWeighted {
  /// The maximum stays that of the whole.
  fileprivate func since(_ earlier: TimeWeighted) -> TimeWeighted {
    TimeWeighted(
      integral: integral - earlier.integral, timeAboveZero: timeAboveZero - earlier.timeAboveZero,
      maximum: maximum)
  }
}

extension TransferSummary {
  fileprivate func since(_ earlier: TransferSummary) -> TransferSummary {
    var part = self
    part.count -= earlier.count
    part.bytes -= earlier.bytes
    part.waiting = waiting.snapshot.since(earlier.waiting.snapshot)
    part.sending = sending.snapshot.since(earlier.sending.snapshot)
    return part
  }
}

extension PoolSummary {
  /// Maxima stay those of the whole.
  fileprivate func since(_ earlier: PoolSummary) -> PoolSummary {
    var part = self
    part.completed -= earlier.completed
    part.prefilledTokens -= earlier.prefilledTokens
    part.decodedTokens -= earlier.decodedTokens
    part.busyFemtoseconds -= earlier.busyFemtoseconds
    part.prefillFemtoseconds -= earlier.prefillFemtoseconds
    part.rankWaitFemtoseconds -= earlier.rankWaitFemtoseconds
    part.steps -= earlier.steps
    part.runs -= earlier.runs
    part.work += earlier.work.scaled(by: -1)
    part.outages -= earlier.outages
    part.outageSeconds -= earlier.outageSeconds
    part.batchFemtoseconds -= earlier.batchFemtoseconds
    part.waitingNanoseconds -= earlier.waitingNanoseconds
    part.blockFemtoseconds -= earlier.blockFemtoseconds
    part.leasedBlockNanoseconds -= earlier.leasedBlockNanoseconds
    return part
  }
}
