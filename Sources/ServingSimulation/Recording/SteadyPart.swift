internal import BasicContainers
internal import OperatorCosts
internal import Statistics
internal import Units

/// Where a simulation stands at one moment: what was done until then.
package struct RunMoment: Sendable {
  let nanoseconds: Int64
  let completed: Int64
  let gaps: Int64
  let reusedTokens: Int64
  let pools: [PoolSummary]
}

extension Simulation {
  /// Requests that have arrived so far.
  package var arrived: Int64 { recorder.summary.arrived }

  /// Now: the end of the last step.
  package var moment: RunMoment {
    var pools: [PoolSummary] = []
    for index in recorder.pools.indices { pools.append(recorder.pools[index]) }
    return RunMoment(
      nanoseconds: max(0, lastStep.nanoseconds), completed: recorder.summary.completed,
      gaps: recorder.summary.interToken.count, reusedTokens: recorder.summary.reusedTokens,
      pools: pools)
  }
}

extension RunSummary {
  /// The run without its beginning and its end, when batches fill and empty: what a service that
  /// runs for years does all the time. Nil when nothing was done in between.
  ///
  ///     tokens in the part = tokens of the run · work in the part / work of the run
  ///
  /// Work is what the tokens ask for: prompt tokens computed, prompt tokens found in a cache, gaps
  /// between output tokens. Times and work of the pools are the differences of the two moments, to
  /// within the one run of steps that each replica has under way.
  /// Check: of a run that is all alike the part has the throughput of the whole
  /// (`SteadyPartTests.partOfASteadyRunHasItsThroughput`).
  package func part(from start: RunMoment, to end: RunMoment) -> RunSummary? {
    let prefilled =
      end.pools.reduce(0) { $0 + $1.prefilledTokens }
      - start.pools.reduce(0) { $0 + $1.prefilledTokens }
    let gaps = end.gaps - start.gaps
    guard end.nanoseconds > start.nanoseconds, gaps > 0, prefilled > 0 else { return nil }
    func share(_ part: Int64, of whole: Int64) -> Double {
      whole > 0 ? Double(part) / Double(whole) : 0
    }
    func scaled(_ tokens: Int64, _ share: Double) -> Int64 {
      Int64((Double(tokens) * share).rounded())
    }
    let prompts = share(prefilled, of: prefilledTokens)
    let answers = share(gaps, of: interToken.count)
    let reused = share(end.reusedTokens - start.reusedTokens, of: reusedTokens)
    var summary = self
    summary.cachedTokens = scaled(cachedTokens, reused)
    summary.inputTokens = scaled(inputTokens - cachedTokens, prompts) + summary.cachedTokens
    summary.outputTokens = scaled(outputTokens, answers)
    summary.thinkingTokens = min(scaled(thinkingTokens, answers), summary.outputTokens)
    summary.completed = end.completed - start.completed
    summary.makespan = SimTime(nanoseconds: end.nanoseconds - start.nanoseconds)
    summary.pools = zip(end.pools, start.pools).map { $0.since($1) }
    return summary
  }
}

extension PoolSummary {
  fileprivate func since(_ earlier: PoolSummary) -> PoolSummary {
    var part = self
    part.prefilledTokens -= earlier.prefilledTokens
    part.decodedTokens -= earlier.decodedTokens
    part.busyFemtoseconds -= earlier.busyFemtoseconds
    part.prefillFemtoseconds -= earlier.prefillFemtoseconds
    part.rankWaitFemtoseconds -= earlier.rankWaitFemtoseconds
    part.steps -= earlier.steps
    part.runs -= earlier.runs
    part.work += earlier.work.scaled(by: -1)
    part.outages -= earlier.outages
    part.outageSeconds -= earlier.outageSeconds
    part.batchFemtoseconds -= earlier.batchFemtoseconds
    part.blockFemtoseconds -= earlier.blockFemtoseconds
    return part
  }
}
