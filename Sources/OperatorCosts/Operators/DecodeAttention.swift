internal import Hardware

extension AttentionKernel {
  /// Decode attention of a batch, in the affine form that lets whole runs be advanced at once:
  ///
  ///     t = floor + B · q / (bandwidth · e_m) + C · max( f / (peak · e_c), b / (bandwidth · e_m) )
  ///
  /// - B: sequences     - q [B]: query and output bytes of one     - C: context tokens read in all
  /// - f [FLOP], b [B]: per context token (see `AttentionKernel`)
  ///
  /// The larger side of the roofline is chosen per context token, where C dwarfs B; that adds the
  /// query bytes instead of overlapping them and is never faster than the roofline.
  /// Check: Llama-3.1-8B layer, bf16: b = 4,096 B; at 4.8 TB/s and e_m = 0.74, C = 100,000 takes
  /// floor + 115.3 us (`decodeAttentionWorkedExample`).
  func perContextToken(on roofline: Roofline) -> OperatorCost {
    var cost = roofline.cost(
      "decode_\(name.rawValue)", decodeClass, kernel, flops: decodeFLOPsPerContextToken,
      bytes: decodeBytesPerContextToken)
    cost.seconds -= roofline.rate(decodeClass, kernel).floorSeconds
    return cost
  }

  /// The part that does not depend on context, for a number of sequences.
  func decodeBase(sequences: Double, on roofline: Roofline) -> OperatorCost {
    roofline.cost(
      "decode_\(name.rawValue)", decodeClass, kernel, flops: 0,
      bytes: sequences * bytesPerQuery)
  }

  func decodeCost(sequences: Double, context: Double, on roofline: Roofline) -> OperatorCost {
    var cost = decodeBase(sequences: sequences, on: roofline)
    let each = perContextToken(on: roofline)
    cost.seconds += context * each.seconds
    cost.flops += context * each.flops
    cost.bytes += context * each.bytes
    cost.bottleneck = each.bottleneck
    cost.speedOfLightSeconds = max(
      cost.flops / roofline.peakFLOPsPerSecond(kernel.peak), cost.bytes / roofline.bandwidth)
    return cost
  }
}
