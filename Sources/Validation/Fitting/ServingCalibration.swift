internal import Hardware
internal import OperatorCosts
package import Scenarios
internal import Workloads

/// Engines fitted to serving points, with what they would be had some of the points not been there.
package struct ServingCalibration {
  package struct FittedEngine {
    package var name: String
    package var parameters: EngineParameters
    package var points: Int
    /// By the machine, and by the model, whose points were left out.
    package var withoutHardware: [String: EngineParameters]
    package var withoutModel: [String: EngineParameters]
  }

  package var engines: [FittedEngine] = []

  /// Requests of a run that is worth simulating again and again.
  private static let mostRequests = 25_000

  package init(
    _ points: [MeasuredPoint], from catalogues: Catalogues, jobs: Int, iterations: Int = 6,
    report: @escaping (String) throws -> Void
  ) throws {
    let cases = points.filter { $0.isFitted }.compactMap { point -> FitCase? in
      guard let hardware = try? catalogues.hardware(point.hardware),
        let scenario = try? ScenarioCatalogue.read(
          text: PointScenario(point).text, file: point.id),
        scenario.workload.requests <= Self.mostRequests,
        (try? Deployment(scenario, from: catalogues)) != nil
      else { return nil }
      return FitCase(point, scenario: scenario, platform: hardware.architectures.first ?? "")
    }
    for name in Set(cases.map(\.point.engine)).sorted() {
      let own = cases.filter { $0.point.engine == name }
      let engine = try catalogues.engine(name)
      var start = EngineParameters(engine)
      let platforms = Set(own.map(\.platform))
      start.gaps = start.gaps.filter { platforms.contains($0.key) }
      for platform in platforms where start.gaps[platform] == nil {
        start.gaps[platform] = .init(
          secondsPerStep: 0.5e-3, secondsPerSequence: 10e-6, secondsPerLayer: 5e-6)
      }
      let fit = EngineFit(
        engine: engine, catalogues: catalogues, cases: own, jobs: jobs,
        progress: { try report(name) })
      let result = try fit.run(from: start, iterations: iterations)
      var fitted = FittedEngine(
        name: name, parameters: result.parameters, points: own.count, withoutHardware: [:],
        withoutModel: [:])
      for hardware in Set(own.map(\.point.hardware)) {
        fitted.withoutHardware[hardware] = fit.leavingOut(result) { $0.hardware == hardware }
      }
      for model in Set(own.map(\.point.model)) {
        fitted.withoutModel[model] = fit.leavingOut(result) { $0.model == model }
      }
      engines.append(fitted)
    }
  }
}

extension MeasuredPoint {
  /// Whether engines are fitted to it: closed-loop runs of grade A since 2025.
  var isFitted: Bool { load == .closed && grade != "B" && !engineVersion.hasPrefix("0.14") }
}
