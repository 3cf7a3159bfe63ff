internal import ServingSimulation
internal import Workloads

/// What became of questions that several calls of the model answer. Absent where none does.
package struct QuestionResults: Codable, Equatable, Sendable {
  package var asked: Int64
  package var answered: Int64
  /// Whose calls were refused or lost.
  package var failed: Int64
  package var calls: Int64
  /// Calls that votes did not need, for no answer could overtake the leading one any more.
  package var sparedCalls: Int64
  /// From a question to its answer.
  package var latency: RunResults.Spread?
  /// What an answered question takes; absent where other requests are served beside questions.
  package var each: Each?

  package struct Each: Codable, Equatable, Sendable {
    package var calls: Double
    package var inputTokens: Double
    /// Of them, found in a cache; and computed, which is the rest and what preemptions cost.
    package var cachedTokens: Double
    package var prefilledTokens: Double
    package var outputTokens: Double
    /// Of all accelerators.
    package var flops: Double
    package var dollars: Double?
    package var joules: Double?
    /// Published share of right answers, as the scenario has it.
    package var accuracy: Double?
    package var dollarsPerCorrect: Double?

    private enum CodingKeys: String, CodingKey {
      case calls, flops, accuracy
      case inputTokens = "input_tokens"
      case cachedTokens = "cached_tokens"
      case prefilledTokens = "prefilled_tokens"
      case outputTokens = "output_tokens"
      case dollars = "cost_usd"
      case joules = "energy_j"
      case dollarsPerCorrect = "cost_per_correct_usd"
    }
  }

  private enum CodingKeys: String, CodingKey {
    case asked, answered, failed, calls, each
    case sparedCalls = "spared_calls"
    case latency = "latency_ms"
  }
}

extension QuestionResults {
  init?(
    _ summary: RunSummary, _ workload: Workload, flops: Double, dollars: Double?, joules: Double?
  ) {
    guard let questions = summary.questions else { return nil }
    asked = questions.asked
    answered = questions.answered
    failed = questions.failed
    calls = questions.calls
    sparedCalls = questions.spared
    latency = RunResults.Spread(questions.latencies)
    guard questions.answered > 0, workload.classes.allSatisfy({ $0.strategy != nil }) else {
      return
    }
    let count = Double(questions.answered)
    func each(_ value: Double) -> Double { ReportNumber.rounded(value / count) }
    let shares = workload.classes.reduce(0) { $0 + $1.share }
    let accuracy: Double? =
      workload.classes.allSatisfy { $0.accuracy != nil }
      ? workload.classes.reduce(0) { $0 + $1.share / shares * ($1.accuracy ?? 0) } : nil
    self.each = Each(
      calls: each(Double(questions.calls)), inputTokens: each(Double(summary.inputTokens)),
      cachedTokens: each(Double(summary.cachedTokens)),
      prefilledTokens: each(Double(summary.prefilledTokens)),
      outputTokens: each(Double(summary.outputTokens)), flops: each(flops),
      dollars: dollars.map(each),
      joules: joules.map(each), accuracy: accuracy.map { ReportNumber.rounded($0) },
      dollarsPerCorrect: dollars.flatMap { dollars in
        accuracy.flatMap { $0 > 0 ? ReportNumber.rounded(dollars / count / $0) : nil }
      })
  }
}
