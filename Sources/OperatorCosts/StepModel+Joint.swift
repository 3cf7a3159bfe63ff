// Steps of a replica whose attention ranks batch separately and step together.
extension StepModel {
  /// What a rank does of a step on its own, without the host and without what all ranks of the
  /// replica do together (`joinedPrice`).
  ///
  /// Its own: norms, projections, attention, dense feed-forwards, shared experts, routers, head.
  package mutating func ownPrice(_ load: RankLoad) -> StepPrice {
    acceleratorPrice(
      tokens: load.tokens, sampled: load.sampled, sequences: load.sequences, views: load.views,
      prompts: load.prompts, promptCount: load.promptCount)
  }

  /// A step of several attention ranks: the slowest one's own part, what all do together for
  /// `tokens` tokens, and the host of the slowest.
  ///
  ///     t = max over ranks of own(rank) + experts(N) + exchange(N),  then the host as in `price`
  ///
  /// - N: tokens of all ranks
  ///
  /// Every layer waits for its slowest rank; the same rank is taken to be the slowest in all of
  /// them, which its own tokens and context make it.
  /// Check: two ranks with 8 and 24 tokens: own(24) + joint(32)
  /// (`JointStepTests.theSlowestRankSetsThePace`).
  package mutating func joinedPrice(
    _ slowest: StepPrice, load: RankLoad, tokens: Int
  ) -> StepPrice {
    var price = slowest
    let cost = jointCost(tokens: tokens)
    price.fixed += cost
    price.first += cost.femtoseconds
    let host = host.femtoseconds(
      sequences: load.sequences + load.promptCount, prompts: load.promptCount)
    if self.host.overlapsAccelerator {
      price.keepPace(host)
    } else {
      price.first += host
    }
    return price
  }

  /// What all attention ranks do together for `tokens` tokens: routed experts on the most loaded
  /// rank, and the way of the tokens to them and back. Zero with one attention rank, whose `price`
  /// includes it.
  package mutating func jointCost(tokens: Int) -> PartCost {
    let entry = joint.entry(tokens: tokens, graph)
    var cost = entry.experts
    cost += entry.exchange
    return cost
  }
}
