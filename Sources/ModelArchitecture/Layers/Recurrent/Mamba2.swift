/// Mamba-2: a matrix state a head with one decay for the whole head (Nemotron-H, Codestral Mamba).
///
/// Source: Dao and Gu, "Transformers are SSMs", arXiv:2405.21060, section 7; shapes from
/// `Mamba2Mixer` in transformers 4.57.
package struct Mamba2: Equatable, RecurrentLayer {
  package var heads: Int
  package var headDimension: Int
  package var stateDimension: Int
  /// Heads of a group share their input and readout vectors.
  package var headGroups: Int
  package var convolutionWidth: Int
  package var hasConvolutionBias: Bool
  /// Whether the projections into the heads and out of them have biases.
  package var hasProjectionBias = false
  /// The gated norm before the projection out of the heads.
  package var hasNorm = true
  package var stateBytesPerElement: Int

  package init(
    heads: Int, headDimension: Int, stateDimension: Int, headGroups: Int, convolutionWidth: Int,
    hasConvolutionBias: Bool = true, stateBytesPerElement: Int
  ) {
    self.heads = heads
    self.headDimension = headDimension
    self.stateDimension = stateDimension
    self.headGroups = headGroups
    self.convolutionWidth = convolutionWidth
    self.hasConvolutionBias = hasConvolutionBias
    self.stateBytesPerElement = stateBytesPerElement
  }

  private var width: Int { heads * headDimension }
  private var convolutionChannels: Int { width + 2 * headGroups * stateDimension }

  package func projections(hiddenSize: Int) -> [Projection] {
    [
      Projection("input", hiddenSize, width + convolutionChannels + heads),
      Projection("output", width, hiddenSize, cut: .rows),
    ]
  }

  package var innerMatrixParameters: Int { convolutionChannels * convolutionWidth }

  /// Time-step bias, decay and skip weight a head, the gated norm, and the convolution's bias.
  package var vectorParameters: Int {
    3 * heads + (hasNorm ? width : 0) + (hasConvolutionBias ? convolutionChannels : 0)
  }

  package func projectionBiases(hiddenSize: Int) -> Int {
    hasProjectionBias ? width + convolutionChannels + heads + hiddenSize : 0
  }

  package var stateElements: Int { width * stateDimension }

  package var convolutionElements: Int { (convolutionWidth - 1) * convolutionChannels }

  /// Work a token of the recurrence, one at a time as in decoding:
  ///
  ///     FLOPs = 5 * h * p * n + 2 * w * c
  ///
  /// - h: heads, p: head dimension, n: state dimension, w: convolution width, c: its channels
  /// - 5 a state element: decay 1, input outer product 2, readout 2
  ///
  /// Assumes the recurrent form; a chunked prefill kernel does more work in larger products.
  /// Check: h = 256, p = 64, n = 256, w = 4, c = 20,480 -> 21,135,360
  /// (`RecurrentStateTests.mamba2`).
  package var recurrenceFLOPsPerToken: Int {
    5 * stateElements + 2 * convolutionWidth * convolutionChannels
  }
}
