internal import Hardware
internal import OperatorCosts
package import Scenarios
internal import Workloads

/// Engines fitted to serving points, with what they would be had some of the points not been there.
package enum ServingCalibration {
  /// Requests of a run that is worth simulating again and again.
  private static let mostRequests = 25_000

  /// - Parameter progress: called with the engine's name after every evaluation of its points.
  package static func fit(
    _ points: [MeasuredPoint], from catalogues: Catalogues, jobs: Int, iterations: Int = 5,
    progress: @escaping (String) throws -> Void
  ) throws -> CalibrationRecord {
    let cases = points.filter { $0.isFitted }.compactMap { point -> FitCase? in
      guard let hardware = try? catalogues.hardware(point.hardware),
        let scenario = try? PredictionRun.scenario(of: point),
        scenario.workload.requests <= mostRequests,
        (try? Deployment(scenario, from: catalogues)) != nil
      else { return nil }
      return FitCase(
        point, scenario: scenario, on: hardware.architectures.first ?? "", from: catalogues)
    }
    var engines: [String: CalibrationRecord.Engine] = [:]
    for name in Set(cases.map(\.point.engine)).sorted() {
      engines[name] = try fit(
        try catalogues.engine(name), to: cases.filter { $0.point.engine == name },
        from: catalogues, jobs: jobs, iterations: iterations, progress: progress)
    }
    return CalibrationRecord(engines: engines)
  }

  private static func fit(
    _ engine: EngineProfile, to cases: [FitCase], from catalogues: Catalogues, jobs: Int,
    iterations: Int, progress: @escaping (String) throws -> Void
  ) throws -> CalibrationRecord.Engine {
    let fit = EngineFit(
      engine: engine, catalogues: catalogues, cases: cases, jobs: jobs,
      progress: { try progress(engine.name) })
    let result = try fit.run(from: start(engine, cases), iterations: iterations)
    var fitted = CalibrationRecord.Engine(
      points: cases.count, fitted: result.parameters, withoutHardware: [:], withoutModel: [:])
    for hardware in Set(cases.map(\.point.hardware)) {
      fitted.withoutHardware[hardware] = fit.leavingOut(result) { $0.hardware == hardware }
    }
    for model in Set(cases.map(\.point.model)) {
      fitted.withoutModel[model] = fit.leavingOut(result) { $0.model == model }
    }
    for family in Set(cases.map(\.point.family)) {
      fitted.withoutCampaign[family] = fit.leavingOut(result) { $0.family == family }
    }
    return fitted
  }

  /// The engine as it is; where it has nothing for a place, a guess of the right size.
  private static func start(_ engine: EngineProfile, _ cases: [FitCase]) -> EngineParameters {
    var start = EngineParameters(engine)
    let guess = StepGaps(secondsPerStep: 0.5e-3, secondsPerSequence: 10e-6, secondsPerLayer: 5e-6)
    start.gaps = [:]
    for item in cases { start.gaps[item.place] = item.gaps ?? guess }
    return start
  }
}
