internal import BasicContainers
internal import EventKernel
internal import Statistics
internal import Units
internal import Workloads

// Replicas that fail or rest, and what becomes of their requests.
extension Engine {
  /// A change of what is there, or of what is held. They do not keep a simulation going: without
  /// requests nothing changes any more.
  struct OutageEvent {
    enum Kind {
      /// An outage begins, with how long it takes, and whether it was drawn: then it draws the next
      /// one at its end.
      case begins(Availability.Kind, SimDuration, isDrawn: Bool)
      case ends(isDrawn: Bool)
      /// What is held for a conversation's next turn runs out.
      case leaseEnds
    }
    var kind: Kind
    var replica: Int32
  }

  mutating func scheduleOutages(_ pools: [PoolConfiguration], seed: UInt64) {
    for (pool, configuration) in pools.enumerated() {
      let first = firstReplicas[pool]
      for outage in configuration.availability.planned {
        push(
          .begins(outage.kind, outage.duration, isDrawn: false), first + outage.replica,
          at: outage.start)
      }
      guard configuration.availability.meanTimeBetweenFailures != nil else { continue }
      for replica in first..<(first + configuration.replicas) {
        failureStreams.append(RandomStream(seed: seed, name: "failures of replica \(replica)"))
        scheduleFailure(of: replica, after: .zero)
      }
    }
  }

  private mutating func scheduleFailure(of replica: Int, after time: SimTime) {
    let pool = replicas[replica].pool
    guard let mean = availabilities[pool].meanTimeBetweenFailures else { return }
    let before = (0..<pool).reduce(0) { sum, other in
      availabilities[other].meanTimeBetweenFailures == nil
        ? sum : sum + firstReplicas[other + 1] - firstReplicas[other]
    }
    let stream = before + replica - firstReplicas[pool]
    let gap = SimDuration(seconds: failureStreams[stream].exponential() * mean.seconds)
    push(
      .begins(.failure, availabilities[pool].restart, isDrawn: true), replica, at: time + gap)
  }

  mutating func push(_ kind: OutageEvent.Kind, _ replica: Int, at time: SimTime) {
    outages.push(
      OutageEvent(kind: kind, replica: Int32(replica)), nanoseconds: time.nanoseconds)
  }

  mutating func handle(_ event: OutageEvent, at time: SimTime) {
    let index = Int(event.replica)
    let pool = replicas[index].pool
    let stage = stage(of: index)
    switch event.kind {
    case .leaseEnds: lookAgain(index, at: time)
    case .begins(let kind, let duration, let isDrawn):
      routers[stage].stop(index - routers[stage].first)
      push(.ends(isDrawn: isDrawn), index, at: time + duration)
      recorder.stopped(pool: pool, for: duration)
      recorder.timeline.noteOutage(kind, of: index, at: time, for: duration)
      guard kind == .failure else { return }
      if replicas[index].isIdle {
        fail(index, at: time)
      } else {
        failing[index] = true
        if let end = replicas[index].interrupt(at: time) {
          calendar.set(index, nanoseconds: end)
        }
      }
    case .ends(let isDrawn):
      routers[stage].start(index - routers[stage].first)
      if isDrawn { scheduleFailure(of: index, after: time) }
      let waiting = held
      held.removeAll()
      for request in waiting {
        recorder.admitted(at: time)
        place(request, at: time)
      }
      let prefilled = heldHandovers
      heldHandovers.removeAll()
      for handover in prefilled { send(handover, at: time) }
    }
  }

  /// A replica loses everything it has.
  mutating func fail(_ index: Int, at time: SimTime) {
    failing[index] = false
    cancelling[index] = false
    calendar.set(index, nanoseconds: .max)
    let pool = replicas[index].pool
    let stage = stage(of: index)
    let isDecode = replicas[index].role == .decode
    if replicas[index].role == .prefill { cancelHandovers(of: index, at: time) }
    for lost in replicas[index].fail(at: time, &recorder) {
      let request = lost.request
      routers[stage].left(index - routers[stage].first, request)
      if isDecode, let source = lost.source { release(source, at: time) }
      if lost.isCancelled || awaited[request.index]?.isGone == true {
        cancelled(request, at: time)
      } else if beginsAnew(request, availabilities[pool]) {
        if hasPatience { noteHeld(request) }
        recorder.retried(request, at: time)
        place(request, at: time)
      } else {
        recorder.lost(request, at: time, isGivenUp: availabilities[pool].loss == .retry)
        note(request, at: time, .lost)
      }
    }
  }

  /// Whether a request that its replica has lost is tried again; it is given up when it has been as
  /// often as it may.
  private mutating func beginsAnew(_ request: Request, _ availability: Availability) -> Bool {
    guard availability.loss == .retry else { return false }
    let count = retries[request.index, default: 0]
    retries[request.index] = count < availability.retries ? count + 1 : nil
    return count < availability.retries
  }

  /// Takes back what a failing replica has prefilled and not sent: nobody can decode it.
  private mutating func cancelHandovers(of source: Int, at time: SimTime) {
    heldHandovers.removeAll { $0.replica == Int32(source) }
    let first = routers[1].first
    for target in first..<(first + routers[1].loads.count) {
      let cancelled = replicas[target].cancel(
        from: Int32(source), at: stepEnd(of: target, at: time), &recorder)
      guard !cancelled.isEmpty else { continue }
      for request in cancelled { routers[1].left(target - first, request) }
      // Others may have the blocks that these had, or come to the head of the queue.
      lookAgain(target, at: time)
    }
  }
}
