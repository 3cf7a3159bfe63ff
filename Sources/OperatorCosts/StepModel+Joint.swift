// Steps of a replica whose attention ranks batch separately and step together.
extension StepModel {
  /// What a rank does of a step on its own, without the host and without what all ranks of the
  /// replica do together (`joinedPrice`).
  ///
  /// Its own: norms, projections, attention, dense feed-forwards, shared experts, routers, head,
  /// and its guesses.
  package mutating func ownPrice(_ load: RankLoad) -> StepPrice {
    acceleratorPrice(
      tokens: load.tokens, sampled: load.sampled, sequences: load.sequences, views: load.views,
      prompts: load.prompts, promptCount: load.promptCount)
  }

  /// The time of a rank's own part of a decode step, the same as in `ownPrice` without the rest of
  /// the price.
  package mutating func ownDecodeTime(
    computed tokens: Int, sequences: Int, views: ContextViews
  ) -> DecodeTime {
    guard decodesPlainly, attentionRanks > 1 else {
      var load = RankLoad()
      load.tokens = tokens
      load.sampled = sequences * verifiedTokens
      load.sequences = sequences
      load.views = views
      let price = ownPrice(load)
      return DecodeTime(first: price.first, growth: price.growth)
    }
    var time = DecodeTime(first: tokenFemtoseconds(tokens) + headFemtoseconds(sequences))
    guard sequences > 0 else { return time }
    time.first += decodeFixed.femtoseconds + decodePerSequence.femtoseconds * Int64(sequences)
    time.first += decodePerFullToken.femtoseconds * views.tokens[0]
    time.growth = decodePerFullToken.femtoseconds * views.growth[0]
    for view in 1..<viewCount {
      let each = decodePerContextToken[view].femtoseconds
      time.first += each * views.tokens[view]
      time.growth += each * views.growth[view]
    }
    return time
  }

  /// A step of several attention ranks: the slowest one's own part, what all do together for
  /// `tokens` tokens, and the host of the slowest.
  ///
  ///     t = max over ranks of own(rank) + experts(N) + exchange(N),  then the host as in `price`
  ///
  /// - N: tokens of all ranks
  ///
  /// Every layer waits for its slowest rank; the same rank is taken to be the slowest in all of
  /// them, which its own tokens and context make it. With two batches see `overlapped`.
  /// Check: two ranks with 8 and 24 tokens: own(24) + joint(32)
  /// (`JointStepTests.theSlowestRankSetsThePace`).
  package mutating func joinedPrice(
    _ slowest: StepPrice, load: RankLoad, tokens: Int
  ) -> StepPrice {
    var price = slowest
    var floor: Int64 = 0
    let cost = jointCost(tokens: tokens)
    if overlapsBatches, let (halves, pace) = overlapped(slowest, load: load, tokens: tokens),
      max(halves.femtoseconds, pace) < slowest.fixed.femtoseconds + cost.femtoseconds
    {
      price.first += halves.femtoseconds - price.fixed.femtoseconds
      price.fixed = halves
      floor = pace
    } else {
      price.fixed += cost
      price.first += cost.femtoseconds
    }
    if self.host.launches(tokens: load.tokens, prompts: load.promptCount) {
      price.keepPace(launch)
    }
    let host = host.femtoseconds(
      sequences: load.sequences + load.promptCount, prompts: load.promptCount)
    if self.host.overlapsAccelerator {
      if price.keepPace(max(floor, host)) { price.waitsForExchange = floor > host }
    } else {
      price.waitsForExchange = price.keepPace(floor)
      price.first += host
    }
    price.first += gap.of(sequences: load.sequences + load.promptCount)
    return price
  }

  /// The time of a step as two batches of half the tokens, one computing while the tokens of the
  /// other are on their way:
  ///
  ///     t = max( 2 (own(n / 2) + experts(N / 2) + held(N / 2)), 2 exchange(N / 2) )
  ///       + exchange(N / 2) / L
  ///
  /// - n, N: tokens of the rank and of all      - L: layers with experts on other ranks
  /// - own: with the attention of the whole batch, which grows with the context
  ///
  /// - held: what the exchange takes from the computing beside it (`TokenExchange.heldSeconds`)
  ///
  /// Both batches read all weights, and every kernel has its floor twice. The last term is the one
  /// exchange that nothing hides: the last layer's of the second batch. The head runs once, over
  /// both.
  /// Source: DeepSeek-V3 report, arXiv:2412.19437, section 3.4 (two micro-batches).
  /// Check: both halves compute 50 ms and travel 40 ms, 58 layers: 50 + 20 / 58 = 50.3 ms
  /// (`TwoBatchTests.theLongerOfComputingAndTravelling`).
  ///
  /// - Returns: what is computed with the last term, and what the step takes at least; nil when
  ///   there is too little to cut.
  private mutating func overlapped(
    _ slowest: StepPrice, load: RankLoad, tokens count: Int
  ) -> (compute: PartCost, pace: Int64)? {
    guard load.tokens > 1 else { return nil }
    let half = joint.entry(tokens: (count + 1) / 2, operators)
    var compute = slowest.fixed
    compute += tokens((load.tokens + 1) / 2).scaled(by: 2)
    compute += tokens(load.tokens).scaled(by: -1)
    if load.sequences > 0 { compute += decodeFixed }
    if load.promptCount > 0 { compute += prefillFixed }
    compute += half.experts.scaled(by: 2)
    compute += half.held.scaled(by: 2)
    var last = PartCost()
    last.femtoseconds = (half.exchange.femtoseconds + exchangeLayers - 1) / exchangeLayers
    last.interconnect = last.seconds
    compute += last
    return (compute, 2 * half.exchange.femtoseconds + last.femtoseconds)
  }

  /// What all attention ranks do together for `tokens` tokens: routed experts on the most loaded
  /// rank, and the way of the tokens to them and back. Zero with one attention rank, whose `price`
  /// includes it.
  package mutating func jointCost(tokens: Int) -> PartCost {
    let entry = joint.entry(tokens: tokens, operators)
    var cost = entry.experts
    cost += entry.exchange
    return cost
  }
}

/// What a rank's own part of a decode step takes, and what every further step adds [fs].
package struct DecodeTime: Comparable, Sendable {
  package var first: Int64 = 0
  package var growth: Int64 = 0

  package init() {}

  init(first: Int64, growth: Int64 = 0) {
    self.first = first
    self.growth = growth
  }

  package static func < (left: DecodeTime, right: DecodeTime) -> Bool {
    left.first != right.first ? left.first < right.first : left.growth < right.growth
  }

  /// Number of steps for which this one takes longer than another that is less (`<`); at least one.
  /// Where they are equal the other, which grows faster, is already the greater one.
  package func stepsAhead(of other: DecodeTime) -> Int64 {
    guard other.growth > growth else { return .max }
    return max(1, (first - other.first - 1) / (other.growth - growth) + 1)
  }
}
