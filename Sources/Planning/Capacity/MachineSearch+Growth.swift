internal import Outcomes

extension MachineSearch {
  /// The same layout for a load that has grown: the fewest replicas that hold the level again, and
  /// at least those that are there.
  mutating func grow(_ candidate: Candidate, by factor: Double) -> Found? {
    let shape: (Int) -> Candidate
    let now: Int
    switch candidate.shape {
    case .together(let part):
      now = part.replicas
      shape = { [machine] in machine.together(part.layout, replicas: $0) }
    case .apart(let prefill, let decode):
      now = decode.replicas
      let ratio = Double(prefill.replicas) / Double(decode.replicas)
      shape = { [machine] count in
        let prefills = max(1, Int((Double(count) * ratio).rounded(.up)))
        return machine.apart(
          Candidate.Part(prefill.layout, replicas: prefills),
          Candidate.Part(decode.layout, replicas: count))
      }
    }
    let start = max(now, Int((Double(now) * factor).rounded()))
    let further = SmallestCount.find(from: start - now + 1, upTo: Self.reach * start) { count in
      holds(shape(now + count - 1))
    }
    guard let further else { return nil }
    let candidate = shape(now + further - 1)
    guard case .finished(let trial) = runner.run(candidate) else { return nil }
    return Found(candidate: candidate, trial: trial)
  }

  /// What is missed with one replica fewer, in the pool where that misses least; nil when one is
  /// all there is.
  mutating func oneFewer(than found: Found) -> Miss? {
    var nearest: Miss?
    for candidate in found.candidate.smaller {
      guard case .finished(let trial) = runner.run(candidate) else { continue }
      let shortfalls = level.shortfalls(of: trial)
      let attained = trial.results.attainment ?? 0
      if let nearest, (nearest.trial.results.attainment ?? 0) >= attained { continue }
      nearest = Miss(candidate: candidate, trial: trial, shortfalls: shortfalls)
    }
    return nearest
  }
}
