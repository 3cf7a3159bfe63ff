internal import Hardware
internal import ModelArchitecture

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The routed experts of one layer, as one grouped multiplication per matrix.
///
///     D = E · (1 - (1 - k / E)^m)        distinct experts that m tokens reach
///     flops = m · k · 2 w d f            bytes = D · w d f · b_w + m · k · (2 d · b_a + w f · b_a)
///
/// - m: tokens in the step          - E, k: experts, experts per token
/// - d, f: hidden width, inner width of an expert on this rank     - w: matrices, 3 gated or 2
/// - b_w, b_a [B]: bytes of a weight and an activation
///
/// D is the expectation for uniform, independent routing (balls into bins); real routers are
/// skewed, so it is an upper bound on the weights read. Valid for experts sliced over the ranks.
/// Check: E = 128, k = 4, m = 64: D = 128 · (1 - 0.96875^64) = 111.2
/// (`distinctExpertsWorkedExample`).
struct ExpertMLP: Sendable {
  let experts: Double
  let topK: Double
  let hidden: Double
  let inner: Double
  let matrices: Double
  let arithmetic: ResolvedArithmetic

  init(_ experts: MixtureOfExperts, hidden: Int, ranks: Int, arithmetic: ResolvedArithmetic) {
    self.experts = Double(experts.experts)
    topK = Double(experts.topK)
    self.hidden = Double(hidden)
    inner = Double(experts.inner) / Double(ranks)
    matrices = experts.isGated ? 3 : 2
    self.arithmetic = arithmetic
  }

  var weightBytes: Double {
    experts * matrices * hidden * inner * arithmetic.bytesPerWeight
  }

  func distinctExperts(tokens: Double) -> Double {
    experts * (1 - pow(1 - topK / experts, tokens))
  }

  func cost(tokens: Double, on roofline: Roofline) -> OperatorCost {
    let weights = matrices * hidden * inner
    let flops = tokens * topK * 2 * weights
    let bytes =
      distinctExperts(tokens: tokens) * weights * arithmetic.bytesPerWeight
      + tokens * topK * (2 * hidden + matrices * inner) * arithmetic.bytesPerActivation
    return roofline.cost(
      "experts", .moe, arithmetic.kernel, flops: flops, bytes: bytes,
      elements: tokens * topK * hidden)
  }
}
