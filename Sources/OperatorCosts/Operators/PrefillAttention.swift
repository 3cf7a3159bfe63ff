internal import Hardware

extension AttentionKernel {
  /// Causal attention of one chunk of a prompt over itself and the tokens before it:
  ///
  ///     flops = F · pairs + x · prior        bytes = (prior + new) · b + new · q
  ///     pairs = new · prior + new (new + 1) / 2          (fewer with a window)
  ///
  /// - new, prior: tokens of the chunk, tokens of the prompt before it
  /// - F [FLOP]: per pair     - x [FLOP]: to rebuild one earlier token's keys and values (MLA)
  /// - b, q [B]: cached bytes of a token, query and output bytes of a token
  ///
  /// One chunk over a whole prompt costs as much as unchunked prefill. Exactly half of the square
  /// is counted, as causal kernels skip the other half; an encoder's attention has all of it.
  /// Check: 64 heads of 128, new = 16,384: 134.2 M pairs, 4.398 TFLOP (`prefillWorkedExample`).
  func prefillCost(new: Int, prior: Int, on roofline: Roofline) -> OperatorCost {
    let rate = roofline.rate(prefillClass, kernel)
    return OperatorCost("prefill_\(name.rawValue)", prefillWork(new: new, prior: prior, at: rate))
  }

  @inline(__always)
  func prefillWork(new: Int, prior: Int, at rate: KernelRate) -> KernelWork {
    rate.work(prefillDemand(new: new, prior: prior))
  }

  @inline(__always)
  func prefillDemand(new: Int, prior: Int) -> KernelDemand {
    let pairs = pairs(prior: prior, new: new)
    // Only what the first query of the chunk can see was cached before and must be read.
    let readPrior = visibility.visible(at: prior + 1) - 1
    let flops =
      prefillFLOPsPerPair * pairs + expansionFLOPsPerPriorToken * Double(readPrior)
    let bytes =
      Double(readPrior + new) * decodeBytesPerContextToken + Double(new) * bytesPerPromptQuery
    return KernelDemand(
      flops: flops, bytes: bytes, elementsPerCall: Double(new) * elementsPerPromptToken)
  }

  /// Pairs of query and key of a chunk.
  @inline(__always)
  func pairs(prior: Int, new: Int) -> Double {
    isBidirectional
      ? visibility.pairsBothWays(of: prior + new)
      : visibility.visiblePairs(prior: prior, new: new)
  }
}
