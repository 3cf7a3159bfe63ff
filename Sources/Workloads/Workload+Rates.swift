internal import Statistics
internal import Units

// What a workload asks for on average, whatever serves it.
extension Workload {
  /// Requests a second that come in the long run, the later turns of conversations included; nil
  /// where completions decide it, or nothing does. Of a recorded one over its span.
  ///
  ///     rate = arrivals a second · sum over classes of share · mean turns
  package var offeredRate: Double? {
    if case .trace(let trace) = arrivals {
      let span = trace.seconds(ofFirst: requests)
      return span > 0 ? Double(min(requests, trace.requests)) / span : nil
    }
    return arrivals.meanRate.map { $0 * requestsPerArrival }
  }

  /// Requests a second that come where a rate that changes is highest, later turns included; nil
  /// where completions decide it, or nothing does.
  package var highestOfferedRate: Double? {
    arrivals.highestRate.map { $0 * requestsPerArrival } ?? offeredRate
  }

  /// The mean of a rate that changes; nil of one that is always the same.
  package var meanOfChangingRate: Double? {
    highestOfferedRate == offeredRate ? nil : offeredRate
  }

  /// Requests of one arrival: the turns of a conversation, the calls of a question.
  package var requestsPerArrival: Double {
    if let trace = replayed {
      return Double(trace.extent.requests) / Double(max(1, trace.extent.heads))
    }
    let total = classes.reduce(0) { $0 + $1.share }
    guard total > 0 else { return 1 }
    return classes.reduce(0) {
      $0 + $1.share / total * Self.meanRequests(of: $1)
    }
  }

  /// This workload's prompts with answers of one token, which comes out of the prompt's
  /// computation; none where none is written.
  package var promptsAlone: Workload {
    var changed = self
    for index in classes.indices {
      changed.classes[index].thinking = nil
      if !classes[index].answersNothing { changed.classes[index].output = .fixed(1) }
    }
    if let trace = recorded { changed.replay(trace.withShortAnswers) }
    return changed
  }

  /// This workload's answers to prompts of which all but the last token is there.
  package var answersAlone: Workload {
    var changed = self
    for index in classes.indices { changed.classes[index].cachedShare = 1 }
    return changed
  }

  private mutating func replay(_ trace: Trace) {
    if case .trace = arrivals { arrivals = .trace(trace) } else { replayed = trace }
  }

  /// How long prompts and answers are in the mean of all requests; nil where that follows from more
  /// than lengths that are drawn or recorded: of shared texts, conversations, questions of several
  /// calls.
  package var meanLengths: MixLengths? {
    let isDrawn = classes.allSatisfy {
      $0.sharedPrefix == nil && $0.sessions == nil && $0.strategy == nil
    }
    guard recorded != nil || isDrawn && !classes.isEmpty else { return nil }
    return MixLengths(input: meanInput, output: meanOutput)
  }

  /// Tokens of a prompt and the turns before it, shared ones apart, in the mean of all requests:
  ///
  ///     i (n + 1) / 2 + o (n - 1) / 2
  ///
  /// - i, o: tokens that a turn adds, and of its answer
  /// - n: turns of its conversation (`Sessions.turnsAroundATurn`)
  ///
  /// Check: three turns of 100 and 40 tokens: 100, 240 and 380, 240 in the mean
  /// (`ConversationTests.contextsGrowByTurns`).
  package var meanContext: Double {
    let requests = classes.reduce(0) { $0 + $1.share * ($1.sessions?.turns.mean ?? 1) }
    guard recorded == nil, requests > 0 else { return meanInput }
    return classes.reduce(0) { sum, item in
      let turns = item.sessions?.turnsAroundATurn ?? 1
      let context = (item.input.mean * (turns + 1) + item.meanOutput * (turns - 1)) / 2
      return sum + item.share * (item.sessions?.turns.mean ?? 1) / requests * context
    }
  }

