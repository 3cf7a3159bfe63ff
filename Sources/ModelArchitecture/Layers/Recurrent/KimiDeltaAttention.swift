/// Kimi Delta Attention (KDA): the gated delta rule with a decay for each channel of a key.
///
/// Three of four layers in Kimi-Linear and Kimi-K3. Queries, keys and values of a head are as wide
/// as each other and pass one short convolution; decay and output gate are each projected through
/// `gateRank`, or in one matrix where it is nil.
/// Source: Kimi Linear report, arXiv:2510.26692; shapes from `KimiLinearDeltaAttention` in
/// transformers 5.24.
package struct KimiDeltaAttention: Equatable, RecurrentLayer {
  package var heads: Int
  package var headDimension: Int
  package var convolutionWidth: Int
  /// Width between the hidden vector and the decay; nil for one matrix.
  package var decayRank: Int?
  /// Width between the hidden vector and the output gate; nil for one matrix.
  package var gateRank: Int?
  package var stateBytesPerElement: Int

  package init(
    heads: Int, headDimension: Int, convolutionWidth: Int, decayRank: Int?, gateRank: Int?,
    stateBytesPerElement: Int
  ) {
    self.heads = heads
    self.headDimension = headDimension
    self.convolutionWidth = convolutionWidth
    self.decayRank = decayRank
    self.gateRank = gateRank
    self.stateBytesPerElement = stateBytesPerElement
  }

  private var width: Int { heads * headDimension }

  package func projections(hiddenSize: Int) -> [Projection] {
    func through(_ rank: Int?, _ name: String) -> [Projection] {
      guard let rank else { return [Projection(name, hiddenSize, width)] }
      return [
        Projection(name + "_down", hiddenSize, rank, cut: .whole),
        Projection(name + "_up", rank, width),
      ]
    }
    return [Projection("query_key_value", hiddenSize, 3 * width)]
      + through(decayRank, "decay") + [Projection("beta", hiddenSize, heads)]
      + through(gateRank, "gate")
      + [Projection("output", width, hiddenSize, cut: .rows)]
  }

  package var innerMatrixParameters: Int { 3 * width * convolutionWidth }

  /// A bias of the decay a channel, its rate a head, and the gated norm on a head's output.
  package var vectorParameters: Int { width + heads + headDimension }

  package var stateElements: Int { heads * headDimension * headDimension }

  package var convolutionElements: Int { (convolutionWidth - 1) * 3 * width }

  /// Work a token of the delta rule, one at a time as in decoding:
  ///
  ///     FLOPs = 7 * h * d^2 + 2 * w * 3 h d
  ///
  /// - h: heads, d: head dimension, w: convolution width
  /// - 7 a state element: decay 1, prediction S k 2, correction outer product 2, readout S q 2
  ///
  /// Assumes the recurrent form; a chunked prefill kernel does more work in larger products.
  /// Check: h = 32, d = 128, w = 4 -> 3,768,320 (`RecurrentStateTests.kimiDelta`).
  package var recurrenceFLOPsPerToken: Int {
    7 * stateElements + 2 * convolutionWidth * 3 * width
  }
}
