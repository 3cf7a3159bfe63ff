internal import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

extension Criterion {
  /// Whether a share of latencies that is held would be held as well if all of them were longer by
  /// what their mean may be off, and by what came less than comes in the mean:
  ///
  ///     share of x ≤ limit / (1 + k · s / m + d)  ≥  bound
  ///
  /// - m, s [ns]: mean of a latency x and its standard error      - k: standard errors
  /// - d: share by which the tokens that came fall short (`MomentSeries.shortfall`)
  ///
  /// A tail is the steeper the fewer are in it: a part of a run that happens to be a hundredth less
  /// busy can have none of the misses that the whole has, and their spread, which is none either,
  /// does not tell. The spread of the mean does. Derived: to first order a busier part stretches
  /// all times alike.
  /// Check: 1,000 answers of 10 to 20 ms, evenly, mean 15 ms: 95 % of them within 19.5 ms, and
  /// with an error of 0.3 ms and k = 3 of those within 18.4 ms 84 %
  /// (`CriterionTests.aTailIsStretchedByTheErrorOfItsMean`).
  ///
  /// - Parameter indifferent: share of a latency that nobody would decide by.
  func isHeldStretched(in part: MomentSeries, errors: Double, indifferent: Double) -> Bool {
    guard case .atLeast(let bound, let tolerance) = aim else { return true }
    let shortfall = part.shortfall
    return limits(in: part).allSatisfy { latency, limit in
      guard let mean = part.estimate(.mean(latency)), mean.value > 0 else { return true }
      let error = mean.standardError / mean.value
      guard max(error, shortfall) > indifferent,
        let share = part.estimate(
          .share(latency, atMost: Self.stretched(limit, by: errors * error + shortfall)))
      else { return true }
      return share.value >= bound - tolerance
    }
  }

  /// Memories that show a burst of misses, were there one, where nothing that was seen came near
  /// to missing:
  ///
  ///     n = k / (1 - b)^f
  ///
  /// - b: share that must be held      - k: bursts that one of 1 - b would have shown
  /// - f: worst latency over its limit, of the one that came nearest; at most one
  ///
  /// What waits in a queue has an exponential tail, and what is in a batch one that falls faster.
  /// If as many as may missed a limit, then (1 - b)^f of them would exceed the share f of it, and
  /// in n memories none is seen to once in e^k times. Derived. A wall that is not in sight, as a
  /// cache that is nearly full, is for those to see who know the capacity (`SteadyLook`).
  /// Check: 3 bursts of 1 %, and answers of 20 ms at most where 40 may be: 30
  /// (`CriterionTests.farFromItsLimitAShareIsKnownSooner`).
  func memories(toSee bursts: Double, in part: MomentSeries) -> Double {
    let limits = limits(in: part)
    // Of a class the worst is not looked at.
    let reached =
      limits.isEmpty
      ? 1
      : limits.reduce(0) { most, item in
        let worst = part.end.values(of: item.0, since: part.start).quantile(1) ?? 0
        return max(most, worst / Double(max(1, item.1)))
      }
    return memories(toSee: bursts, reaching: reached)
  }

  /// What is within the limit once everything is longer by a share.
  package static func stretched(_ limit: Int64, by share: Double) -> Int64 {
    Int64(Double(limit) / (1 + share))
  }

  /// The latencies that it is about, with their limits [ns].
  private func limits(in part: MomentSeries) -> [(Latency, Int64)] {
    switch quantity {
    case .share(let latency, let limit, nil): return [(latency, limit)]
    case .attainment:
      return part.configuration.objectives.limits.map { ($0.latency, $0.limit.nanoseconds) }
    case .share, .mean, .servedRate, .tokenRate, .other: return []
    }
  }
}

extension MomentSeries {
  /// By which share the tokens of what ended fall short of those that come in the mean, of prompts
  /// or of answers, whichever lack more; zero where nobody knows the mean, or more came.
  ///
  ///     d = λ · t · E[tokens] / tokens - 1
  ///
  /// - λ: requests that come a second      - t [s]: that it lasted
  ///
  /// A sample's load is off by sqrt((1 + cv²) / n), of 20,000 requests by a hundredth, and near a
  /// limit that is the difference between none in a hundred and five that miss it. Unlike the rest
  /// of a sampling error this part of it is known.
  /// Check: 990 answers of 99 tokens in 100 s, where ten of 100 tokens come a second: 2.03 %
  /// (`CriterionTests.whatCameLessIsKnown`).
  var shortfall: Double {
    let workload = configuration.workload
    guard stretchesPerPeriod == nil, workload.meanOfChangingRate == nil,
      end.counts.completed == end.counts.ended, let lengths = workload.meanLengths,
      let rate = workload.offeredRate
    else { return 0 }
    return Self.shortfall(
      of: [
        (Double(end.counts.inputTokens - start.counts.inputTokens), lengths.input),
        (Double(end.counts.outputTokens - start.counts.outputTokens), lengths.output),
      ], requests: rate * seconds)
  }

  /// - Parameters:
  ///   - tokens: that came, and how many a request has in the mean.
  ///   - requests: that come in the mean.
  package static func shortfall(
    of tokens: [(found: Double, mean: Double)], requests: Double
  ) -> Double {
    tokens.reduce(0) { most, tokens in
      tokens.found > 0 ? max(most, requests * tokens.mean / tokens.found - 1) : most
    }
  }
}
