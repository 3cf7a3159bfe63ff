internal import Diagnostics
internal import ParallelRuns
package import Scenarios

/// Simulates measured points as they were measured.
package struct PredictionRun: Sendable {
  /// Who looks on: whether to stop, and what share of the work is done.
  package struct Watch: Sendable {
    package var isCancelled: @Sendable () -> Bool
    package var progress: @Sendable (Double) -> Void

    package init(
      isCancelled: @escaping @Sendable () -> Bool = { false },
      progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) {
      self.isCancelled = isCancelled
      self.progress = progress
    }
  }

  private let catalogues: Catalogues
  private let watch: Watch

  /// - Parameter points: whose names are looked up once.
  package init(of points: [MeasuredPoint], from catalogues: Catalogues, watch: Watch = Watch()) {
    self.catalogues = catalogues.preloading(
      models: Set(points.map(\.model)), hardware: Set(points.map(\.hardware)),
      engines: Set(points.map(\.engineProfile)))
    self.watch = watch
  }

  /// Predictions in the order of the points, whatever the number of jobs; what is cancelled is
  /// incomplete.
  ///
  /// - Parameter stages: those to simulate a point at.
  package func predict(
    _ points: [MeasuredPoint], jobs: Int,
    stages: @escaping @Sendable (MeasuredPoint) -> [PredictionStage]
  ) -> [PredictedPoint] {
    let work = WorkDone(total: points.reduce(0) { $0 + Self.weight($1) })
    return ParallelCases.map(points, jobs: jobs, weight: Self.weight) { point in
      let predicted = predict(point, stages(point))
      watch.progress(work.add(Self.weight(point)))
      return predicted
    }
  }

  /// The scenario of a point, as a file that `windtunnel run` reads.
  package static func scenarioText(of point: MeasuredPoint) -> String { PointScenario(point).text }

  /// What is simulated for a point.
  func deployment(
    of point: MeasuredPoint, at stage: PredictionStage = .fullyCalibrated
  ) throws -> Deployment {
    try Deployment(try Self.scenario(of: point), from: stage.catalogues(catalogues, for: point))
  }

  private func predict(_ point: MeasuredPoint, _ stages: [PredictionStage]) -> PredictedPoint {
    var predicted = PredictedPoint(point)
    guard !watch.isCancelled() else { return predicted }
    do {
      let scenario = try Self.scenario(of: point)
      // Most points are simulated before their run looks up.
      for stage in stages where !watch.isCancelled() {
        let deployment = try Deployment(
          scenario, from: stage.catalogues(catalogues, for: point))
        predicted.predictions[stage] = try PointPrediction(
          deployment, isCancelled: watch.isCancelled)
      }
    } catch let error as InvalidInput {
      predicted = PredictedPoint(point, refusals: error.diagnostics)
    } catch let error as FileFailure {
      predicted = PredictedPoint(point, refusals: [error.diagnostic])
    } catch {
      predicted = PredictedPoint(
        point, refusals: [Diagnostic(code: "validate/failed", "\(error)")])
    }
    return predicted
  }

  /// The scenario of a point as it is simulated.
  static func scenario(of point: MeasuredPoint) throws -> Scenario {
    guard point.unknown.isEmpty else {
      let columns = point.unknown.map { "`\($0)`" }.joined(separator: ", ")
      throw InvalidInput(
        Diagnostic(code: "validate/unknown-cell", "the file does not say \(columns)"))
    }
    try checkWords(of: point)
    var named = point
    // It may be any text, and the name of a scenario may not.
    named.id = "line-\(point.line)"
    return try ScenarioCatalogue.read(text: scenarioText(of: named), file: point.id)
  }

  /// The words go into a file: one that has a meaning there is no name of anything.
  private static func checkWords(of point: MeasuredPoint) throws {
    for (column, word) in [
      ("hardware", point.hardware), ("model", point.model), ("weights", point.weights),
      ("kv", point.keyValueCache), ("engine", point.engine),
    ] where !word.utf8.allSatisfy(isPlain) {
      throw InvalidInput(
        Diagnostic(code: "validate/not-a-name", "`\(column)` is no name: \(word)"))
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._-/+".utf8.contains(byte)
    }
  }

  /// About how long a point takes: setting up one costs as much as two thousand requests.
  private static func weight(_ point: MeasuredPoint) -> Int {
    2_000 + (point.requests ?? 10 * (point.concurrency ?? 1))
  }
}
