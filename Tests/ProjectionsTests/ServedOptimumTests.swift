import Statistics
import Testing

@testable import Projections

@Suite struct ServedOptimumTests {
  private func saving(_ law: LossLaw) throws -> (best: ServedOptimum.Cost, share: Double) {
    let trained = law.optimum(parameters: 13e9)
    let loss = law.loss(parameters: 13e9, tokens: trained.tokens)
    let served = ServedOptimum(law: law, loss: loss, inputTokens: 0, outputTokens: 2e12)
    let best = try served.best()
    let base = try served.cost(parameters: 13e9)
    return (best, 1 - best.total / base.total)
  }

  /// Sardana et al. report about 7 billion parameters and 1.7e22 FLOPs, 17 %.
  @Test func sardanaCase() throws {
    let law = LossLaw.hoffmann
    #expect((law.optimum(parameters: 13e9).tokens / 1e9).rounded() == 619)
    let (best, share) = try saving(law)
    #expect((best.choice.parameters / 1e8).rounded() / 10 == 7.1)
    #expect((best.choice.tokens / 1e10).rounded() / 100 == 1.30)
    #expect((best.total / 1e20).rounded() / 100 == 8.40)
    #expect((share * 1_000).rounded() / 10 == 16.3)
  }

  @Test func otherFitsSaveOtherShares() throws {
    #expect((try saving(.besiroglu).share * 1_000).rounded() / 10 == 29.0)
    #expect((try saving(.hoffmannPrinted).share * 1_000).rounded() / 10 == 10.1)
  }

  @Test func withoutServingTheComputeOptimumIsBest() throws {
    let law = LossLaw.besiroglu
    let trained = law.optimum(flops: 1e23)
    let loss = law.loss(parameters: trained.parameters, tokens: trained.tokens)
    let best = try ServedOptimum(law: law, loss: loss, inputTokens: 0, outputTokens: 0).best()
    #expect(abs(best.choice.parameters / trained.parameters - 1) < 1e-4)
  }

  @Test func dearerDecodeMakesTheModelSmaller() throws {
    let law = LossLaw.besiroglu
    let trained = law.optimum(parameters: 70e9)
    let loss = law.loss(parameters: 70e9, tokens: trained.tokens)
    func best(_ decode: Double) throws -> Double {
      try ServedOptimum(
        law: law, loss: loss, inputTokens: 1e12, outputTokens: 1e12,
        prices: ComputePrices(training: 1, prefill: 1, decode: decode)
      ).best().choice.parameters
    }
    #expect(try best(5) < best(1))
  }
}

@Suite struct RepeatedDataTests {
  @Test func workedExample() {
    #expect((RepeatedData.worth(unique: 5e11, read: 1.4e12) / 1e9).rounded() == 1349)
  }

  @Test func firstPassIsWorthWhatItIs() {
    #expect(RepeatedData.worth(unique: 5e11, read: 5e11) == 5e11)
    #expect(RepeatedData.worth(unique: 5e11, read: 2e11) == 2e11)
  }

  /// Four epochs are nearly as good as new text, forty are not (Muennighoff et al., abstract).
  @Test func worthOfAFurtherPassDiminishes() {
    #expect(RepeatedData.worth(unique: 1, read: 4) > 0.9 * 4)
    #expect(RepeatedData.worth(unique: 1, read: 40) < 0.4 * 40)
  }

  @Test func readingInvertsTheWorth() throws {
    for passes in [0.5, 1, 3, 20] {
      let worth = RepeatedData.worth(unique: 1e12, read: passes * 1e12)
      #expect(abs(try RepeatedData.read(worth: worth, unique: 1e12) / passes - 1e12) < 1)
    }
  }

  @Test func textThatIsTooLittleHasAReason() {
    #expect(
      throws: Impossibility(
        "repeating 500 billion tokens never teaches as much as this many new ones: "
          + "10.0 trillion",
        notes: ["the worth of repetition ends at 16.4 times the text: 8.19 trillion"],
        hint: "find 610 billion unique tokens or more")
    ) { try RepeatedData.read(worth: 1e13, unique: 5e11) }
  }
}

@Suite struct ComputeExchangeTests {
  /// The paper's small and large R, for a model 14 times larger.
  @Test func snellsExchange() {
    #expect(
      abs(ComputeExchange.matchedInference(larger: 14, servedPerTrained: 0.16) - 257.75) < 1e-9)
    #expect(
      abs(ComputeExchange.matchedInference(larger: 14, servedPerTrained: 22) - 15.7727) < 1e-3)
  }

  @Test func bothSidesOfTheExchangeSpendTheSame() {
    let (size, trained, larger) = (7e9, 1.4e11, 10.0)
    for served in [1e10, 1e12, 1e14] {
      let times = ComputeExchange.matchedInference(
        larger: larger, servedPerTrained: served / trained)
      let small = 6 * size * trained + 2 * size * times * served
      let large = larger * (6 * size * trained + 2 * size * served)
      #expect(abs(small / large - 1) < 1e-12)
    }
  }

  /// Of all splits on the curve log C_t + k log C_i = 0 the cheapest has C_i = k C_t.
  @Test(arguments: [0.5, 1, 3, 118])
  func optimumSpendsByTheRateOfExchange(exchange: Double) {
    // On the curve C_t = C_i^-k.
    func total(_ inference: Double) -> Double {
      power(inference, -exchange) + inference
    }
    let best = power(exchange, 1 / (exchange + 1))
    let training = power(best, -exchange)
    #expect(abs(best / training / ComputeExchange.optimalRatio(exchange: exchange) - 1) < 1e-9)
    #expect(total(best) < total(best * 1.01))
    #expect(total(best) < total(best / 1.01))
  }
}
