internal import BasicContainers
internal import EventKernel
internal import Units
internal import Workloads

// Prefill and decode in separate pools: the way of a request from one to the other.
extension Simulation {
  /// Sends the requests whose prompts a replica has just computed to the replicas that will decode
  /// them. They wait there for blocks; their keys and values stay where they are until sent.
  mutating func handOver(from source: Int, at time: SimTime) {
    guard !replicas[source].handovers.isEmpty else { return }
    for var handover in replicas[source].takeHandovers() {
      handover.replica = Int32(source)
      let chosen = routers[1].choose(handover.request, usedBlocks: usedBlocks(of: 1, at: time))
      let target = routers[1].first + chosen
      guard let slot = replicas[target].enqueue(handover) else {
        preconditionFailure("a request that can never fit is refused on arrival")
      }
      if let time = replicas[target].notice(slot, at: time) {
        calendar.set(target, nanoseconds: time.nanoseconds)
      }
    }
  }

  /// Begins to send what a replica has got blocks for.
  mutating func startTransfers(to target: Int, at time: SimTime) {
    guard !replicas[target].accepted.isEmpty, links != nil else { return }
    for slot in replicas[target].takeAccepted() {
      let handover = replicas[target].handover(in: slot)
      let context = Int(handover.request.inputTokens)
      let (start, end) = links!.send(
        context: context, from: Int(handover.replica), to: target, at: time)
      recorder.transfer(
        bytes: links!.transfer.bytes(context: context), waited: start - handover.readyAt,
        took: end - start)
      queue.push(
        .transferred(replica: Int32(target), slot: slot), nanoseconds: end.nanoseconds,
        priority: EventPriority.arrival.rawValue)
    }
  }

  /// A cache has come: its source's blocks are free, and its sequence may decode.
  mutating func endTransfer(to target: Int, slot: Int32, at time: SimTime) {
    let handover = replicas[target].handover(in: slot)
    let source = Int(handover.replica)
    replicas[source].release(handover.slot)
    routers[0].left(source, handover.request)
    if replicas[source].isIdle { wake(source, at: time) }
    replicas[target].transferred(slot)
    if replicas[target].isIdle {
      wake(target, at: time)
    } else if let end = replicas[target].interrupt(at: time) {
      calendar.set(target, nanoseconds: end.nanoseconds)
    }
  }

  private mutating func wake(_ index: Int, at time: SimTime) {
    calendar.set(index, nanoseconds: min(time.nanoseconds, calendar.time(of: index)))
  }
}

extension PoolConfiguration {
  /// Whether a request's whole context fits into an empty replica.
  func canHold(_ request: Request) -> Bool {
    let context = RequestState(request).finalContext
    let blocks = (context + capacity.blockTokens - 1) / capacity.blockTokens
    return blocks + capacity.fixedBlocks(finalContext: context) <= capacity.totalBlocks
      && context < limits.maximumContext ?? .max
  }
}
