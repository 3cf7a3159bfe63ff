internal import BasicContainers
internal import Units

// What replicas hold for conversations between their turns.
extension Engine {
  /// A replica's leases end by themselves, also where it rests until then.
  mutating func noteLeases(_ index: Int) {
    guard !replicas[index].leaseEnds.isEmpty else { return }
    for end in replicas[index].leaseEnds { push(.leaseEnds, index, at: end) }
    replicas[index].leaseEnds.removeAll(keepingCapacity: true)
  }

  /// What is still held when all is over was held until then.
  mutating func closeLeases() {
    let end = SimTime(nanoseconds: max(0, clock))
    for index in replicas.indices { replicas[index].dropLeases(at: end, .closed, &recorder) }
  }
}
