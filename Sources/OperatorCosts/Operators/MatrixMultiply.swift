internal import Hardware
internal import Statistics

/// A dense layer: `C[m, n] = A[m, k] · B[k, n]`.
///
///     flops = 2 m n k        bytes = n k · b_w + m k · b_a + m n · 2
///
/// - m: tokens      - n, k: output and input width on this rank
/// - b_w, b_a [B]: bytes of a weight (scales included) and of an activation; the result is 16-bit
///
/// The weights are read once, the activations once: right while a tile column fits the cache, a few
/// per cent optimistic for very large m, which is in the fitted efficiency.
/// Check: m = 16, n = k = 8192, bf16: 2.147 GFLOP and 134.7 MB (`matrixMultiplyWorkedExample`).
struct MatrixMultiply: Sendable {
  let name: String
  let outputWidth: Double
  let inputWidth: Double
  let arithmetic: ResolvedArithmetic
  /// Matrices that tokens choose from, each one of them.
  var copies = 1.0
  /// Matrices of the model that are computed as one: queries, keys and values.
  var parts = 1
  /// What its kernel takes at least, where that is more than others of its class do [s].
  var leastSeconds = 0.0

  func cost(tokens: Double, on roofline: Roofline) -> OperatorCost {
    var cost = roofline.cost(name, .gemm, arithmetic.kernel, demand(tokens: tokens))
    cost.seconds = max(cost.seconds, leastSeconds)
    return cost
  }

  func demand(tokens: Double) -> KernelDemand {
    let flops = 2 * tokens * outputWidth * inputWidth
    let bytes =
      outputWidth * inputWidth * arithmetic.bytesPerWeight * chosen(by: tokens)
      + tokens * inputWidth * arithmetic.bytesPerActivation + tokens * outputWidth * 2
    return KernelDemand(
      flops: flops, bytes: bytes, innerWidth: inputWidth, elementsPerCall: tokens * inputWidth)
  }

  /// Different matrices that some tokens choose, each of them any with the same probability.
  private func chosen(by tokens: Double) -> Double {
    copies > 1 ? copies * (1 - power(1 - 1 / copies, tokens)) : 1
  }

  var weightBytes: Double { outputWidth * inputWidth * arithmetic.bytesPerWeight * copies }
}
