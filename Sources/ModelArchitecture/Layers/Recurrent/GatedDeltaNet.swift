/// Gated DeltaNet: a matrix state a head, decayed and corrected by the delta rule at every token.
///
/// Three of four layers in Qwen3-Next and Qwen3.5. Source: Yang et al., "Gated Delta Networks",
/// arXiv:2412.06464; shapes from `Qwen3NextGatedDeltaNet` in transformers 4.57.
package struct GatedDeltaNet: Equatable, RecurrentLayer {
  package var keyHeads: Int
  package var valueHeads: Int
  package var keyDimension: Int
  package var valueDimension: Int
  package var convolutionWidth: Int
  package var stateBytesPerElement: Int

  package init(
    keyHeads: Int, valueHeads: Int, keyDimension: Int, valueDimension: Int, convolutionWidth: Int,
    stateBytesPerElement: Int
  ) {
    self.keyHeads = keyHeads
    self.valueHeads = valueHeads
    self.keyDimension = keyDimension
    self.valueDimension = valueDimension
    self.convolutionWidth = convolutionWidth
    self.stateBytesPerElement = stateBytesPerElement
  }

  private var keyWidth: Int { keyHeads * keyDimension }
  private var valueWidth: Int { valueHeads * valueDimension }
  private var convolutionChannels: Int { 2 * keyWidth + valueWidth }

  package func projections(hiddenSize: Int) -> [Projection] {
    [
      Projection("query_key_value_gate", hiddenSize, 2 * keyWidth + 2 * valueWidth),
      Projection("beta_decay", hiddenSize, 2 * valueHeads),
      Projection("output", valueWidth, hiddenSize, cut: .rows),
    ]
  }

  package var innerMatrixParameters: Int { convolutionChannels * convolutionWidth }

  /// Decay and time-step bias of each head, and the gated norm on a head's output.
  package var vectorParameters: Int { 2 * valueHeads + valueDimension }

  package var stateElements: Int { valueHeads * keyDimension * valueDimension }

  package var convolutionElements: Int { (convolutionWidth - 1) * convolutionChannels }

  /// Work a token of the delta rule, one at a time as in decoding:
  ///
  ///     FLOPs = 7 * H * dk * dv + 2 * w * c
  ///
  /// - H: value heads, dk and dv: key and value dimension, w: convolution width, c: its channels
  /// - 7 a state element: decay 1, prediction S k 2, correction outer product 2, readout S q 2
  ///
  /// Assumes the recurrent form; a chunked prefill kernel does more work in larger products.
  /// Check: H = 48, dk = dv = 128, w = 4, c = 10,240 -> 5,586,944
  /// (`RecurrentStateTests.gatedDeltaNet`).
  package var recurrenceFLOPsPerToken: Int {
    7 * stateElements + 2 * convolutionWidth * convolutionChannels
  }
}
