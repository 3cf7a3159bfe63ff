internal import Projections

/// What must hold of every projection: its bills are products and sums. A broken law is an error of
/// the program, never of its input.
package enum ProjectLaws {
  /// How far sums of many numbers may be off, relative to them.
  private static let tolerance = 1e-9

  package static func broken(_ results: ProjectResults) -> [String] {
    (results.training.map(bill) ?? []) + (results.life.map { life($0, results.training) } ?? [])
  }

  private static func check(
    _ one: Double?, _ other: Double?, _ words: @autoclosure () -> String
  ) -> [String] {
    guard let one, let other else {
      return one == nil && other == nil ? [] : ["law L11 (cost) broken: \(words()): one is unknown"]
    }
    guard abs(one - other) > tolerance * max(abs(one), abs(other)) else { return [] }
    return ["law L11 (cost) broken: \(words()): \(one) and \(other)"]
  }

  /// A line costs its hours times the price of one, and the lines are the total.
  private static func bill(_ training: TrainingResult) -> [String] {
    let lines = training.lines.flatMap { line in
      check(
        training.price.map { $0 * line.effort.hours }, line.effort.dollars,
        "hours at their price, and the cost of the line `\(line.name)`")
    }
    let sums = Measure.allCases.flatMap { measure in
      check(
        sum(training.lines.map(\.effort), measure), training.total[measure],
        "lines of the training, and its total, \(measure.unit)")
    }
    return lines + sums
  }

  /// Serving is that of its years, training that of its bill, and the ratio is theirs.
  private static func life(_ life: LifeResult, _ training: TrainingResult?) -> [String] {
    zip(Measure.allCases, life.rows).flatMap { measure, row -> [String] in
      let product: Double? = row.ratio.flatMap { ratio in row.training.map { ratio * $0 } }
      let served: Double? = row.ratio == nil ? nil : row.serving
      return check(
        sum(life.perYear.map(\.serving), measure), row.serving,
        "serving of the years, and of the life, \(measure.unit)")
        + check(
          training?.total[measure], row.training,
          "training by its bill, and beside the life, \(measure.unit)")
        + check(
          product, served, "training times the ratio, and serving, \(measure.unit)")
    }
  }

  /// The sum of a measure of several efforts, unknown where one of them is.
  private static func sum(_ efforts: [EffortResult], _ measure: Measure) -> Double? {
    efforts.reduce(0) { sum, effort in
      sum.flatMap { known in effort[measure].map { known + $0 } }
    }
  }
}

extension EffortResult {
  subscript(_ measure: Measure) -> Double? {
    switch measure {
    case .flops: flops
    case .acceleratorHours: hours
    case .dollars: dollars
    case .joules: joules
    }
  }
}
