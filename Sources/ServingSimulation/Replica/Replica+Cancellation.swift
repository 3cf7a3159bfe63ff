internal import BasicContainers
internal import DequeModule
internal import Units
internal import Workloads

// What a replica has of requests that nobody wants any more.
extension Replica {
  /// Marks those of a question's calls that it has.
  ///
  /// - Parameter calls: those that were found are taken out.
  /// - Returns: whether it has any. One whose cache is being sent away has it where it is sent to.
  mutating func mark(like call: Request, _ calls: inout Set<Int32>) -> Bool {
    var found = false
    for slot in table.states.indices where table.states[slot].isPresent {
      guard table.states[slot].request.session == call.session,
        table.states[slot].request.classIndex == call.classIndex,
        role != .prefill || table.states[slot].generated == 0,
        calls.remove(table.states[slot].request.index) != nil
      else { continue }
      table.states[slot].isCancelled = true
      found = true
    }
    return found
  }

  /// Takes marked requests out, between two steps.
  mutating func dropCancelled(at time: SimTime, _ recorder: inout Recorder) -> [Lost] {
    var dropped: [Lost] = []
    for index in table.states.indices
    where table.states[index].isPresent && table.states[index].isCancelled {
      let slot = Int32(index)
      let rank = Int(table.states[index].rank)
      // What was computed of it may still be with the replica that computed it.
      let source = role == .decode && !table.states[index].hasCome ? sources[index] : nil
      if ranks[rank].drop(slot, role, &table, &recorder) {
        table.leavesQueue(at: time)
        recorder.admitted(at: time)
      }
      if role == .prefill { handovers.removeAll { $0.slot == slot } }
      let state = table.states[index]
      recorder.wasted(
        tokens: state.generated, input: min(state.prefilled, state.request.inputTokens),
        cached: min(state.cached, state.prefilled))
      dropped.append(Lost(request: table.states[index].request, source: source))
      leave(rank, table.states[index].request)
      table.remove(slot)
    }
    return dropped
  }

}

extension AttentionRank {
  /// Takes a request out of whatever it is in.
  ///
  /// - Returns: whether it waited to be admitted.
  mutating func drop(
    _ slot: Int32, _ role: ReplicaRole, _ table: inout SequenceTable, _ recorder: inout Recorder
  ) -> Bool {
    let index = Int(slot)
    if table.states[index].decodingIndex >= 0 {
      recorder.simultaneous(tokens: leave(slot, &table))
      return false
    }
    for position in 0..<waiting.count where waiting[position] == slot {
      _ = waiting.remove(at: position)
      return true
    }
    if dropIncoming(slot) { return false }
    release(slot, context: Int(table.states[index].prefilled), &table)
    if prefilling == slot {
      prefilling = -1
    } else if role == .decode {
      arrived.removeAll { $0 == slot }
      reserved -= 1
    }
    return false
  }
}
