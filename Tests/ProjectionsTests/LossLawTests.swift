import Testing

@testable import Projections

@Suite struct LossLawTests {
  @Test func workedExample() {
    let loss = LossLaw.besiroglu.loss(parameters: 13e9, tokens: 2.6015e11)
    #expect(abs(loss - 2.1025) < 1e-4)
  }

  @Test(arguments: LossLaw.all)
  func tokensForALossInvertTheLoss(law: LossLaw) throws {
    for tokens in [1e9, 3e11, 1.5e13] {
      let loss = law.loss(parameters: 7e9, tokens: tokens)
      #expect(abs(try law.tokens(loss: loss, parameters: 7e9) / tokens - 1) < 1e-9)
    }
  }

  @Test func lossFallsWithSizeAndWithText() {
    let law = LossLaw.besiroglu
    #expect(
      law.loss(parameters: 7e9, tokens: 1e12) > law.loss(parameters: 70e9, tokens: 1e12))
    #expect(law.loss(parameters: 7e9, tokens: 1e12) > law.loss(parameters: 7e9, tokens: 2e12))
  }

  @Test func lossBelowTheFloorHasAReason() {
    #expect(
      throws: Impossibility(
        "no model reaches this loss: 1.8000",
        notes: ["the law `besiroglu` ends at 1.8170 for any size and any amount of text"],
        hint: "ask for a loss above 1.8170")
    ) { try LossLaw.besiroglu.leastParameters(loss: 1.8) }
  }

  @Test func modelThatIsTooSmallForALossIsToldHowLargeItMustBe() {
    #expect(
      throws: Impossibility(
        "a model of 1.00 billion parameters does not reach this loss: 2.0000",
        notes: ["with all the text there could be it ends at 2.1742"],
        hint: "take more than 6.84 billion parameters")
    ) { try LossLaw.besiroglu.tokens(loss: 2, parameters: 1e9) }
  }

  @Test func kaplanWorkedExample() {
    #expect(abs(KaplanLaw.loss(parameters: 1.5e9) - 2.304) < 1e-3)
    #expect(abs(KaplanLaw.loss(compute: 8.64e19) - 2.658) < 1e-3)
    #expect(abs(KaplanLaw.loss(tokens: 5.4e13) - 1) < 1e-12)
  }

  @Test func kaplanSpendsComputeOnSize() {
    let choice = KaplanLaw.optimum(flops: 5.76e23)
    #expect(abs(choice.parameters / 804e9 - 1) < 2e-3)
    #expect(choice.tokensPerParameter < 1)
  }
}

@Suite struct ComputeOptimumTests {
  @Test(arguments: [
    (LossLaw.besiroglu, 72.2, 18.4, 0.513), (.hoffmann, 40.3, 59.1, 0.4565),
    (.hoffmannPrinted, 32.2, 92.6, 0.452),
  ])
  func optimumOfGopherBudget(
    _ row: (law: LossLaw, billions: Double, perParameter: Double, share: Double)
  ) {
    let choice = row.law.optimum(flops: 5.76e23)
    #expect((choice.parameters / 1e8).rounded() / 10 == row.billions)
    #expect((choice.tokensPerParameter * 10).rounded() / 10 == row.perParameter)
    #expect(abs(row.law.sizeShare - row.share) < 5e-4)
    #expect(abs(choice.trainingFLOPs / 5.76e23 - 1) < 1e-12)
  }

  @Test(arguments: LossLaw.all)
  func nothingOfTheSameComputeIsBetter(law: LossLaw) {
    let best = law.optimum(flops: 1e24)
    let loss = law.loss(parameters: best.parameters, tokens: best.tokens)
    for factor in [0.5, 0.9, 1.1, 2] {
      #expect(
        law.loss(parameters: best.parameters * factor, tokens: best.tokens / factor) > loss)
    }
  }

  @Test func optimumIsTheSameBySizeByLossAndByCompute() throws {
    let law = LossLaw.besiroglu
    let byCompute = law.optimum(flops: 3e23)
    let bySize = law.optimum(parameters: byCompute.parameters)
    let byLoss = try law.optimum(
      loss: law.loss(parameters: bySize.parameters, tokens: bySize.tokens))
    #expect(abs(bySize.tokens / byCompute.tokens - 1) < 1e-9)
    #expect(abs(byLoss.parameters / byCompute.parameters - 1) < 1e-9)
  }
}
