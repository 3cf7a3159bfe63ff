internal import Statistics

/// The expected pairs of token and expert on the rank that has most of them in one step.
///
///     E[max] = sum over x >= 0 of 1 - product over ranks of P(X_r <= x)
///
/// - X_r: pairs on rank r, with mean N · sum h and variance N · sum h (1 - h) · E / (E - 1)
/// - h: how likely a token comes to each of the rank's slots      - N: tokens      - E: experts
///
/// Ranks are taken as independent. They are not, since all have N k together: that each has less
/// when another has more is in the factor E / (E - 1), exactly for equal ranks. Few pairs are
/// binomial with that mean and variance, many are normal.
/// Check: two ranks, two experts, k = 1, 100 tokens: 50 + 3.98 (`ExpertLoadTests.twoRanks`).
struct MostLoadedRank: Sendable {
  /// Ranks that are loaded alike, by the pairs that one token brings to each.
  private struct Kind: Sendable {
    var pairsPerTokens: Double
    var spreadRatio: Double
    var count: Int
  }

  private let kinds: [Kind]

  init(_ placement: ExpertPlacement, experts: Int) {
    let correction = experts > 1 ? Double(experts) / Double(experts - 1) : 1
    var kinds: [Kind] = []
    for hits in placement.ranks.map({ $0.sorted() }) {
      let mean = hits.reduce(0, +)
      let variance = hits.reduce(0) { $0 + $1 * (1 - $1) } * correction
      let spread = mean > 0 ? min(1, variance / mean) : 1
      if let last = kinds.firstIndex(where: {
        $0.pairsPerTokens == mean && $0.spreadRatio == spread
      }) {
        kinds[last].count += 1
      } else {
        kinds.append(Kind(pairsPerTokens: mean, spreadRatio: spread, count: 1))
      }
    }
    self.kinds = kinds.sorted { $0.pairsPerTokens > $1.pairsPerTokens }
  }

  /// Above this mean of the most loaded rank, binomials are taken as normal.
  private static let fewPairs = 30.0

  func expectedPairs(tokens: Double) -> Double {
    let most = kinds.reduce(0) { max($0, $1.pairsPerTokens) } * tokens
    return most < Self.fewPairs ? few(tokens) : many(tokens)
  }

  /// Binomial counts: as many trials of as much chance as have the mean and variance.
  private func few(_ tokens: Double) -> Double {
    var chances = kinds.map { max(1e-9, 1 - $0.spreadRatio) }
    let trials = kinds.indices.map { kinds[$0].pairsPerTokens * tokens / chances[$0] }
    var mass = kinds.indices.map { power(1 - min(chances[$0], 1 - 1e-12), trials[$0]) }
    chances = chances.map { $0 / max(1e-12, 1 - $0) }
    var below = mass
    var sum = 0.0
    for x in 0..<200 {
      let all = kinds.indices.reduce(1.0) {
        $0 * power(min(1, below[$1]), Double(kinds[$1].count))
      }
      sum += 1 - all
      if 1 - all < 1e-9 { break }
      for index in kinds.indices {
        mass[index] *= max(0, trials[index] - Double(x)) / Double(x + 1) * chances[index]
        below[index] += mass[index]
      }
    }
    return sum
  }

  /// Normal counts: the sum becomes an integral, from where every rank is surely above.
  private func many(_ tokens: Double) -> Double {
    let means = kinds.map { $0.pairsPerTokens * tokens }
    let deviations = kinds.indices.map { (means[$0] * kinds[$0].spreadRatio).squareRoot() }
    let start = kinds.indices.reduce(0.0) { max($0, means[$1] - 6 * deviations[$1]) }
    let end = kinds.indices.reduce(0.0) { max($0, means[$1] + 6 * deviations[$1]) }
    let slices = 48
    let width = (end - start) / Double(slices)
    guard width > 0 else { return end }
    var sum = start
    for slice in 0..<slices {
      let x = start + (Double(slice) + 0.5) * width
      var all = 1.0
      for index in kinds.indices {
        let z = (x - means[index]) / max(deviations[index], 1e-12)
        guard z < 7 else { continue }
        let below = normalShareBelow(z)
        all *= kinds[index].count == 1 ? below : power(below, Double(kinds[index].count))
        // One rank that is surely above decides.
        if all < 1e-12 { break }
      }
      sum += (1 - all) * width
    }
    return sum
  }
}
