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
  /// Whether the steps take as long as they do because tokens travel between ranks, and the time
  /// beyond what is accounted is the links'; otherwise it is the host's.
  package var waitsForExchange = false
  /// Micro-batches under way, which context is read at the rates of.
  var batches = 1
  /// Accelerator time of each step when the latency of a pipeline decides it, else 0 [fs].
  var latency: Int64 = 0

  package init() {}
}

extension StepModel {
  /// The price of a step and those after it.
  ///
  /// - Parameters:
  ///   - tokens: in the step.   - sampled: tokens whose successor is drawn.
  ///   - sequences: that decode, reading `views`.
  ///   - prompts: sum of the prompt chunks' attention, and their number.
  ///
  /// The host's time comes on top, or beside it when the engine overlaps both: then the slower one
  /// sets the pace, until the growing context makes the accelerator the slower one.
  package mutating func price(
    tokens count: Int, sampled: Int, sequences: Int, views: ContextViews,
    prompts: PartCost, promptCount: Int
  ) -> StepPrice {
    var price = acceleratorPrice(
      tokens: count, sampled: sampled, sequences: sequences, views: views, prompts: prompts,
      promptCount: promptCount)
    if host.launches(tokens: count, prompts: promptCount) { price.keepPace(launch) }
    addHost(to: &price, sequences: sequences + promptCount, prompts: promptCount)
    return price
  }

  /// The price of a step without prompt chunks.
  package mutating func decodePrice(sequences: Int, views: ContextViews) -> StepPrice {
    var price = acceleratorPrice(
      tokens: padded(sequences) * verifiedTokens, sampled: sequences * verifiedTokens,
      sequences: sequences, views: views, prompts: PartCost(), promptCount: 0)
    if writesBlocks {
      price.first += hostOfPasses(sequences: sequences)
    } else {
      addHost(to: &price, sequences: sequences, prompts: 0)
    }
    return price
  }

  /// The host's time of all passes of a block, each of which waits for the one before [fs].
  private func hostOfPasses(sequences: Int) -> Int64 {
    let each =
      host.femtoseconds(sequences: sequences, prompts: 0) + gap.of(sequences: sequences)
    return Int64((Double(each) * passes).rounded(.up))
  }

  @inline(__always)
  private func addHost(to price: inout StepPrice, sequences: Int, prompts: Int) {
    let host = host.femtoseconds(sequences: sequences, prompts: prompts)
    if self.host.overlapsAccelerator {
      price.keepPace(host)
    } else {
      price.first += host
    }
    price.first += gap.of(sequences: sequences)
  }

  /// The accelerator's part of it.
  @inline(__always)
  mutating func acceleratorPrice(
    tokens count: Int, sampled: Int, sequences: Int, views: ContextViews,
    prompts: PartCost, promptCount: Int
  ) -> StepPrice {
    guard decodesPlainly else {
      return otherPrice(
        tokens: count, sampled: sampled, sequences: sequences, views: views, prompts: prompts,
        promptCount: promptCount)
    }
    // Summed apart from the price, so that the sum stays in registers.
    var fixed = fixedCost(
      tokens: count, sampled: sampled, sequences: sequences, prompts: prompts,
      promptCount: promptCount)
    var price = StepPrice()
    if sequences > 0 {
      fixed += decodePerSequence.scaled(by: sequences)
      // Most models have one view; its cost is apart so that it needs no array.
      price.first = decodePerFullToken.femtoseconds * views.tokens[0]
      price.growth = decodePerFullToken.femtoseconds * views.growth[0]
      for view in 1..<viewCount {
        let each = decodePerContextToken[view].femtoseconds
        price.first += each * views.tokens[view]
        price.growth += each * views.growth[view]
      }
    }
    price.first += fixed.femtoseconds
    price.fixed = fixed
    return price
  }

