import Testing

@testable import Projections

@Suite struct LifetimeTests {
  /// Without attention, 2 N a served token against 6 N a training token.
  @Test(arguments: [1e12, 15e12], [8e9, 400e9])
  func breakEvenIsThreeTimesTheTrainingTokens(trained: Double, parameters: Double) throws {
    let bill = try TrainingBill(
      Samples.plan(runs: [Samples.run(tokens: trained)], parameters: parameters), serving: nil)
    let life = Lifetime(
      training: bill.total, trainingTokens: trained,
      serving: [(share: 1, figures: try Samples.figures(parameters: parameters))],
      demand: Demand(inputPerDay: 3e9, answerPerDay: 1e9), years: 1, countsAttention: false)
    for (ratio, tokens) in [(1.0, 3.0), (2, 6), (15, 45), (118, 354)] {
      let found = try life.tokens(.flops, ratio: ratio) / trained
      #expect(abs(found - tokens) < 1e-9 * tokens)
    }
  }

  @Test func theFourRatiosAreTheirOwnSums() throws {
    let life = try Samples.lifetime()
    let days = 365.25
    // A day is 1,000 hours of prompts and 4,000 of answers.
    #expect(
      abs(life.effort(months: 12).acceleratorHours / (5_000 * days) - 1) < 1e-12)
    #expect(abs((life.effort(months: 12).dollars ?? 0) / (10_000 * days) - 1) < 1e-12)
    #expect(abs((life.effort(months: 12).joules ?? 0) / (5_000 * 3.6e6 * days) - 1) < 1e-12)
    #expect(abs(life.effort(months: 12).flops / (2e9 * 16e9 * days) - 1) < 1e-12)
    let flops = try #require(life.ratio(.flops, months: 12))
    #expect(abs(flops - 2e9 * days / 3e12) < 1e-9)
  }

  @Test func breakEvenIsWhereTheRatioIsOne() throws {
    let life = try Samples.lifetime(growth: 3)
    for measure in Measure.allCases {
      let months = try life.months(measure, ratio: 1)
      let ratio = try #require(life.ratio(measure, months: months))
      #expect(abs(ratio - 1) < 1e-9)
    }
  }

  @Test func targetsAreReachedByWhatTheyAskFor() throws {
    var life = try Samples.lifetime(growth: 2, years: 3, reasoning: 0.5)
    let target = RatioTarget(ratio: 1_000, measure: .dollars)
    let growth = try life.growth(target)
    let multiplier = try life.thinkingMultiplier(target)
    life.demand.thinkingMultiplier = multiplier
    #expect(abs(try #require(life.ratio(.dollars, months: 36)) / 1_000 - 1) < 1e-9)
    life.demand.thinkingMultiplier = 0
    life.demand.growth.perYear = growth
    #expect(abs(try #require(life.ratio(.dollars, months: 36)) / 1_000 - 1) < 1e-9)
  }

  @Test func targetThatIsNeverReachedHasAReason() throws {
    let life = try Samples.lifetime(growth: 0.1)
    #expect(throws: Impossibility.self) { try life.months(.flops, ratio: 118) }
    let still = try Samples.lifetime()
    #expect(
      throws: Impossibility(
        "no answer is thought about, so thinking longer changes nothing",
        hint: "give `demand.reasoning_share`")
    ) { try still.thinkingMultiplier(RatioTarget(ratio: 2, measure: .flops)) }
    let capped = try Samples.lifetime(ceiling: 2)
    #expect(
      throws: Impossibility(
        "no growth reaches the ratio in this life: 1,000,000",
        notes: [
          "it takes 49,281,314 months of today's demand in 12.0 months, and demand ends at 2.00 "
            + "times today's"
        ],
        hint: "lengthen `life.years`, or lift `demand.ceiling`")
    ) { try capped.growth(RatioTarget(ratio: 1e6, measure: .flops)) }
  }

  /// The price cancels out of what rests on the run alone, and does not where it is the run's.
  @Test func intervalJoinsThroughputAndPrice() throws {
    var life = try Samples.lifetime()
    life.serving[0].figures = try Samples.figures(
      spread: Spread(low: 0.8, high: 1.25), price: Spread(low: 0.8, high: 1.25))
    #expect(life.spread(.flops) == .none)
    #expect(abs(life.spread(.acceleratorHours).high - 1.25) < 1e-12)
    #expect(abs(life.spread(.dollars).high - 1.371) < 1e-3)
    life.trainingSpread = Spread(low: 0.5, high: 2)
    #expect(life.spread(.joules).high > 2)
  }

  @Test func sensitivityMovesWhatItSaysAndNothingElse() throws {
    let life = try Samples.lifetime(growth: 2, reasoning: 0.2)
    let found = Sensitivity.all(of: life)
    #expect(found.map(\.factor) == Sensitivity.Factor.allCases)
    let base = try #require(life.ratio(.flops, months: 12))
    for item in found where item.factor == .price || item.factor == .utilization {
      #expect(item.low.ratios[.flops] == base && item.high.ratios[.flops] == base)
    }
    let price = try #require(found.first { $0.factor == .price })
    #expect(price.low.ratios[.joules] == price.high.ratios[.joules])
    #expect(
      abs((price.high.ratios[.dollars] ?? 0) / (price.low.ratios[.dollars] ?? 1) - 4) < 1e-9)
  }

  /// What was said to grow is the served side: figures of another machine change hours, not FLOPs.
  @Test func machineChangesHoursAndNotFLOPs() throws {
    let life = try Samples.lifetime()
    var other = life
    other.serving[0].figures.outputHours = 1
    #expect(other.ratio(.flops, months: 12) == life.ratio(.flops, months: 12))
    #expect(
      try #require(other.ratio(.acceleratorHours, months: 12))
        < (try #require(life.ratio(.acceleratorHours, months: 12))))
  }
}
