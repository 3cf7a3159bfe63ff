import Scenarios
import Testing

@testable import Validation

struct ReasonsTests {
  private func reasons(
    _ change: (inout RunObservations) -> Void = { _ in }, speedUp: Double = 1,
    kernels: [String] = [], guesses: Bool = false
  ) -> [String] {
    var observations = RunObservations()
    change(&observations)
    return ReasonsToLook(
      observations: observations, speedUp: speedUp, estimatedKernels: kernels, guesses: guesses
    ).all
  }

  @Test func runThatSaysNothingGivesNoReason() { #expect(reasons() == []) }

  @Test func measuredRunBeyondThePeaksIsSaidFirst() {
    let found = reasons(
      {
        $0.ofPeakBandwidth = 0.6
        $0.ofPeakCompute = 0.2
        $0.preempted = 0.25
      }, speedUp: 2)
    #expect(
      found == [
        "as measured it needs 1.20 times the peak memory bandwidth, so less is done than is "
          + "counted",
        "25 % of its requests lost their cache blocks",
      ])
    #expect(reasons({ $0.ofPeakBandwidth = 0.6 }, speedUp: 1.6) == [])
    #expect(
      reasons({ $0.ofPeakCompute = 0.6 }, speedUp: 3).first?.contains("peak arithmetic") == true)
  }

  @Test func sharesThatTellSomethingAreSaid() {
    #expect(
      reasons { $0.waiting = 0.42 } == ["requests wait 42 % of their time to be admitted"])
    #expect(reasons { $0.waiting = 0.05 } == [])
    #expect(
      reasons {
        $0.rankImbalance = 0.3
        $0.expertImbalance = 0.2
      } == ["attention ranks wait 30 % of the time for each other"])
    #expect(
      reasons { $0.expertImbalance = 0.2 }
        == ["ranks wait 20 % of the time for the fullest expert rank"])
    #expect(
      reasons { $0.shares = [0.05, 0.5, 0.3, 0.15, 0] }
        == ["its time is 50 % memory, 30 % interconnect"])
  }

  @Test func whatNobodyMeasuredIsSaid() {
    #expect(
      reasons(kernels: ["moe.fp4", "gemm.fp8"], guesses: true) == [
        "kernels nobody has timed there: moe.fp4, gemm.fp8",
        "how many guessed tokens are right is taken, not measured",
      ])
  }

  private func run(_ points: [PredictedPoint]) -> PredictionRun {
    PredictionRun(of: points.map(\.point), from: .builtIn)
  }

  @Test func worstPointsAreOrderedByTheirRatioEitherWay() throws {
    let points = [
      try SamplePoints.predicted(["id": "high"], off: 1.9),
      try SamplePoints.predicted(["id": "low"], off: 0.5),
      try SamplePoints.predicted(["id": "fine"], off: 1.01),
      try SamplePoints.predicted(["id": "apart", "grade": "B"], off: 9),
    ]
    let worst = run(points).worst(2, of: points)
    #expect(worst.map(\.point.id) == ["low", "high"])
    #expect(worst[0].metric == .medianTimePerOutputToken)
    #expect((worst[0].measured, worst[0].predicted) == (4, 2))
    #expect(run(points).worst(9, of: points).count == 3)
    let apart = [points[3]]
    #expect(run(apart).worst(2, of: apart).map(\.point.id) == ["apart"])
  }

  @Test func throughputStandsInWhereNoTimeWasMeasured() throws {
    var observations = RunObservations()
    observations.ofPeakBandwidth = 0.9
    let point = try SamplePoints.predicted(
      ["tpot_ms_median": "", "output_tok_s_per_gpu": "100"], off: 0.5,
      observations: observations)
    let worst = try #require(run([point]).worst(1, of: [point]).first)
    #expect(worst.metric == .outputThroughput)
    // Measured twice as fast as predicted: 1.8 times the peak.
    #expect(worst.reasons.first?.hasPrefix("as measured it needs 1.80 times the peak") == true)
  }
}
