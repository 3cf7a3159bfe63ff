internal import Results
internal import ServingSimulation
internal import Workloads

extension QuestionResults {
  /// Nil where no questions are asked.
  init?(
    _ summary: RunSummary, _ workload: Workload, flops: Double, dollars: Double?, joules: Double?
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
      ? workload.classes.reduce(0) { $0 + $1.share / shares * ($1.accuracy ?? 0) } : nil
    var each = Each()
    each.calls = Double(questions.calls) / count
    each.inputTokens = Double(summary.inputTokens) / count
    each.cachedTokens = Double(summary.cachedTokens) / count
    each.prefilledTokens = Double(summary.prefilledTokens) / count
    each.outputTokens = Double(summary.outputTokens) / count
    each.flops = flops / count
    each.dollars = dollars.map { $0 / count }
    each.joules = joules.map { $0 / count }
    each.accuracy = accuracy
    each.dollarsPerCorrect = dollars.flatMap { dollars in
      accuracy.flatMap { $0 > 0 ? dollars / count / $0 : nil }
    }
    self.each = each
  }
}
