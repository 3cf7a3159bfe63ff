internal import Statistics
package import Units

/// When the clients of a workload go away.
///
/// It follows from a request alone, so that two machines are given up on by the same clients after
/// the same time.
package struct ClientPatience: Sendable {
  private let seed: UInt64
  private let classes: [Patience?]

  /// Nil where every client waits for ever.
  package init?(_ workload: Workload, seed: UInt64) {
    guard workload.classes.contains(where: { $0.patience != nil }) else { return nil }
    self.seed = seed
    classes = workload.classes.map(\.patience)
  }

  /// When the client of a request goes away without a first token, and without the whole answer.
  package func limits(of request: Request) -> (firstToken: SimTime?, deadline: SimTime?)? {
    guard let patience = classes[Int(request.classIndex)] else { return nil }
    var random = RandomStream(
      seed: seed, name: "patience", key: (Int(request.classIndex), Int(request.index)))
    let firstToken = patience.firstToken.map { request.arrival + $0.sample(&random) }
    let deadline = patience.deadline.map { request.arrival + $0.sample(&random) }
    return (firstToken, deadline)
  }
}

extension Workload {
  /// Whether clients may go away.
  package var hasPatience: Bool { classes.contains { $0.patience != nil } }

  /// Whether all may: then no queue grows without end, whatever comes.
  package var losesClients: Bool {
    hasPatience && classes.allSatisfy { $0.patience != nil }
  }

  /// This workload with clients that wait for ever.
  package var withoutPatience: Workload {
    var changed = self
    for index in classes.indices { changed.classes[index].patience = nil }
    return changed
  }

  /// Whether requests differ in how urgent they are.
  package var hasPriorities: Bool { classes.contains { $0.priority != classes[0].priority } }
}
