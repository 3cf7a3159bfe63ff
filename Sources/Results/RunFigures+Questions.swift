internal import Requirements
internal import Units

// What a question takes that several calls answer.
extension RunFigures {
  private static func each(
    _ name: String, _ label: String, _ dimension: Dimension?,
    _ prefers: Figure.Preference = .less, column: String,
    _ value: @escaping @Sendable (QuestionResults.Each) -> Double?
  ) -> RunFigure {
    RunFigure(
      "question.\(name)", label, dimension, prefers, column: "question_\(column)",
      isShare: name == "accuracy",
      absent: .ofNothing(
        name.hasPrefix("correct") || name == "accuracy"
          ? "the scenario says no `answering.accuracy`"
          : "no question is answered by several calls")
    ) { $0.questions?.each.flatMap(value) }
  }

  static let questions = [
    each("calls", "calls of a question", nil, column: "calls") { $0.calls },
    each("output", "tokens written for a question", nil, column: "output_tokens") {
      $0.outputTokens
    },
    RunFigure(
      "question.latency", "question to answer, mean", .seconds, .less,
      column: "question_latency_mean_ms", scale: 1e3,
      absent: .ofNothing("no question is answered by several calls")
    ) { $0.questions?.latency.map { $0.mean / 1e3 } },
    each("flops", "FLOPs of a question", nil, column: "flops") { $0.flops },
    each("cost", "cost of a question", .dollars, column: "cost_usd") { $0.dollars },
    each("energy", "energy of a question", .joules, column: "energy_j") { $0.joules },
    each("cache", "cache held for a question", .bytes, column: "cache_bytes") { $0.cacheBytes },
    each("accuracy", "questions answered rightly", nil, .more, column: "accuracy") {
      $0.accuracy
    },
    each("correct", "cost of a right answer", .dollars, column: "cost_per_correct_usd") {
      $0.dollarsPerCorrect
    },
  ]
}
