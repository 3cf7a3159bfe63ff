internal import Results
internal import ServingSimulation
internal import Statistics
internal import Workloads

extension QuestionResults {
  /// Nil where no questions are asked.
  ///
  /// - Parameter cacheByteSeconds: of all cache in use, over the time of the run.
  init?(
    _ summary: RunSummary, _ workload: Workload, flops: Double, dollars: Double?, joules: Double?,
    cacheByteSeconds: Double
  ) {
    guard let questions = summary.questions else { return nil }
    self.init(
      asked: questions.asked, answered: questions.answered, failed: questions.failed,
      calls: questions.calls, sparedCalls: questions.spared)
    cancelledCalls = questions.cancelled
    wastedTokens = summary.wastedTokens
    latency = RunResults.Spread(questions.latencies)
    guard questions.answered > 0, workload.classes.allSatisfy({ $0.strategy != nil }) else {
      return
    }
    let count = Double(questions.answered)
    let shares = workload.classes.reduce(0) { $0 + $1.share }
    let accuracy: Double? =
      workload.classes.allSatisfy { $0.accuracy != nil }
      ? workload.classes.reduce(0) { $0 + $1.share / shares * ($1.accuracy?.share ?? 0) } : nil
    var each = Each()
    each.calls = Double(questions.calls) / count
    each.inputTokens = Double(summary.inputTokens + summary.wastedInput) / count
    each.cachedTokens = Double(summary.cachedTokens + summary.wastedCached) / count
    each.prefilledTokens = Double(summary.prefilledTokens) / count
    each.outputTokens = Double(summary.outputTokens + summary.wastedTokens) / count
    each.flops = flops / count
    each.dollars = dollars.map { $0 / count }
    each.joules = joules.map { $0 / count }
    if let latency = questions.latencies.mean, latency > 0, questions.failed == 0,
      cacheByteSeconds > 0
    {
      each.cacheBytes = cacheByteSeconds / (count * latency * 1e-9)
    }
    each.accuracy = accuracy
    each.accuracyBasis = accuracy.map { _ in
      var bases: [String] = []
      for item in workload.classes {
        if let basis = item.accuracy?.basis, !bases.contains(basis) { bases.append(basis) }
      }
      return bases.joined(separator: "; ")
    }
    each.dollarsPerCorrect = dollars.flatMap { dollars in
      accuracy.flatMap { $0 > 0 ? dollars / count / $0 : nil }
    }
    self.each = each
  }
}
