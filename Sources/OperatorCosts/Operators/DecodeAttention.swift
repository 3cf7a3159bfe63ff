internal import Hardware

/// What one sequence asks of attention in a decode step.
struct DecodeQueries: Equatable, Sendable {
  /// Tokens of a sequence in the step: one, and those guessed ahead.
  var tokens = 1
  /// Parts of a context token that are counted (`StepModel.contextUnitsPerToken`).
  var contextUnitsPerToken = 1
}

extension AttentionKernel {
  /// Decode attention of a batch, in the affine form that lets whole runs be advanced at once:
  ///
  ///     t = floor + B · v c q / (bandwidth · e_m)
  ///       + C · max( v f / (peak · e_c), b / c / (bandwidth · e_m) )
  ///
  /// - B: sequences     - q [B]: query and output bytes of one     - C: context tokens read in all
  /// - f [FLOP], b [B]: per context token (see `AttentionKernel`)
  /// - v: tokens of a sequence, which read its context together      - c: context ranks
  ///
  /// The larger side of the roofline is chosen per context token, where C dwarfs B; that adds the
  /// query bytes instead of overlapping them and is never faster than the roofline. With context
  /// ranks each has the heads of all of them and a c-th of the tokens: as many pairs of head and
  /// token as without. The sparse indexer has all heads anyway and only the tokens get fewer.
  /// Check: Llama-3.1-8B layer, bf16: b = 4,096 B; at 4.8 TB/s and e_m = 0.74, C = 100,000 takes
  /// floor + 115.3 us (`decodeAttentionWorkedExample`).
  func perContextToken(
    on roofline: Roofline, queries: DecodeQueries = DecodeQueries()
  ) -> OperatorCost {
    var cost = roofline.cost(
      "decode_\(name.rawValue)", decodeClass, kernel, contextDemand(queries: queries))
    cost.seconds -= roofline.rate(decodeClass, kernel).floorSeconds
    return cost.divided(by: queries.contextUnitsPerToken)
  }

  /// What one context token asks for.
  func contextDemand(queries: DecodeQueries = DecodeQueries()) -> KernelDemand {
    let shared = Double(contextRanks)
    let flops = name == .indexer ? decodeFLOPsPerContextToken / shared : decodeFLOPsPerContextToken
    return KernelDemand(
      flops: flops * Double(queries.tokens), bytes: decodeBytesPerContextToken / shared)
  }

  /// The part that does not depend on context, for a number of sequences.
  func decodeBase(
    sequences: Double, on roofline: Roofline, queries: DecodeQueries = DecodeQueries()
  ) -> OperatorCost {
    roofline.cost(
      "decode_\(name.rawValue)", decodeClass, kernel,
      baseDemand(sequences: sequences, queries: queries))
  }

  func baseDemand(
    sequences: Double, queries: DecodeQueries = DecodeQueries()
  ) -> KernelDemand {
    KernelDemand(bytes: sequences * Double(queries.tokens * contextRanks) * bytesPerQuery)
  }

  /// - Parameter context: in the units of `queries`.
  func decodeCost(
    sequences: Double, context: Double, on roofline: Roofline,
    queries: DecodeQueries = DecodeQueries()
  ) -> OperatorCost {
    var cost = decodeBase(sequences: sequences, on: roofline, queries: queries)
    let each = perContextToken(on: roofline, queries: queries)
    cost.seconds += context * each.seconds
    cost.flops += context * each.flops
    cost.bytes += context * each.bytes
    cost.bottleneck = each.bottleneck
    cost.speedOfLightSeconds = max(
      cost.flops / roofline.peakFLOPsPerSecond(kernel.peak), cost.bytes / roofline.bandwidth)
    return cost
  }
}
