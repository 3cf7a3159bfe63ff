/// Lightning attention: linear attention with a fixed decay a head.
///
/// Seven of eight layers in MiniMax-M1. Query, key, value and output gate are each as wide as all
/// heads together; keys and values are not shared among heads.
/// Source: MiniMax-01 report, arXiv:2501.08313.
package struct LightningAttention: Equatable, RecurrentLayer {
  package var heads: Int
  package var headDimension: Int
  package var stateBytesPerElement: Int

  package init(heads: Int, headDimension: Int, stateBytesPerElement: Int) {
    self.heads = heads
    self.headDimension = headDimension
    self.stateBytesPerElement = stateBytesPerElement
  }

  private var width: Int { heads * headDimension }

  package func projections(hiddenSize: Int) -> [Projection] {
    [
      Projection("query_key_value", hiddenSize, 3 * width),
      Projection("output_gate", hiddenSize, width),
      Projection("output", width, hiddenSize, cut: .rows),
    ]
  }

  package var innerMatrixParameters: Int { 0 }
  /// The norm before the output gate.
  package var vectorParameters: Int { width }
  package var stateElements: Int { heads * headDimension * headDimension }
  package var convolutionElements: Int { 0 }

  /// Work a token of the recurrence:
  ///
  ///     FLOPs = 5 * h * d^2
  ///
  /// - h: heads, d: head dimension
  /// - 5 a state element: decay 1, outer product k v 2, readout 2
  ///
  /// Check: h = 64, d = 128 -> 5,242,880 (`RecurrentStateTests.lightning`).
  package var recurrenceFLOPsPerToken: Int { 5 * stateElements }
}
