internal import BasicContainers
internal import DequeModule
internal import Units
internal import Workloads

// Requests whose answers nobody wants any more.
extension Engine {
  /// Takes requests back, wherever they are. What computes them goes on to the end of the step
  /// under way, as an engine does that is told of it between two steps; then their blocks and
  /// their places in the batch are free.
  ///
  /// - Parameters:
  ///   - calls: of one question.
  ///   - call: another one of that question.
  mutating func cancel(_ calls: [Int32], like call: Request, at time: SimTime) {
    // Some may have ended with the one that made the others needless.
    var missing = Set(calls)
    for end in ended { missing.remove(end.request.index) }
    for index in replicas.indices {
      let found = replicas[index].mark(like: call, &missing)
      guard found else { continue }
      cancelling[index] = true
      lookAgain(index, at: time)
    }
    cancelElsewhere(&missing, at: time)
  }

  /// Takes requests back that no replica has.
  mutating func cancelElsewhere(_ missing: inout Set<Int32>, at time: SimTime) {
    for handover in heldHandovers where missing.remove(handover.request.index) != nil {
      heldHandovers.removeAll { $0.request.index == handover.request.index }
      release(handover, at: time)
      recorder.wasted(
        tokens: 1, input: handover.request.inputTokens, cached: handover.cached)
      cancelled(handover.request, at: time)
    }
    for request in held where missing.remove(request.index) != nil {
      held.removeAll { $0.index == request.index }
      recorder.admitted(at: time)
      cancelled(request, at: time)
    }
    unplaced.formUnion(missing)
  }

  /// A replica's step has ended: what was taken back leaves it.
  mutating func dropCancelled(_ index: Int, at time: SimTime) {
    cancelling[index] = false
    let stage = stage(of: index)
    for dropped in replicas[index].dropCancelled(at: time, &recorder) {
      routers[stage].left(index - routers[stage].first, dropped.request)
      if let source = dropped.source { release(source, at: time) }
      cancelled(dropped.request, at: time)
    }
  }

  /// A request is gone because nobody wants it.
  mutating func cancelled(_ request: Request, at time: SimTime) {
    if awaited[request.index]?.isGone == true {
      recorder.abandoned(request, at: time)
      return note(request, at: time, .abandoned)
    }
    recorder.cancelled(request, at: time)
    note(request, at: time, .cancelled)
  }
}
