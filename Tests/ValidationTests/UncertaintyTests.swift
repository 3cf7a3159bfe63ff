import Testing

@testable import Validation

@Suite struct UncertaintyTests {
  @Test func eightInTenLieBetweenTheFactors() throws {
    let points = try (1...11).map { index in
      let point = try SamplePoints.point(["tpot_ms_median": "\(8 + Double(index) / 2.5)"])
      return PredictedPoint(
        point,
        predictions: [
          .fullyCalibrated: PointPrediction(values: [.medianTimePerOutputToken: 10])
        ])
    }
    // Measured over predicted runs from 0.84 to 1.24 in steps of 0.04.
    let uncertainty = Uncertainty(of: points)
    let factors = try #require(
      uncertainty.factors(.calibrated, .aggregated, .timePerOutputToken))
    #expect(abs(factors.low - 0.88) < 1e-9)
    #expect(abs(factors.high - 1.2) < 1e-9)
    #expect(
      uncertainty.coverage(of: points, .timePerOutputToken, at: .fullyCalibrated) == 9.0 / 11)
    #expect(uncertainty.factors(.transferred, .aggregated, .timePerOutputToken) == nil)
    #expect(try Uncertainty(uncertainty.text, file: "x.yaml") == uncertainty)
  }

  @Test func shippedOneKnowsEveryKindAndFigure() {
    for basis in Uncertainty.Basis.allCases {
      for kind in Uncertainty.Kind.allCases {
        for metric in CardMetric.allCases {
          let factors = Uncertainty.shipped.factors(basis, kind, metric)
          #expect(factors != nil && factors!.low < factors!.high, "\(basis) \(kind) \(metric)")
        }
      }
    }
  }
}