  /// Tokens that a request holds in the mean while it is answered, shared ones apart: its context
  /// and half of its answer.
  ///
  /// Check: prompts of 100 and answers of 40 tokens: 120 (`ConversationTests.contextsGrowByTurns`).
  ///
  /// - Parameter sharing: whether the calls of a question hold its prompt once.
  package func meanHeld(sharing: Bool) -> Double {
    let total = classes.reduce(0) { $0 + $1.share }
    guard sharing, recorded == nil, total > 0 else { return meanContext + meanOutput / 2 }
    let held = classes.reduce(0) {
      $0 + $1.share / total * $1.meanInput * (1 - 1 / Double($1.strategy?.callsAtOnce ?? 1))
    }
    return meanContext - held + meanOutput / 2
  }

  /// Tokens of an answer, thinking included, in the mean over all classes.
  private var meanOutput: Double {
    if let trace = recorded {
      let mean = trace.extent.meanOutput
      return trace.hasShortAnswers ? min(1, mean) : mean
    }
    let total = classes.reduce(0) { $0 + $1.share }
    return classes.reduce(0) { $0 + $1.share / total * $1.meanOutput }
  }

  /// Tokens of a prompt, shared ones apart, in the mean over all classes.
  package var meanInput: Double {
    if let trace = recorded { return trace.extent.meanInput }
    let total = classes.reduce(0) { $0 + $1.share }
    return classes.reduce(0) { $0 + $1.share / total * $1.meanInput }
  }
}

/// Tokens of a prompt and of an answer, thinking included, in the mean.
package struct MixLengths: Hashable, Sendable {
  /// Tokens of a prompt in the mean.
  package var input: Double
  /// Tokens of an answer in the mean, thinking included.
  package var output: Double
}

extension LengthDistribution {
  /// The mean, the range that cuts it included.
  ///
  /// Of a log-normal X within [a, b], whose outliers are moved to the ends, without the rounding to
  /// whole numbers but for lengths below 64, which are summed one by one:
  ///
  ///     E = a P(X < a) + b P(X > b) + e^(mu + sigma²/2) (Φ(z_b - sigma) - Φ(z_a - sigma))
  ///
  /// with z = (ln x - mu) / sigma. Check: mean 3, cv 1 within 1...10 gives 2.904
  /// (`LengthMeanTests.workedExample`).
  package var mean: Double {
    switch self {
    case .fixed(let length): return Double(length)
    case .uniform(let range): return Double(range.lowerBound + range.upperBound) / 2
    case .empirical(let lengths, let cumulative):
      var (sum, before) = (0.0, 0.0)
      for (length, until) in zip(lengths, cumulative) {
        sum += Double(length) * (until - before)
        before = until
      }
      return sum
    case .logNormal(let mu, let sigma, let range):
      return Self.logNormalMean(mu: mu, sigma: sigma, within: range)
    }
  }

  private static func logNormalMean(
    mu: Double, sigma: Double, within range: ClosedRange<Int>
  ) -> Double {
    func shareBelow(_ value: Double) -> Double {
      guard value > 0 else { return 0 }
      let distance = logarithm(value) - mu
      // All of it at one place.
      guard sigma > 0 else { return distance > 0 ? 1 : 0 }
      return normalShareBelow(distance / sigma)
    }
    guard sigma > 0 else {
      let length = naturalExponential(mu).rounded()
      return min(max(length, Double(range.lowerBound)), Double(range.upperBound))
    }
    // The sum of P(X >= n) over whole n is the mean.
    let low = Double(range.lowerBound)
    let split = min(Double(range.upperBound), low + 64)
    var mean = low
    var length = low + 1
    while length <= split {
      mean += 1 - shareBelow(length - 0.5)
      length += 1
    }
    let (from, to) = (split + 0.5, Double(range.upperBound) + 0.5)
    guard to > from else { return mean }
    func partialMean(below value: Double) -> Double {
      let z = (logarithm(value) - mu) / sigma
      return naturalExponential(mu + sigma * sigma / 2) * normalShareBelow(z - sigma)
    }
    // E[min(X, to)] - E[min(X, from)]
    return mean + partialMean(below: to) - partialMean(below: from)
      + to * (1 - shareBelow(to)) - from * (1 - shareBelow(from))
  }
}
