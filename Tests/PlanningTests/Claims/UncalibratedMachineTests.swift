import Outcomes
import Planning
import Results
import Scenarios
import Testing

/// What was shown of Vera Rubin and Groq 3 LPX, whose profiles nobody could fit to anything.
struct UncalibratedMachineTests {
  /// SemiAnalysis, 2026-07-23: output tokens a second for an all-in megawatt, at tokens a second
  /// for every user. 4.18 USD a million tokens at the last of them and 3.57 USD an hour are 237
  /// tokens a second for each GPU, so 3.36 kW are counted for one.
  private static let kilowatts = 3.36

  struct Point: CustomTestStringConvertible, Sendable {
    var interactivity: Double
    var tokensPerMegawatt: Double
    /// A layout and clients that hold that speed: what was measured with is not published.
    var run: ClaimRun
    var clients: Int

    var testDescription: String { "\(interactivity) tok/s/user" }
  }

  private static func narrow(_ ranks: Int) -> ClaimRun {
    ClaimRun(
      "rubin-prototype", "pools.decode.parallelism={tensor: \(ranks)}", "pools.prefill.replicas=1")
  }

  static let points = [
    Point(
      interactivity: 50, tokensPerMegawatt: 1.33e6, run: ClaimRun("rubin-prototype"),
      clients: 1_200),
    Point(
      interactivity: 134, tokensPerMegawatt: 886e3,
      run: ClaimRun(
        "rubin-prototype", "pools.decode.parallelism={attention_data: 16, expert: 16}"),
      clients: 380),
    Point(
      interactivity: 300, tokensPerMegawatt: 96_446, run: narrow(8), clients: 8),
    Point(
      interactivity: 350, tokensPerMegawatt: 70_703, run: narrow(16), clients: 7),
  ]

  /// That it is too low everywhere is known, and written in the README there: out of the interval
  /// of machines without serving points, whose kernels were timed.
  @Test(arguments: points) func thePrototypeIsFasterThanItsDatasheetSays(point: Point) throws {
    let requests = max(40, 2 * point.clients)
    let trial = try point.run.of(clients: point.clients, requests: requests).trial()
    #expect(try ClaimRun.interactivity(trial) > 0.99 * point.interactivity)
    let intervals = try #require(PredictionIntervals(trial.results, of: trial.deployment))
    let high = try #require(intervals.outputRatePerAccelerator).high
    let measured = point.tokensPerMegawatt * Self.kilowatts * 1e-3
    let factor = try measured / #require(trial.results.outputRatePerAccelerator)
    #expect(high < measured, "\(measured) above \(high)")
    #expect((1.4...2.6).contains(factor), "\(factor)")
  }

  /// The layer latency of the profile, 7 us, is assumed from the first number with two tokens a
  /// step: that one says only that the layers add up. The profile has it between 1.5 and 14 us, so
  /// a factor of two on the slow side is what may be expected of the other.
  @Test(arguments: [(16_000, 4_767.0, 0.1), (100_000, 3_431, 1)])
  func theRackOfChipsIsWithinTheTolerance(
    context: Int, measured: Double, tolerance: Double
  ) throws {
    let trial = try ClaimRun("lpx-27b", "workload.input=\(context)").of(clients: 1, requests: 4)
      .trial()
    let tokens = try 2 * ClaimRun.interactivity(trial)
    #expect(abs(tokens / measured - 1) < tolerance, "\(tokens) against \(measured)")
  }
}
