/// Context tokens that the decoding sequences read in their next step, by view of the context, and
/// by how much each sum grows with every further step.
package struct ContextViews: Sendable {
  /// More views than any known model has.
  package static let most = 4

  package var tokens = SIMD4<Int64>(repeating: 0)
  package var growth = SIMD4<Int64>(repeating: 0)

  package init() {}
}

/// The time of a step and of those after it, as long as nothing changes but the context.
package struct StepPrice: Sendable {
  /// What the step costs beside reading context.
  package var fixed = PartCost()
  /// The first step, host time included [fs].
  package var first: Int64 = 0
  /// What every further step takes more than the one before [fs].
  package var growth: Int64 = 0
  /// How many steps that holds for.
  package var steadySteps: Int64 = .max
  /// Accelerator time of each step when the latency of a pipeline decides it, else 0 [fs].
  var latency: Int64 = 0

  package init() {}
}

extension StepModel {
  /// The price of a step and those after it.
  ///
  /// - Parameters:
  ///   - tokens: in the step.   - sampled: sequences whose next token is drawn.
  ///   - sequences: that decode, reading `views`.
  ///   - prompts: sum of the prompt chunks' attention, and their number.
  ///
  /// The host's time comes on top, or beside it when the engine overlaps both: then the slower one
  /// sets the pace, until the growing context makes the accelerator the slower one.
  package mutating func price(
    tokens count: Int, sampled: Int, sequences: Int, views: ContextViews,
    prompts: PartCost, promptCount: Int
  ) -> StepPrice {
    if let pipeline {
      var price = acceleratorPrice(
        pipeline, promptTokens: count - sequences * verifiedTokens,
        drawnPrompts: sampled - sequences * verifiedTokens, sequences: sequences, views: views,
        prompts: prompts)
      addHost(sequences: sequences, promptCount: promptCount, to: &price)
      return price
    }
    var price = StepPrice()
    price.fixed = tokens(count)
    price.fixed += head(sampled: sampled)
    if promptCount > 0 {
      price.fixed += prefillFixed
      price.fixed += prompts
    }
    if sequences > 0 {
      price.fixed += decodeFixed
      price.fixed += decodePerSequence.scaled(by: sequences)
      // Most models have one view; its cost is apart so that it needs no array.
      price.first = decodePerFullToken.femtoseconds * views.tokens[0]
      price.growth = decodePerFullToken.femtoseconds * views.growth[0]
      for view in 1..<viewCount {
        let each = decodePerContextToken[view].femtoseconds
        price.first += each * views.tokens[view]
        price.growth += each * views.growth[view]
      }
    }
    price.first += price.fixed.femtoseconds
    addHost(sequences: sequences, promptCount: promptCount, to: &price)
    return price
  }

  @inline(__always)
  private func addHost(sequences: Int, promptCount: Int, to price: inout StepPrice) {
    let host = host.femtoseconds(sequences: sequences + promptCount, prompts: promptCount)
    if !self.host.overlapsAccelerator {
      price.first += host
    } else if host > price.first {
      if price.growth > 0 {
        price.steadySteps = (host - price.first + price.growth - 1) / price.growth
      }
      price.first = host
      price.growth = 0
    }
  }

  /// The time of one decode step of the same sequences without any prompt chunk [fs].
  package mutating func decodeFemtoseconds(sequences: Int, views: ContextViews) -> Int64 {
    if let pipeline {
      var price = acceleratorPrice(
        pipeline, promptTokens: 0, drawnPrompts: 0, sequences: sequences, views: views,
        prompts: PartCost())
      addHost(sequences: sequences, promptCount: 0, to: &price)
      return price.first
    }
    var sum = tokens(sequences).femtoseconds + head(sampled: sequences).femtoseconds
    sum += decodeFixed.femtoseconds + decodePerSequence.femtoseconds * Int64(sequences)
    sum += decodePerFullToken.femtoseconds * views.tokens[0]
    for view in 1..<viewCount {
      sum += decodePerContextToken[view].femtoseconds * views.tokens[view]
    }
    let host = host.femtoseconds(sequences: sequences, prompts: 0)
    return self.host.overlapsAccelerator ? max(sum, host) : sum + host
  }

  /// Adds a run of steps to a total: what it did, and its time by what bounded it.
  ///
  /// - Parameters:
  ///   - elapsed: time of all steps [fs].   - decodes: whether the sequences of `views` took part.
  /// Time that is no operator's is the host's.
  package mutating func account(
    _ price: StepPrice, steps: Int64, elapsed: Int64, decodes: Bool, views: ContextViews,
    to total: inout PartCost
  ) {
    let count = Double(steps)
    var accelerator = price.fixed.femtoseconds * steps
    total.add(price.fixed, times: count)
    if decodes {
      let pairs = steps * (steps - 1) / 2
      let read = views.tokens[0] * steps + views.growth[0] * pairs
      accelerator += decodePerFullToken.femtoseconds * read
      total.add(decodePerFullToken, times: Double(read))
      for view in 1..<viewCount {
        let read = views.tokens[view] * steps + views.growth[view] * pairs
        accelerator += decodePerContextToken[view].femtoseconds * read
        total.add(decodePerContextToken[view], times: Double(read))
      }
    }
    if price.latency > 0 {
      // Tokens on their way between stages.
      total.interconnect += Double(price.latency * steps - accelerator) * 1e-15
      accelerator = price.latency * steps
    }
    total.host += Double(elapsed - accelerator) * 1e-15
  }
}
