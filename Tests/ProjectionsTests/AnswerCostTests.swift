import OperatorCosts
import Testing

@testable import Projections

@Suite struct AnswerCostTests {
  private func cost(_ way: AnsweringWay) throws -> AnswerCost {
    AnswerCost(way, try Samples.figures(), countsAttention: false)
  }

  private let single = AnsweringWay(name: "one", workload: "chat", prompt: 1_000, answer: 500)

  @Test func samplesShareTheirPrompt() throws {
    var way = single
    way.samples = 2
    let shared = try cost(way)
    #expect(shared.tokens == TokenMix(input: 1_000, cached: 1_000, output: 1_000))
    #expect(shared.heldTokens == 2_000)
    way.sharesPrompt = false
    let apart = try cost(way)
    #expect(apart.tokens == TokenMix(input: 2_000, cached: 0, output: 1_000))
    #expect(apart.heldTokens == 3_000)
  }

  /// In the second round each of three reads the prompt and three answers of 500.
  @Test func agentsReadEachOther() throws {
    var way = single
    way.agents = 3
    way.rounds = 2
    let debate = try cost(way)
    #expect(debate.tokens.output == 2 * 3 * 500)
    #expect(debate.tokens.input == 1_000 + 1_500)
    #expect(debate.tokens.total - debate.tokens.output == 3 * (1_000 + 2_500))
    way.sharesPrompt = false
    #expect(try cost(way).tokens.input == 3 * (1_000 + 2_500))
  }

  @Test func thinkingIsWrittenAndNotReadByOthers() throws {
    var way = single
    way.thinking = 5_000
    way.agents = 2
    way.rounds = 2
    let thought = try cost(way)
    #expect(thought.tokens.output == 2 * 2 * 5_500)
    #expect(thought.tokens.input == 1_000 + 1_000)
  }

  @Test func timeIsThatOfOneStream() throws {
    var way = single
    let one = try #require(try cost(way).seconds)
    #expect(abs(one - (0.5 + 4.99)) < 1e-9)
    way.samples = 64
    #expect(try cost(way).seconds == one)
    way.rounds = 3
    #expect(abs(try #require(try cost(way).seconds) - 3 * one) < 1e-9)
  }

  @Test func attentionIsCountedAtItsOwnContext() throws {
    let figures = try Samples.figures()
    let plain = AnswerCost(single, figures, countsAttention: false).effort.flops
    let counted = AnswerCost(single, figures).effort.flops
    let work = figures.work
    #expect(
      counted - plain
        == work.prefillAttention(new: 1_000, prior: 0)
        + work.decodeAttention(new: 500, prior: 1_000)
    )
  }
}

@Suite struct DataWallTests {
  private let wall = DataWall(
    law: .besiroglu, parameters: 70e9, tokens: 1.4e12, good: TextSupply(name: "good", tokens: 5e11),
    poor: TextSupply(name: "poor", tokens: 5e12, value: 0.5))

  @Test func chinchillaWithoutEnoughText() throws {
    #expect(wall.wanted.tokensPerParameter == 20)
    let options = wall.options
    #expect(
      options.map(\.name) == ["repeat the good text", "add poor text", "train a smaller model"])
    #expect(abs(options[0].epochs - 2.8) < 1e-12)
    #expect((options[0].worth / 1e9).rounded() == 1349)
    #expect(options[1].worth == 9.5e11)
    #expect(options[2].choice == ModelChoice(parameters: 25e9, tokens: 5e11))
    #expect(options[0].flops == options[1].flops)
    // Repeating is nearly as good, the smaller model the worst.
    #expect(options[0].loss < options[1].loss && options[1].loss < options[2].loss)
    for option in options.prefix(2) {
      let equal = try option.equal.get()
      #expect(equal.tokens > 1.4e12)
    }
  }

  @Test func equalLossIsEqual() throws {
    let option = wall.options[2]
    let equal = try option.equal.get()
    let loss = LossLaw.besiroglu.loss(parameters: 25e9, tokens: equal.tokens)
    #expect(abs(loss - wall.targetLoss) < 1e-9)
  }

  @Test func poorTextMayNotBeEnough() {
    let dry = DataWall(
      law: .besiroglu, parameters: 10e12, tokens: 200e12,
      good: TextSupply(name: "good", tokens: 15e12),
      poor: TextSupply(name: "poor", tokens: 50e12, value: 0.5))
    #expect(
      throws: Impossibility(
        "it takes more poor text than there is: 370 trillion tokens",
        notes: ["there are 50.0 trillion"], hint: "train a smaller model")
    ) { try dry.options[1].equal.get() }
  }
}
