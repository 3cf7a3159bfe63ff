import Hardware
import ModelArchitecture
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

/// Steps with prompts, whose kernels the host launches one by one.
struct LaunchedStepTests {
  private func host(_ perLayer: Double, captured: Int = 0) -> HostCosts {
    var host = HostCosts.serial(step: 0)
    host.secondsPerLaunchedLayer = perLayer
    host.capturedPromptTokens = captured
    return host
  }

  @Test func workedExample() {
    let launch = host(0.3e-3).launch(layers: 80)
    #expect(abs(launch - 24_000_000_000_000) <= 2)
    for (kernels, step) in [(15e-3, 24e-3), (40e-3, 40e-3)] {
      var model = StepModel(secondsPerStep: kernels, host: host(24e-3))
      let price = model.price(
        tokens: 1, sampled: 1, sequences: 0, views: ContextViews(), prompts: PartCost(),
        promptCount: 1)
      #expect(abs(Double(price.first) * 1e-15 - step) < 1e-12)
    }
  }

  @Test func onlyStepsWithPromptsBeyondTheCapturedOnesAreLaunched() {
    let host = host(0.3e-3, captured: 512)
    #expect(host.launches(tokens: 513, prompts: 1))
    #expect(!host.launches(tokens: 512, prompts: 1))
    #expect(!host.launches(tokens: 513, prompts: 0))
  }

  /// A step takes what its kernels take or what launching them takes, whichever is longer; one
  /// without prompts, and one that was captured, takes as long as if launching were free.
  @Test func aStepIsNeverShorterThanItsLaunches() {
    var bound = 0
    for seed in LongTests.seeds(short: 60, long: 2_000) {
      var sample = RandomDesign(seed: seed)
      var random = sample.random
      let tokens = random.integer(in: 1...4096)
      let perLayer = Double(random.integer(in: 1...300)) * 1e-6
      let captured = random.integer(in: 0...1) * 512
      let free = Self.prices(sample.design, tokens: tokens)
      sample.design.host.secondsPerLaunchedLayer = perLayer
      sample.design.host.capturedPromptTokens = captured
      let launched = Self.prices(sample.design, tokens: tokens)
      let gap = sample.design.gap
      let rest = gap.of(sequences: 1)
      let expected =
        tokens > captured ? max(free.prompt, gap.launch + rest) : free.prompt
      #expect(launched.prompt == expected, "\(sample), \(tokens) tokens")
      #expect(launched.decode == free.decode, "\(sample)")
      if launched.prompt > free.prompt { bound += 1 }
      let list = StepBreakdown(
        sample.design,
        shape: StepShape(
          decodingSequences: 0, contextPerSequence: 0, promptTokens: tokens, promptContext: 0))
      #expect(abs(list.seconds / (Double(launched.prompt) * 1e-15) - 1) < 1e-5, "\(sample)")
    }
    #expect(bound >= 10, "steps that wait for their launches")
  }

  private static func prices(
    _ design: ReplicaDesign, tokens: Int
  ) -> (prompt: Int64, decode: Int64) {
    var model = StepModel(design)
    let prompt = model.prefill(new: tokens, prior: 0)
    let price = model.price(
      tokens: tokens, sampled: 1, sequences: 0, views: ContextViews(), prompts: prompt,
      promptCount: 1)
    var views = ContextViews()
    views.tokens[0] = 32_000
    return (price.first, model.decodePrice(sequences: 32, views: views).first)
  }

  /// Ranks that step together wait for the one that launches.
  @Test func ranksWithSequencesOfTheirOwnWaitForLaunchesToo() {
    func joined(_ host: HostCosts) -> Int64 {
      var model = StepModel(
        ReplicaDesign(
          architecture: SampleModels.mixture(), hardware: SampleMachine.profile,
          precision: Precision(weights: .fp8, keyValueCache: .bf16),
          layout: ParallelLayout(attentionData: 2, expert: 2), host: host))
      var load = RankLoad()
      (load.tokens, load.sampled, load.promptCount) = (24, 1, 1)
      let own = model.ownPrice(load)
      return model.joinedPrice(own, load: load, tokens: 32).first
    }
    let layers = SampleModels.mixture().groups.reduce(0) { $0 + $1.count }
    #expect(joined(host(1)) == PartCost.femtoseconds(Double(layers)))
    #expect(joined(host(1, captured: 24)) == joined(.none))
  }
}
