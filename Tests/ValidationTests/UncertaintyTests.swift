import Testing

@testable import Validation

@Suite struct UncertaintyTests {
  private func points(
    _ measured: [Double], family: String = "inferencex"
  ) throws -> [PredictedPoint] {
    try measured.map { value in
      let point = try SamplePoints.point(["tpot_ms_median": "\(value)", "family": family])
      let prediction = PointPrediction(values: [.medianTimePerOutputToken: 10])
      return PredictedPoint(
        point, predictions: [.fullyCalibrated: prediction, .withoutCampaign: prediction])
    }
  }

  @Test func eightInTenLieBetweenTheFactors() throws {
    let points = try points((1...11).map { 8 + Double($0) / 2.5 })
    // Measured over predicted runs from 0.84 to 1.24 in steps of 0.04.
    let uncertainty = Uncertainty(of: points)
    let factors = try #require(
      uncertainty.factors(.calibrated, .aggregated, .timePerOutputToken))
    #expect(abs(factors.low - 0.88) < 1e-9)
    #expect(abs(factors.high - 1.2) < 1e-9)
    #expect(
      uncertainty.coverage(of: points, .timePerOutputToken, at: .fullyCalibrated) == 9.0 / 11)
    #expect(uncertainty.factors(.transferred, .aggregated, .timePerOutputToken) == nil)
    let read = try Uncertainty(uncertainty.text, file: "x.yaml")
    #expect(read.text == uncertainty.text)

    // All above what was predicted: the interval lies around the prediction.
    let high = Uncertainty.factors(of: (1...11).map { 1 + Double($0) / 10 })
    #expect(abs(high.high - 1.9) < 1e-9 && abs(high.low - 1 / 1.9) < 1e-9)
  }

  @Test func aCampaignIsHeldToTheIntervalsOfTheOthers() throws {
    let mine = try points(Array(repeating: 15, count: 10), family: "mine")
    let theirs = try points((1...11).map { 8 + Double($0) / 2.5 })
    // None of mine lies in theirs; all of theirs lie around the prediction as far as mine do.
    let share = Uncertainty.coverageOfUnseenCampaigns(of: mine + theirs, .timePerOutputToken)
    #expect(share == 11.0 / 21)
    #expect(Uncertainty.coverageOfUnseenCampaigns(of: mine, .timePerOutputToken) == nil)
  }

  @Test func noShippedIntervalLeavesOutTheEstimate() {
    for basis in Uncertainty.Basis.allCases {
      for kind in Uncertainty.Kind.allCases {
        for metric in CardMetric.allCases {
          guard let found = Uncertainty.shipped.factors(basis, kind, metric) else { continue }
          #expect(found.low < 1 && found.high > 1, "\(basis) \(kind) \(metric)")
        }
      }
    }
  }

  @Test func shippedOneKnowsEveryKindAndFigure() {
    for basis in Uncertainty.Basis.allCases {
      for kind in Uncertainty.Kind.allCases {
        // No serving point that comes with the program has power.
        for metric in CardMetric.allCases
        where metric != .acceleratorPower && metric != .energyPerToken {
          let factors = Uncertainty.shipped.factors(basis, kind, metric)
          #expect(factors != nil && factors!.low < factors!.high, "\(basis) \(kind) \(metric)")
        }
      }
    }
  }
}
