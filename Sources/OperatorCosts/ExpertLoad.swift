internal import ModelArchitecture

/// How evenly a layer's tokens fall on the ranks of its experts.
struct ExpertLoad: Sendable {
  let ranks: Int
  /// Experts that a rank holds, copies included.
  let slotsPerRank: Int
  private let experts: Double
  private let topK: Int

  /// Nil when every rank has a slice of all experts and they are equally popular.
  init?(_ mixture: MixtureOfExperts, layout: ParallelLayout, routing: ExpertRouting) {
    guard layout.expert > 1 else { return nil }
    ranks = layout.expert
    slotsPerRank = (mixture.experts + layout.redundantExperts + ranks - 1) / ranks
    experts = Double(mixture.experts)
    topK = mixture.topK
  }

  /// Token-expert pairs of the most loaded rank over the mean of all.
  func imbalance(tokens: Double) -> Double { 1 }

  func distinctExperts(tokens: Double) -> Double {
    experts / Double(ranks) * (1 - power(1 - Double(topK) / experts, tokens))
  }

  func meanDistinctExperts(tokens: Double) -> Double { distinctExperts(tokens: tokens) }
}
