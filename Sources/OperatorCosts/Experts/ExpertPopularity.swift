internal import ModelArchitecture
internal import Statistics

/// How likely a token takes each expert of a layer, the most popular first.
///
///     q_i = min(1, c · i^-s),  c such that the sum over all is k
///
/// - s >= 0: skew      - k: experts of a token
/// Check: 4 experts, k = 2, s = 2: 1, 36/61, 16/61 and 9/61, the first at its limit
/// (`ExpertLoadTests.popularityWorkedExample`).
struct ExpertPopularity: Sendable {
  /// By expert.
  let hits: [Double]

  init(experts: Int, topK: Int, skew: Double) {
    let weights = (1...experts).map { power(Double($0), -skew) }
    // Those at their limit are certain; the others share what is left.
    var certain = 0
    var scale = 0.0
    repeat {
      scale = Double(topK - certain) / weights[certain...].reduce(0, +)
      guard certain < topK, scale * weights[certain] > 1 else { break }
      certain += 1
    } while certain < experts
    hits = weights.enumerated().map { $0 < certain ? 1 : min(1, scale * $1) }
  }
}

/// Which experts each rank holds, as how likely a token comes to each copy.
struct ExpertPlacement: Sendable {
  /// By rank, then by slot.
  let ranks: [[Double]]

  /// Neighbours together, in an order that has nothing to do with popularity, as a checkpoint has.
  ///
  /// The layers of a model differ in their order; this one has the median of what many random
  /// orders put on their most loaded rank.
  init(inCheckpointOrder popularity: ExpertPopularity, ranks count: Int) {
    var random = SplitMix64(state: 0x5DEE_CE66_D1CE_4E5B)
    let orders = 33
    let placements = (0..<orders).map { _ in
      Self.cut(Self.shuffled(popularity.hits, &random), into: count)
    }
    func heaviest(_ placement: [[Double]]) -> Double {
      placement.map { $0.reduce(0, +) }.max() ?? 0
    }
    ranks = placements.sorted { heaviest($0) < heaviest($1) }[orders / 2]
  }

  /// Copies of the most used experts, then all packed so that the ranks have equal loads.
  ///
  /// Each further copy goes to the expert with the most load for each it has; then, heaviest first,
  /// every copy to the least loaded rank with room.
  /// Source: DeepSeek, EPLB, `eplb.py`, global policy (`replicate_experts`, `balanced_packing`).
  init(balancing popularity: ExpertPopularity, ranks count: Int, copies: Int) {
    var copiesOf = [Int](repeating: 1, count: popularity.hits.count)
    func load(_ expert: Int) -> Double { popularity.hits[expert] / Double(copiesOf[expert]) }
    for _ in 0..<copies {
      copiesOf[popularity.hits.indices.max { load($0) < load($1) }!] += 1
    }
    let slots = popularity.hits.indices
      .flatMap { [Double](repeating: load($0), count: copiesOf[$0]) }
      .sorted(by: >)
    let room = (slots.count + count - 1) / count
    var packed = [[Double]](repeating: [], count: count)
    var loads = [Double](repeating: 0, count: count)
    for slot in slots {
      let rank = loads.indices.filter { packed[$0].count < room }.min { loads[$0] < loads[$1] }!
      packed[rank].append(slot)
      loads[rank] += slot
    }
    ranks = packed
  }

  /// Neighbours in equal parts, the first ones one larger when they do not divide.
  private static func cut(_ hits: [Double], into count: Int) -> [[Double]] {
    var start = 0
    return (0..<count).map { rank in
      let size = hits.count / count + (rank < hits.count % count ? 1 : 0)
      defer { start += size }
      return Array(hits[start..<start + size])
    }
  }

  private static func shuffled(_ hits: [Double], _ random: inout SplitMix64) -> [Double] {
    var result = hits
    for index in stride(from: hits.count - 1, to: 0, by: -1) {
      result.swapAt(index, Int(random.next() % UInt64(index + 1)))
    }
    return result
  }
}
