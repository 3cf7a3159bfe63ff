/// What all attention ranks bring into a step together, for the work it does: the time of a step is
/// that of its slowest rank, but its work is the mean of all.
package struct CombinedLoad: Sendable {
  package var ranks = 0
  /// Sums over the ranks: what their own parts cost beside reading context, and the context.
  package var fixed = PartCost()
  package var views = ContextViews()

  package init() {}

  package mutating func add(_ own: StepPrice, views: ContextViews) {
    ranks += 1
    fixed += own.fixed
    self.views.tokens &+= views.tokens
    self.views.growth &+= views.growth
  }
}

extension StepModel {
  /// Tokens that a step computes of a decoding sequence, all passes of a block together.
  // Mutating, so that the model is not copied to ask it.
  package var computedTokens: Double {
    @inline(__always) mutating get { Double(verifiedTokens) * passes }
  }

  /// Adds a run of steps to a total: what it did, and its time by what bounded it.
  ///
  /// - Parameters:
  ///   - elapsed: time of all steps [fs].   - decodes: whether the sequences of `views` took part.
  ///
  /// Time that is no operator's is the host's, or the links' when the steps wait for them. Of
  /// several attention ranks, give the joined price and the slowest one's views; flops and bytes
  /// are then the slowest rank's too, unless `accountWork` corrects them.
  package mutating func account(
    _ price: StepPrice, steps: Int64, elapsed: Int64, decodes: Bool, views: ContextViews,
    to total: inout PartCost
  ) {
    let count = Double(steps)
    var accelerator = price.fixed.femtoseconds * steps
    total.add(price.fixed, times: count)
    if decodes {
      let pairs = steps * (steps - 1) / 2
      if pipelineRates.isEmpty {
        let read = views.tokens[0] * steps + views.growth[0] * pairs
        accelerator += decodePerFullToken.femtoseconds * read
        total.add(decodePerFullToken, times: Double(read))
        for view in 1..<viewCount {
          let read = views.tokens[view] * steps + views.growth[view] * pairs
          accelerator += decodePerContextToken[view].femtoseconds * read
          total.add(decodePerContextToken[view], times: Double(read))
        }
      } else {
        let rates = pipelineRates[price.batches - 1]
        for view in 0..<viewCount {
          let read = views.tokens[view] * steps + views.growth[view] * pairs
          accelerator += rates.perContextToken[view].femtoseconds * read
          total.add(rates.perContextToken[view], times: Double(read))
        }
      }
    }
    if price.latency > 0 {
      // Tokens on their way between the stages of a pipeline.
      total.interconnect += Double(price.latency * steps - accelerator) * 1e-15
      accelerator = price.latency * steps
    }
    let rest = Double(elapsed - accelerator) * 1e-15
    if price.waitsForExchange { total.interconnect += rest } else { total.host += rest }
  }

  /// Replaces the slowest rank's own work in a total by the mean of all ranks'.
  ///
  /// - Parameters:
  ///   - slowest: its own price.   - views: its context.   - all: every rank's, the slowest's too.
  package func accountWork(
    slowest: StepPrice, views: ContextViews, all: CombinedLoad, steps: Int64,
    to total: inout PartCost
  ) {
    guard all.ranks > 0 else { return }
    let share = 1 / Double(all.ranks)
    let count = Double(steps)
    total.addWork(of: all.fixed, times: count * share)
    total.addWork(of: slowest.fixed, times: -count)
    let pairs = steps * (steps - 1) / 2
    for view in 0..<viewCount {
      func read(_ views: ContextViews) -> Double {
        Double(views.tokens[view] * steps + views.growth[view] * pairs)
      }
      total.addWork(
        of: decodePerContextToken[view], times: read(all.views) * share - read(views))
    }
  }
}
