package import Diagnostics
package import Scenarios

/// A point with what the simulator says of it, or why it says nothing.
package struct PredictedPoint: Sendable {
  package var point: MeasuredPoint
  package var prediction: PointPrediction?
  package var refusals: [Diagnostic]
}

package enum PredictionRun {
  package static func scenarioText(_ point: MeasuredPoint) -> String {
    PointScenario(point).text
  }

  package static func predict(
    _ points: [MeasuredPoint], from catalogues: Catalogues, jobs: Int
  ) -> [PredictedPoint] {
    ParallelCases.map(points, jobs: jobs) { point in
      do {
        let scenario = try ScenarioCatalogue.read(
          text: scenarioText(point), file: point.id)
        let deployment = try Deployment(scenario, from: catalogues)
        return PredictedPoint(
          point: point, prediction: PointPrediction(deployment), refusals: [])
      } catch let error as InvalidInput {
        return PredictedPoint(point: point, prediction: nil, refusals: error.diagnostics)
      } catch let error as FileFailure {
        return PredictedPoint(point: point, prediction: nil, refusals: [error.diagnostic])
      } catch {
        return PredictedPoint(
          point: point, prediction: nil,
          refusals: [Diagnostic(code: "validate/failed", "\(error)")])
      }
    }
  }
}
