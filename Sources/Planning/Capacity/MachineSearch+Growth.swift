internal import Outcomes

extension MachineSearch {
  /// A candidate's layout for a load that has grown: the fewest replicas that hold the level again,
  /// and at least those that are there.
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
    let search = SmallestCount(from: start - now + 1, upTo: Self.reach * start)
    let further = search.find { count, next in
      holds(shape(now + count - 1), before: next.map { shape(now + $0 - 1) })
    }
    guard let further else { return nil }
    let candidate = shape(now + further - 1)
    return looked(at: candidate).map { Found(candidate: candidate, trial: $0) }
  }

  /// What was found, with as few replicas in each pool as hold the level, and what is missed with
  /// one fewer still, in the pool where that misses least; nil when one is all there is.
  mutating func withoutOne(_ found: Found) -> (found: Found, fewer: Miss?) {
    var found = found
    while true {
      var nearest: Miss?
      for candidate in found.candidate.smaller {
        guard let trial = answer(candidate, for: .search) else { continue }
        let shortfalls = shortfalls(of: trial)
        if let nearest, nearest.shortfalls.distance <= shortfalls.distance { continue }
        nearest = Miss(candidate: candidate, trial: trial, shortfalls: shortfalls)
      }
      guard var nearest, nearest.shortfalls.isEmpty, let trial = answer(nearest.candidate) else {
        return (found, nearest)
      }
      nearest.trial = trial
      nearest.shortfalls = shortfalls(of: trial)
      guard nearest.shortfalls.isEmpty else { return (found, nearest) }
      found = Found(candidate: nearest.candidate, trial: trial)
    }
  }
}
