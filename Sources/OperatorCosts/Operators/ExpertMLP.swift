internal import Hardware
internal import ModelArchitecture
internal import Statistics

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
/// skewed, so it is an upper bound on the weights read. Where whole experts are spread over ranks
/// or the routing is skewed, D and m · k are those of the most loaded rank (`ExpertLoad`), and so
/// is the time; flops and bytes are the mean of the ranks.
/// Check: E = 128, k = 4, m = 64: D = 128 · (1 - 0.96875^64) = 111.2
/// (`distinctExpertsWorkedExample`).
struct ExpertMLP: Sendable {
  let experts: Double
  let topK: Double
  let hidden: Double
  let inner: Double
  let matrices: Double
  let arithmetic: ResolvedArithmetic
  /// Nil when every rank has a slice of all experts, equally popular.
  let load: ExpertLoad?
  /// Whose weights the rank holds, copies included.
  private let heldExperts: Double
  private let operatorClass: OperatorClass

  /// - Parameters:
  ///   - ranks: over which each expert is cut.   - load: when whole experts are spread over ranks.
  ///   - isFused: whether one kernel does it all, which it can for tokens that are on the rank.
  init(
    _ experts: MixtureOfExperts, hidden: Int, ranks: Int, arithmetic: ResolvedArithmetic,
    load: ExpertLoad? = nil, isFused: Bool = false
  ) {
    operatorClass = isFused ? .moeFused : .moe
    self.experts = Double(experts.experts)
    topK = Double(experts.topK)
    self.hidden = Double(hidden)
    inner = Double(experts.inner) / Double(ranks)
    matrices = experts.isGated ? 3 : 2
    self.arithmetic = arithmetic
    self.load = load
    heldExperts = load.map { Double($0.slotsPerRank) } ?? self.experts
  }

  var weightBytes: Double { weightBytes(.none) }

  func weightBytes(_ padding: ExpertPadding) -> Double {
    heldExperts * matrices * hidden * inner * arithmetic.bytesPerWeight
      * padding.factor(
        hidden: hidden, inner: inner,
        isWidened: [.w4a16, .w4a16MX].contains(arithmetic.kernel))
  }

  func distinctExperts(tokens: Double) -> Double {
    experts * (1 - power(1 - topK / experts, tokens))
  }

  /// Token-expert pairs of the most loaded rank over the mean of all.
  func imbalance(tokens: Double) -> Double { load?.imbalance(tokens: tokens) ?? 1 }

  func cost(tokens: Double, on roofline: Roofline) -> OperatorCost {
    guard let load else {
      return cost(
        pairs: tokens * topK, distinct: distinctExperts(tokens: tokens), on: roofline)
    }
    let pairs = tokens * topK / Double(load.ranks)
    let mean = cost(
      pairs: pairs, distinct: load.meanDistinctExperts(tokens: tokens), on: roofline)
    var cost = cost(
      pairs: pairs * load.imbalance(tokens: tokens),
      distinct: load.distinctExperts(tokens: tokens), on: roofline)
    cost.imbalanceSeconds = max(0, cost.seconds - mean.seconds)
    (cost.flops, cost.bytes) = (mean.flops, mean.bytes)
    return cost
  }

  private func cost(pairs: Double, distinct: Double, on roofline: Roofline) -> OperatorCost {
    roofline.cost(
      "experts", operatorClass, arithmetic.kernel, demand(pairs: pairs, distinct: distinct))
  }

  func demand(pairs: Double, distinct: Double) -> KernelDemand {
    let weights = matrices * hidden * inner
    let flops = pairs * 2 * weights
    let bytes =
      distinct * weights * arithmetic.bytesPerWeight
      + pairs * (2 * hidden + matrices * inner) * arithmetic.bytesPerActivation
    return KernelDemand(flops: flops, bytes: bytes, elementsPerCall: pairs * hidden)
  }
}
