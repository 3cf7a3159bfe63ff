internal import BasicContainers
internal import EventKernel
internal import Units
internal import Workloads

// Prefill and decode in separate pools: the way of a request from one to the other.
extension Engine {
  /// Sends the requests whose prompts a replica has just computed to the replicas that will decode
  /// them. They wait there for blocks; their keys and values stay where they are until sent.
  mutating func handOver(from source: Int, at time: SimTime) {
    guard !replicas[source].handovers.isEmpty else { return }
    for var handover in replicas[source].takeHandovers() {
      handover.replica = Int32(source)
      send(handover, at: time)
    }
  }

  /// Queues a request with a replica that will decode it.
  mutating func send(_ handover: Handover, at time: SimTime) {
    guard let target = choose(1, handover.request, at: time) else {
      heldHandovers.append(handover)
      if hasPatience { noteHeld(handover.request) }
      return
    }
    guard let slot = replicas[target].enqueue(handover) else {
      preconditionFailure("a request that can never fit is refused on arrival")
    }
    if hasPatience { noteBegin(of: handover.request, on: target, .slot(slot)) }
    let step = stepEnd(of: target, at: time)
    if let end = replicas[target].notice(.slot(slot), at: time, steps: step) {
      calendar.set(target, nanoseconds: end)
    }
  }

  /// Begins to send what a replica has got blocks for.
  mutating func startTransfers(to target: Int, at time: SimTime) {
    guard !replicas[target].accepted.isEmpty, links != nil else { return }
    for slot in replicas[target].takeAccepted() {
      let handover = replicas[target].handover(in: slot)
      let context = Int(handover.request.inputTokens)
      let (start, sent) = links!.send(
        context: context, from: Int(handover.replica), to: target, at: time)
      let end = sent + SimDuration(seconds: links!.transfer.handoverSeconds)
      recorder.transfer(
        bytes: links!.transfer.bytes(context: context), waited: start - handover.readyAt,
        took: sent - start)
      if recorder.timeline.isOn {
        recorder.timeline.sent(
          Timeline.Transfer(
            request: handover.request.index, source: handover.replica, target: Int32(target),
            ready: handover.readyAt, start: start, end: sent))
      }
      queue.push(
        .transferred(
          replica: Int32(target), slot: slot, generation: replicas[target].generation(of: slot)),
        nanoseconds: end.nanoseconds)
    }
  }

  /// A cache has come: its source's blocks are free, and its sequence may decode.
  mutating func endTransfer(
    to target: Int, slot: Int32, generation: Int32, at time: SimTime
  ) {
    // Cancelled, because one of the two sides has failed.
    guard replicas[target].generation(of: slot) == generation else { return }
    let handover = replicas[target].handover(in: slot)
    release(handover, at: time)
    replicas[target].transferred(slot)
    lookAgain(target, at: time)
  }

  /// Gives back what a prefilled request has on the replica that prefilled it.
  mutating func release(_ handover: Handover, at time: SimTime) {
    let source = Int(handover.replica)
    replicas[source].release(handover.slot)
    routers[0].left(source, handover.request)
    if replicas[source].isIdle { wake(source, at: time) }
  }

  /// Lets a replica plan anew: at once, or at the end of the step under way.
  mutating func lookAgain(_ index: Int, at time: SimTime) {
    if replicas[index].isIdle {
      wake(index, at: time)
    } else if let end = replicas[index].interrupt(at: stepEnd(of: index, at: time)) {
      calendar.set(index, nanoseconds: end)
    }
  }

  mutating func wake(_ index: Int, at time: SimTime) {
    calendar.set(index, nanoseconds: min(time.nanoseconds, calendar.time(of: index)))
  }
}
