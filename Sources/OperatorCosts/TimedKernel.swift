package import Hardware
package import ModelArchitecture

/// A kernel that somebody timed on its own, priced by the same operators as a step.
///
///     let kernel = TimedKernel.matrixMultiply(
///       .bf16, weights: .bf16, tokens: 16, output: 8_192, input: 8_192)
///     kernel.seconds(KernelRate(efficiency, peak: 989e12, bandwidth: 4.8e12))
///
/// A fit of efficiencies asks it for times, so that what is fitted is the formula that is used. One
/// kernel may have several parts that run one after another under one floor (decode attention).
/// Check: each kind takes as long as its operator (`TimedKernelTests.matrixMultiplyIsTheOperator`).
package struct TimedKernel: Sendable {
  package let operation: OperatorClass
  package let arithmetic: KernelArithmetic
  private let parts: [KernelDemand]

  private init(
    _ operation: OperatorClass, _ arithmetic: KernelArithmetic, _ parts: [KernelDemand]
  ) {
    self.operation = operation
    self.arithmetic = arithmetic
    self.parts = parts
  }

  /// `C[m, n] = A[m, k] B[k, n]` (`MatrixMultiply`).
  package static func matrixMultiply(
    _ kernel: KernelArithmetic, weights: WeightFormat, tokens: Int, output: Int, input: Int
  ) -> TimedKernel {
    let multiply = MatrixMultiply(
      name: "gemm", outputWidth: Double(output), inputWidth: Double(input),
      arithmetic: ResolvedArithmetic(kernel, weights: weights))
    return TimedKernel(.gemm, kernel, [multiply.demand(tokens: Double(tokens))])
  }

  /// Causal attention of a batch of whole prompts (`AttentionKernel.prefillCost`).
  package static func prefill(
    _ attention: Attention, cache: KeyValueFormat, batch: Int, tokens: Int
  ) -> TimedKernel {
    prefill(AttentionKernel(attention, ranks: 1, cache: cache), batch, tokens)
  }

  /// Causal attention of a batch of whole prompts, latent attention expanded.
  package static func prefill(
    _ attention: LatentAttention, cache: KeyValueFormat, batch: Int, tokens: Int
  ) -> TimedKernel {
    prefill(AttentionKernel(attention, ranks: 1, cache: cache), batch, tokens)
  }

  /// One token of each sequence over its context (`AttentionKernel.decodeCost`).
  package static func decode(
    _ attention: Attention, cache: KeyValueFormat, batch: Int, context: Int
  ) -> TimedKernel {
    decode(AttentionKernel(attention, ranks: 1, cache: cache), batch, context)
  }

  /// One token of each sequence over its context, latent attention absorbed.
  package static func decode(
    _ attention: LatentAttention, cache: KeyValueFormat, batch: Int, context: Int
  ) -> TimedKernel {
    decode(AttentionKernel(attention, ranks: 1, cache: cache), batch, context)
  }

  /// The routed experts of one layer on one rank (`ExpertMLP`).
  ///
  /// - Parameters:
  ///   - pairs: of tokens and experts on this rank.  - distinct: experts on it that have a token.
  ///   - ranks: over which each expert is cut.   - isFused: whether one kernel does it all.
  package static func experts(
    _ kernel: KernelArithmetic, weights: WeightFormat, experts: MixtureOfExperts, hidden: Int,
    ranks: Int, pairs: Double, distinct: Double, isFused: Bool = false
  ) -> TimedKernel {
    let mlp = ExpertMLP(
      experts, hidden: hidden, ranks: ranks,
      arithmetic: ResolvedArithmetic(kernel, weights: weights))
    return TimedKernel(
      isFused ? .moeFused : .moe, kernel, [mlp.demand(pairs: pairs, distinct: distinct)])
  }

  /// Bytes that it has to move, whatever the machine.
  package var bytes: Double { parts.reduce(0) { $0 + $1.bytes } }

  /// Every part adds its own, without the floor but once.
  package func seconds(_ rate: KernelRate) -> Double {
    var seconds = rate.floorSeconds
    for part in parts { seconds += rate.work(part).seconds - rate.floorSeconds }
    return seconds
  }

  /// The least time at a peak [FLOP/s] and a bandwidth [B/s], when everything overlaps.
  package func lightSeconds(peakFLOPsPerSecond: Double, bandwidth: Double) -> Double {
    max(parts.reduce(0) { $0 + $1.flops } / peakFLOPsPerSecond, bytes / bandwidth)
  }

  private static func prefill(
    _ kernel: AttentionKernel, _ batch: Int, _ tokens: Int
  ) -> TimedKernel {
    let demand = kernel.prefillDemand(new: tokens, prior: 0)
    return TimedKernel(kernel.prefillClass, kernel.kernel, [demand.times(Double(batch))])
  }

  private static func decode(
    _ kernel: AttentionKernel, _ batch: Int, _ context: Int
  ) -> TimedKernel {
    TimedKernel(
      kernel.decodeClass, kernel.kernel,
      [
        kernel.baseDemand(sequences: Double(batch)),
        kernel.contextDemand().times(Double(batch) * Double(context)),
      ])
  }
}
