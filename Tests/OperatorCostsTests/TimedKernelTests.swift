import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// Fits ask `TimedKernel`, steps ask the operators: both must say the same.
@Suite struct TimedKernelTests {
  private static let roofline = Roofline(SampleMachine.profile)

  private func expectSame(
    _ kernel: TimedKernel, _ cost: OperatorCost, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let rate = Self.roofline.rate(kernel.operation, kernel.arithmetic)
    let (seconds, expected) = (kernel.seconds(rate), cost.seconds)
    #expect(abs(seconds / expected - 1) < 1e-9, sourceLocation: sourceLocation)
    let light = kernel.lightSeconds(
      peakFLOPsPerSecond: Self.roofline.peakFLOPsPerSecond(kernel.arithmetic.peak),
      bandwidth: Self.roofline.bandwidth)
    #expect(
      abs(light / cost.speedOfLightSeconds - 1) < 1e-9, sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 64, 8_192])
  func matrixMultiplyIsTheOperator(tokens: Int) {
    for (kernel, weights) in [(KernelArithmetic.bf16, WeightFormat.bf16), (.fp8, .fp8)] {
      let multiply = MatrixMultiply(
        name: "gemm", outputWidth: 1_024, inputWidth: 7_168,
        arithmetic: ResolvedArithmetic(weights, on: SampleMachine.profile.accelerator))
      expectSame(
        .matrixMultiply(kernel, weights: weights, tokens: tokens, output: 1_024, input: 7_168),
        multiply.cost(tokens: Double(tokens), on: Self.roofline))
    }
  }

  @Test(arguments: [KeyValueFormat.bf16, .fp8])
  func attentionIsTheOperator(cache: KeyValueFormat) {
    let attention = Attention(heads: 32, keyValueHeads: 8, headDimension: 128)
    let kernel = AttentionKernel(attention, ranks: 1, cache: cache)
    expectSame(
      .prefill(attention, cache: cache, batch: 1, tokens: 4_096),
      kernel.prefillCost(new: 4_096, prior: 0, on: Self.roofline))
    expectSame(
      .decode(attention, cache: cache, batch: 16, context: 8_192),
      kernel.decodeCost(sequences: 16, context: 16 * 8_192, on: Self.roofline))
  }

  @Test(arguments: [KeyValueFormat.bf16, .fp8])
  func latentAttentionIsTheOperator(cache: KeyValueFormat) {
    let attention = LatentAttention(
      heads: 128, queryRank: nil, keyValueRank: 512, ropeDimension: 64, nopeDimension: 128,
      valueDimension: 128)
    let kernel = AttentionKernel(attention, ranks: 1, cache: cache)
    expectSame(
      .prefill(attention, cache: cache, batch: 1, tokens: 4_096),
      kernel.prefillCost(new: 4_096, prior: 0, on: Self.roofline))
    expectSame(
      .decode(attention, cache: cache, batch: 64, context: 8_192),
      kernel.decodeCost(sequences: 64, context: 64 * 8_192, on: Self.roofline))
  }

  @Test(arguments: [1, 64, 4_096])
  func expertsAreTheOperator(tokens: Int) {
    let experts = MixtureOfExperts(experts: 128, topK: 8, inner: 1_536)
    let mlp = ExpertMLP(
      experts, hidden: 4_096, ranks: 2,
      arithmetic: ResolvedArithmetic(.fp8, on: SampleMachine.profile.accelerator))
    expectSame(
      .experts(
        .fp8, weights: .fp8, experts: experts, hidden: 4_096, ranks: 2,
        pairs: Double(tokens * 8), distinct: mlp.distinctExperts(tokens: Double(tokens))),
      mlp.cost(tokens: Double(tokens), on: Self.roofline))
  }

  @Test func aBatchOfPromptsHasOneFloor() {
    let attention = Attention(heads: 32, keyValueHeads: 8, headDimension: 128)
    let rate = Self.roofline.rate(.attentionPrefill, .bf16)
    let one = TimedKernel.prefill(attention, cache: .bf16, batch: 1, tokens: 512).seconds(rate)
    let eight = TimedKernel.prefill(attention, cache: .bf16, batch: 8, tokens: 512).seconds(rate)
    #expect(abs((eight - rate.floorSeconds) / (one - rate.floorSeconds) - 8) < 1e-9)
  }
}