  /// What a step costs whatever its contexts and, but for the tokens, its sequences.
  @inline(__always)
  private mutating func fixedCost(
    tokens count: Int, sampled: Int, sequences: Int, prompts: PartCost, promptCount: Int
  ) -> PartCost {
    var fixed = tokens(count)
    fixed += head(sampled: sampled)
    if promptCount > 0 {
      fixed += prefillFixed
      fixed += prompts
    }
    if sequences > 0 { fixed += decodeFixed }
    return fixed
  }

  /// The accelerator's part of a step where decoding is not one rate, and of a dataflow machine.
  @inline(never)
  private mutating func otherPrice(
    tokens count: Int, sampled: Int, sequences: Int, views: ContextViews,
    prompts: PartCost, promptCount: Int
  ) -> StepPrice {
    if let pipeline {
      let verified = sequences * verifiedTokens
      return acceleratorPrice(
        pipeline, promptTokens: count - verified, drawnPrompts: sampled - verified,
        sequences: sequences, views: views, prompts: prompts)
    }
    var price = StepPrice()
    price.fixed = fixedCost(
      tokens: count, sampled: sampled, sequences: sequences, prompts: prompts,
      promptCount: promptCount)
    if writesBlocks, sequences > 0 {
      // The block goes through the model in every pass.
      var pass = tokens(count)
      pass += head(sampled: sampled)
      price.fixed += pass.repeated(passes - 1)
    }
    if sequences > 0 { addDecoding(to: &price, sequences: sequences, views: views) }
    price.first += price.fixed.femtoseconds
    return price
  }

  /// What decoding sequences add at the rates of their number of micro-batches, with what they add
  /// by their number.
  @inline(never)
  private mutating func addDecoding(
    to price: inout StepPrice, sequences: Int, views: ContextViews
  ) {
    price.batches = min(sequences, max(1, pipelineRates.count))
    let (perSequence, perContextToken) =
      pipelineRates.isEmpty
      ? (decodePerSequence, decodePerContextToken)
      : (
        pipelineRates[price.batches - 1].perSequence,
        pipelineRates[price.batches - 1].perContextToken
      )
    price.fixed += perSequence.scaled(by: sequences)
    if hasSequenceCosts { price.fixed += sequenceCost(sequences) }
    for view in 0..<viewCount {
      let each = perContextToken[view].femtoseconds
      price.first += each * views.tokens[view]
      price.growth += each * views.growth[view]
    }
  }

  /// The time of one decode step of the same sequences without any prompt chunk [fs].
  ///
  /// With several attention ranks it is a rank's own part, without the host.
  package mutating func decodeFemtoseconds(sequences: Int, views: ContextViews) -> Int64 {
    let count = sequences * verifiedTokens
    var sum: Int64
    if decodesPlainly {
      sum = tokens(count).femtoseconds + head(sampled: count).femtoseconds
      sum += decodeFixed.femtoseconds + decodePerSequence.femtoseconds * Int64(sequences)
      sum += decodePerFullToken.femtoseconds * views.tokens[0]
      for view in 1..<viewCount {
        sum += decodePerContextToken[view].femtoseconds * views.tokens[view]
      }
    } else {
      sum =
        acceleratorPrice(
          tokens: count, sampled: count, sequences: sequences, views: views, prompts: PartCost(),
          promptCount: 0
        ).first
    }
    guard attentionRanks == 1 else { return sum }
    if writesBlocks { return sum + hostOfPasses(sequences: sequences) }
    let host = host.femtoseconds(sequences: sequences, prompts: 0)
    let pace = self.host.overlapsAccelerator ? max(sum, host) : sum + host
    return pace + gap.of(sequences: sequences)
  }
}

extension StepPrice {
  /// Makes the steps no shorter than something that goes on beside them, until they outgrow it.
  ///
  /// - Returns: whether it sets the pace.
  @inline(__always)
  @discardableResult
  mutating func keepPace(_ floor: Int64) -> Bool {
    guard floor > first else { return false }
    if growth > 0 { steadySteps = (floor - first + growth - 1) / growth }
    first = floor
    growth = 0
    return true
  }
}
