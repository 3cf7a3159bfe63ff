import Testing

@testable import Projections

@Suite struct TrainingBillTests {
  @Test func deepSeekV3() throws {
    let bill = try TrainingBill(
      Samples.plan(
        runs: [
          Samples.run(tokens: 14.8e12, hours: 2_664_000),
          Samples.run("context extension", hours: 119_000),
          Samples.run("post-training", hours: 5_000),
        ], parameters: 37e9, utilization: nil, hardware: "h800-sxm"), serving: nil)
    #expect(bill.total.acceleratorHours == 2_788_000)
    #expect(bill.total.dollars == 5_576_000)
    #expect(abs(bill.lines[0].effort.flops / 3.29e24 - 1) < 2e-3)
    // Of the bf16 peak, without attention.
    #expect(abs((bill.knownUtilization ?? 0) - 0.346) < 1e-3)
  }

  @Test func hoursFollowFromTokensAndUtilization() throws {
    let bill = try TrainingBill(
      Samples.plan(
        runs: [Samples.run(tokens: 15.6e12)], parameters: 405e9,
        utilization: Ranged(0.4, low: 0.38, high: 0.43), lost: 0.1), serving: nil)
    let flops = 6 * 405e9 * 15.6e12
    let hours = flops / (0.4 * 989e12 * 3_600) / 0.9
    #expect(abs(bill.total.acceleratorHours / hours - 1) < 1e-9)
    #expect(abs(bill.hoursSpread.low - 0.4 / 0.43) < 1e-12)
    #expect(abs(bill.hoursSpread.high - 0.4 / 0.38) < 1e-12)
  }

  @Test func attentionCountsThreeTimesItsForwardPass() throws {
    let runs = [Samples.run(tokens: 1e12)]
    let plain = try TrainingBill(Samples.plan(runs: runs), serving: nil).total.flops
    let counted = try TrainingBill(Samples.plan(runs: runs, attention: true), serving: nil)
    let pairs = 4_097.0 / 2
    let each = 3 * 32.0 * 4 * 32 * 128 * pairs
    #expect(abs((counted.total.flops - plain) / (each * 1e12) - 1) < 1e-12)
  }

  @Test func epochsAreReadAgain() throws {
    let once = try TrainingBill(Samples.plan(runs: [Samples.run(tokens: 1e12)]), serving: nil)
    let thrice = try TrainingBill(
      Samples.plan(runs: [Samples.run(tokens: 1e12, epochs: 3)]), serving: nil)
    #expect(abs(thrice.total.flops / once.total.flops - 3) < 1e-12)
    #expect(thrice.trainingTokens == 3e12)
  }

  @Test func failedRunsAndExperimentsAreFactors() throws {
    let bill = try TrainingBill(
      Samples.plan(runs: [Samples.run(hours: 100)], failed: 0.5, experiments: 2), serving: nil)
    #expect(bill.lines.map(\.name) == ["pretraining", "failed runs", "experiments"])
    #expect(bill.total.acceleratorHours == 450)
  }

  /// A million output tokens take four hours in the sample.
  @Test func rolloutsAreAsFastAsTheSimulatedRun() throws {
    let figures = try Samples.figures()
    let written = try TrainingBill(
      Samples.plan(
        runs: [
          Samples.run(
            "rl", rollouts: .tokens(TokenMix(input: 0, cached: 0, output: 1e9)))
        ]), serving: figures)
    #expect(abs(written.total.acceleratorHours - 4_000) < 1e-6)
    let stated = try TrainingBill(
      Samples.plan(runs: [Samples.run("rl", hours: 5_000, rollouts: .shareOfHours(0.8))]),
      serving: figures)
    #expect(abs((stated.lines[0].tokens ?? 0) / 1e9 - 1) < 1e-9)
    #expect(stated.lines.map(\.name) == ["rl: answers written", "rl: learning"])
    #expect(abs(stated.total.acceleratorHours - 5_000) < 1e-6)
  }

  @Test func whatCannotBeKnownSaysWhatIsMissing() {
    #expect(
      throws: Impossibility(
        "the hours of a run follow from its utilisation, which is not given: pretraining",
        notes: ["4.80e22 FLOPs"],
        hint: "give `training.mfu`, for example `0.4`, or the run's `hours`")
    ) {
      try TrainingBill(
        Samples.plan(runs: [Samples.run(tokens: 1e12)], utilization: nil), serving: nil)
    }
    #expect(
      throws: Impossibility(
        "a training run needs tokens or hours: rl",
        hint: "give it `tokens`, or `hours`, or `gpus` and `time`")
    ) { try TrainingBill(Samples.plan(runs: [Samples.run("rl")]), serving: nil) }
    #expect(
      throws: Impossibility(
        "answers that training writes are as fast as a simulated run, and there is none: rl",
        hint: "describe one under `serving`")
    ) {
      try TrainingBill(
        Samples.plan(runs: [Samples.run("rl", hours: 1, rollouts: .shareOfHours(1))]),
        serving: nil)
    }
  }
}
