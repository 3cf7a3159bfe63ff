internal import ModelArchitecture
internal import Statistics

/// How unevenly a layer's tokens fall on the ranks of its experts.
///
///     imbalance(N) = E[ max over ranks of X_r ] · e / (N k)
///     D(N) = sum over the slots of the most loaded rank of 1 - (1 - h)^N'
///
/// - N: tokens      - k: experts of a token      - e: ranks
/// - X_r: pairs of token and expert on rank r (`MostLoadedRank`)
/// - h: how likely a token comes to a slot, an expert's popularity over its copies
/// - N': tokens that put as much on that rank as it has: N times what chance adds to it
///
/// Without copies the experts lie as in the checkpoint (`ExpertPlacement`); with them they are
/// balanced for exactly this popularity, which a real balancer only estimates. Every rank has the
/// same experts in all layers here; in a model they differ, but each layer waits for its own most
/// loaded rank, so the times add up alike. Independent tokens; those of one batch resemble each
/// other, which makes real loads more uneven.
/// Check: 64 equally popular experts on 8 ranks, k = 4, 128 tokens: 1.17, as batches drawn at
/// random have (`ExpertLoadTests.theMostLoadedRankIsAsDrawn`).
///
/// A class, because operators are copied with every price.
final class ExpertLoad: Sendable {
  let ranks: Int
  /// Experts that a rank holds, copies included.
  let slotsPerRank: Int
  private let topK: Int
  /// Expected pairs of the most loaded rank for one token, over the mean.
  private let staticRatio: Double
  /// By slot: of the most loaded rank, and of all.
  private let heaviestHits: [Double]
  private let allHits: [Double]
  /// Expected pairs of the most loaded rank at 2^(i/2) tokens, over the mean of one token.
  private let mostPairs: [Double]
  private let takesTurns: Bool
  private static let pointsPerOctave = 2
  private static let octaves = 20

  /// Nil when every rank has a slice of all experts and they are equally popular.
  init?(_ mixture: MixtureOfExperts, layout: ParallelLayout, routing: ExpertRouting) {
    var skew = 0.0
    if case .tokenChoice(let given) = routing { skew = given }
    guard layout.expert > 1 || skew > 0 else { return nil }
    let count = layout.expert
    ranks = count
    topK = mixture.topK
    takesTurns = routing == .expertChoice
    let popularity = ExpertPopularity(experts: mixture.experts, topK: mixture.topK, skew: skew)
    let placement =
      layout.redundantExperts > 0
      ? ExpertPlacement(balancing: popularity, ranks: count, copies: layout.redundantExperts)
      : ExpertPlacement(inCheckpointOrder: popularity, ranks: count)
    slotsPerRank = placement.ranks.map(\.count).max() ?? 0
    allHits = placement.ranks.flatMap { $0 }
    heaviestHits = placement.ranks.max { $0.reduce(0, +) < $1.reduce(0, +) } ?? []
    let mean = Double(mixture.topK) / Double(count)
    staticRatio = heaviestHits.reduce(0, +) / mean
    guard count > 1, !takesTurns else {
      mostPairs = []
      return
    }
    let heaviest = MostLoadedRank(placement, experts: mixture.experts)
    let slots = slotsPerRank
    mostPairs = (0...Self.octaves * Self.pointsPerOctave).map { index in
      let tokens = Self.tokens(at: index)
      let most = tokens * Double(min(mixture.topK, slots))
      return max(tokens, min(heaviest.expectedPairs(tokens: tokens), most) / mean)
    }
  }

  /// Pairs of token and expert of the most loaded rank over the mean of all.
  func imbalance(tokens: Double) -> Double {
    guard !mostPairs.isEmpty else { return 1 }
    let index = Int(max(0, binaryLogarithm(tokens) * Double(Self.pointsPerOctave)))
    let left = Self.tokens(at: index)
    guard index + 1 < mostPairs.count else { return mostPairs.last! / Self.tokens(at: last) }
    // Between two points the pairs, not their ratio: more tokens are then never fewer pairs.
    let share = max(0, (tokens - left) / (Self.tokens(at: index + 1) - left))
    return (mostPairs[index] * (1 - share) + mostPairs[index + 1] * share) / max(tokens, 1)
  }

  private var last: Int { mostPairs.count - 1 }

  private static func tokens(at index: Int) -> Double {
    power(2, Double(index) / Double(pointsPerOctave))
  }

  /// Experts of the most loaded rank that any of the tokens chooses.
  func distinctExperts(tokens: Double) -> Double {
    guard ranks > 1 else { return meanDistinctExperts(tokens: tokens) }
    if takesTurns { return meanDistinctExperts(tokens: tokens) }
    let effective = tokens * imbalance(tokens: tokens) / staticRatio
    return heaviestHits.reduce(0) { $0 + 1 - power(1 - $1, effective) }
  }

  func meanDistinctExperts(tokens: Double) -> Double {
    if takesTurns {
      return min(Double(allHits.count), tokens * Double(topK)) / Double(ranks)
    }
    return allHits.reduce(0) { $0 + 1 - power(1 - $1, tokens) } / Double(ranks)
  }
}
