import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct DraftModelTests {
  private func design(
    _ drafter: Speculation.Drafter?, guesses: Int = 3, branches: Int = 1, verified: Int? = nil,
    model: Architecture = SampleModels.dense(layers: 4)
  ) -> ReplicaDesign {
    .guessing(drafter, guesses: guesses, branches: branches, verified: verified, model: model)
  }

  private func draft(layers: Int = 1) -> Speculation.Drafter {
    .model(DraftModel(architecture: SampleModels.dense(layers: layers), weights: .bf16))
  }

  private func head(_ kind: DraftHead) throws -> Speculation.Drafter {
    let head = try #require(SampleModels.dense(layers: 4).headOfItsKind(kind))
    return .model(DraftModel(architecture: head, weights: .bf16))
  }

  private func flops(_ costs: [OperatorCost]) -> Double { costs.reduce(0) { $0 + $1.flops } }

  /// One pass over the whole step, two over a token of each sequence, and three heads.
  @Test func firstPassReadsTheStep() throws {
    let all = try #require(Draft(design(draft())))
    let one = LayerGraph(design(nil, model: SampleModels.dense(layers: 1)))
    #expect(flops(all.tokenCosts(tokens: 40)) == flops(one.tokenCosts(tokens: 40)))
    #expect(
      flops(all.costs(sequences: 10))
        == 2 * flops(one.tokenCosts(tokens: 10)) + 3 * flops(one.headCosts(sampled: 10)))
    #expect(
      (all.tokenCosts(tokens: 40) + all.costs(sequences: 10)).allSatisfy {
        $0.name.hasPrefix("draft_")
      })
    // A prompt is read by both models.
    let (plain, guessing) = (StepModel(design(nil)), StepModel(design(draft())))
    var (a, b) = (plain, guessing)
    #expect(b.prefill(new: 100, prior: 50).flops == 1.25 * a.prefill(new: 100, prior: 50).flops)
    // Five of four layers' context: once for the guesses to verify, and twice for a token.
    #expect(
      abs(
        16 * guessing.decodePerContextToken[0].bytes / plain.decodePerContextToken[0].bytes
          - (1 + 3.0 / 4)) < 1e-12)
  }

  @Test func oneGuessIsOnePass() throws {
    let all = try #require(Draft(design(draft(), guesses: 1)))
    let one = LayerGraph(design(nil, model: SampleModels.dense(layers: 1)))
    #expect(flops(all.costs(sequences: 10)) == flops(one.headCosts(sampled: 10)))
  }

  /// Three passes on two branches, five tokens verified: every branch reads the context.
  @Test func branchesMultiplyWhatIsDrafted() throws {
    let tree = design(draft(), branches: 2, verified: 5)
    let all = try #require(Draft(tree))
    let one = LayerGraph(design(nil, model: SampleModels.dense(layers: 1)))
    #expect(
      flops(all.costs(sequences: 10))
        == 2 * flops(one.tokenCosts(tokens: 20)) + flops(one.headCosts(sampled: 10))
        + 2 * flops(one.headCosts(sampled: 20)))
    let (plain, model) = (StepModel(design(nil)), StepModel(tree))
    #expect(model.verifiedTokens == 5)
    #expect(
      abs(
        16 * model.decodePerContextToken[0].bytes / plain.decodePerContextToken[0].bytes
          - (1 + 5.0 / 4)) < 1e-12)
  }

  /// A head takes the model's vectors once, earlier ones in every pass; its tables are its own or
  /// the model's.
  @Test func headsHoldAndReadWhatIsTheirs() throws {
    let (d, words) = (512, SampleModels.dense().vocabularySize)
    let layer = (512 * (512 + 2 * 256) + 512 * 512 + 3 * 512 * 1024) * 2
    let first = try #require(Draft(design(try head(.eagle))))
    #expect(first.weightBytes == Double(layer + 2 * d * d * 2))
    let third = try #require(Draft(design(try head(.eagle3))))
    let features = 3 * d * d * 2
    #expect(
      third.weightBytes
        == Double(layer + features + d * (512 + 2 * 256) * 2 + min(words, 32_000) * d * 2))
    func bytes(_ draft: Draft, _ name: String) -> Double {
      (draft.tokenCosts(tokens: 4) + draft.costs(sequences: 1))
        .filter { $0.name == name }.reduce(0) { $0 + $1.flops }
    }
    #expect(bytes(first, "draft_features") == Double(2 * 2 * d * d * (4 + 2)))
    #expect(bytes(third, "draft_features") == Double(2 * 3 * d * d * 4))
  }

  @Test func whatGuessesTakesMemory() throws {
    let policy = MemoryPolicy(usableFraction: 0.9, reservedBytes: 0, blockTokens: 16)
    func plan(_ drafter: Speculation.Drafter?) -> MemoryPlan {
      MemoryPlan(design(drafter), policy: policy, tokenBudget: 100, maximumSequences: 10)
    }
    let one = LayerGraph(design(nil, model: SampleModels.dense(layers: 2)))
    #expect(plan(draft(layers: 2)).weightBytes - plan(nil).weightBytes == one.weightBytes)
    #expect(plan(draft(layers: 2)).bytesPerBlock == plan(nil).bytesPerBlock * 6 / 4)
  }

  /// What people are shown is what the simulation prices, and never faster than the machine.
  @Test func theBreakdownIsThePrice() throws {
    for drafter in [draft(layers: 2), try head(.eagle), try head(.eagle3)] {
      for branches in [1, 3] {
        let design = design(
          drafter, branches: branches, verified: branches > 1 ? 6 : nil)
        var shape = StepShape(decodingSequences: 7, contextPerSequence: 900)
        var model = StepModel(design)
        var views = ContextViews()
        views.tokens[0] = 7 * 900 * 16
        let price = model.decodePrice(sequences: 7, views: views)
        let list = StepBreakdown(design, shape: shape)
        #expect(abs(Double(price.first) * 1e-15 / list.seconds - 1) < 1e-5)
        #expect(list.operators.allSatisfy { $0.seconds >= $0.speedOfLightSeconds * (1 - 1e-9) })
        shape.promptTokens = 300
        shape.prompts = 2
        let tokens = 7 * model.verifiedTokens + 600
        var prompts = model.prefill(new: 300, prior: 0)
        prompts += model.prefill(new: 300, prior: 0)
        let mixed = model.price(
          tokens: tokens, sampled: 7 * model.verifiedTokens + 2, sequences: 7, views: views,
          prompts: prompts, promptCount: 2)
        #expect(
          abs(Double(mixed.first) * 1e-15 / StepBreakdown(design, shape: shape).seconds - 1) < 1e-5)
      }
    }
  }
}
