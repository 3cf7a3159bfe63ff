package import Requirements
internal import Results

/// The cases of a sweep that no other is better than in two figures.
package struct SweepFrontier: Codable, Equatable, Sendable {
  /// Pairs of figures that every sweep shows: what a user sees against what an accelerator gives,
  /// and against what that costs.
  package static let shown = [
    ("interactivity", "output.per_gpu"), ("interactivity", "cost.output"),
  ]
  /// Pairs of figures for questions of which it is known how many are answered rightly.
  package static let ofQuestions = [
    ("question.accuracy", "question.cost"), ("question.accuracy", "question.latency"),
  ]

  /// Names of the two figures.
  package var figures: [String]
  /// Indices, the best in the first figure first.
  package var cases: [Int]

  /// Cases that left requests unserved are not on it, as they had it easier than the others, and
  /// none that misses what is required.
  package init(_ first: Figure, _ second: Figure, of records: [SweepRecord]) {
    figures = [first.path, second.path]
    var points: [[Double]] = []
    var indices: [Int] = []
    for record in records where record.isEligible {
      guard let x = record.figures?[first.path], let y = record.figures?[second.path] else {
        continue
      }
      points.append([x, y])
      indices.append(record.index)
    }
    cases = Pareto.frontier(of: points, wanting: [first.prefers, second.prefers])
      .map { indices[$0] }
  }

  package static func all(of records: [SweepRecord]) -> [SweepFrontier] {
    let knowsAccuracy = records.contains { $0.figures?["question.accuracy"] != nil }
    return (shown + (knowsAccuracy ? ofQuestions : [])).compactMap { x, y in
      guard let x = RunFigures.named(x), let y = RunFigures.named(y) else { return nil }
      return SweepFrontier(x, y, of: records)
    }
  }
}
