extension Candidate {
  /// The replicas of each pool.
  var replicas: [Int] {
    switch shape {
    case .together(let part): [part.replicas]
    case .apart(let prefill, let decode): [prefill.replicas, decode.replicas]
    }
  }

  /// The candidate with so many replicas in each pool.
  func with(replicas counts: [Int]) -> Candidate {
    var changed = self
    switch shape {
    case .together(var part):
      part.replicas = counts[0]
      changed.shape = .together(part)
    case .apart(var prefill, var decode):
      (prefill.replicas, decode.replicas) = (counts[0], counts[1])
      changed.shape = .apart(prefill: prefill, decode: decode)
    }
    return changed
  }

  /// The candidate with every layout once.
  var withOneReplica: Candidate { with(replicas: replicas.map { _ in 1 }) }

  /// The candidate with more replicas, or fewer, in every pool.
  package func adding(replicas count: Int) -> Candidate {
    with(replicas: replicas.map { $0 + count })
  }

  /// With one replica fewer in one pool: each way of it that leaves some.
  var smaller: [Candidate] {
    replicas.indices.filter { replicas[$0] > 1 }.map { pool in
      var fewer = replicas
      fewer[pool] -= 1
      return with(replicas: fewer)
    }
  }
}
