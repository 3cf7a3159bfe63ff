internal import BasicContainers
internal import EventKernel
internal import Units
internal import Workloads

// Clients that go away: whose first token, or whose answer, does not come in time.
extension Engine {
  /// A request whose client may go away.
  struct Awaited {
    let request: Request
    /// Where it is; -1 while no replica has it.
    var replica: Int32 = -1
    var slot: Int32 = -1
    /// Whether the client has gone: the request ends when its step does.
    var isGone = false
  }

  /// A request arrives, and its client looks at the clock.
  mutating func expect(_ request: Request) {
    guard let limits = patience?.limits(of: request) else { return }
    awaited[request.index] = Awaited(request: request)
    if let end = limits.firstToken {
      queue.push(
        .patience(request: request.index, isDeadline: false), nanoseconds: end.nanoseconds)
    }
    if let end = limits.deadline {
      queue.push(
        .patience(request: request.index, isDeadline: true), nanoseconds: end.nanoseconds)
    }
  }

  /// A replica has a request now.
  mutating func noteBegin(of request: Request, on replica: Int, _ place: Replica.Place) {
    guard case .slot(let slot) = place else { return }
    awaited[request.index]?.replica = Int32(replica)
    awaited[request.index]?.slot = slot
  }

  /// No replica has a request for now.
  mutating func noteHeld(_ request: Request) { awaited[request.index]?.replica = -1 }

  /// A client goes away, unless it has what it waited for. The server is told at once; what
  /// computes the request goes on to the end of the step under way, and may end it there all the
  /// same.
  mutating func endPatience(of index: Int32, isDeadline: Bool, at time: SimTime) {
    guard let waiting = awaited[index], !waiting.isGone else { return }
    let (replica, slot) = (Int(waiting.replica), Int(waiting.slot))
    guard replica >= 0 else {
      awaited[index]?.isGone = true
      var missing: Set<Int32> = [index]
      cancelElsewhere(&missing, at: time)
      return
    }
    guard isDeadline || replicas[replica].table.states[slot].firstTokenAt.isNever else { return }
    awaited[index]?.isGone = true
    replicas[replica].table.states[slot].isCancelled = true
    cancelling[replica] = true
    lookAgain(replica, at: time)
  }
}
