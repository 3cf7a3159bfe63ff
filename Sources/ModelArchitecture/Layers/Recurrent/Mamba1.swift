/// Mamba with a diagonal state a channel and input-dependent steps, as in Jamba.
///
/// Source: Gu and Dao, "Mamba", arXiv:2312.00752, algorithm 2; the three inner norms are Jamba's
/// (`JambaMambaMixer` in transformers 4.57).
package struct Mamba1: Equatable, RecurrentLayer {
  package var channels: Int
  package var stateDimension: Int
  package var timeStepRank: Int
  package var convolutionWidth: Int
  package var hasConvolutionBias: Bool
  /// Whether the projections into the channels and out of them have biases.
  package var hasProjectionBias = false
  /// The three norms on step, input and readout, which only Jamba has.
  package var hasInnerNorms = true
  package var stateBytesPerElement: Int

  package init(
    channels: Int, stateDimension: Int, timeStepRank: Int, convolutionWidth: Int,
    hasConvolutionBias: Bool = true, stateBytesPerElement: Int
  ) {
    self.channels = channels
    self.stateDimension = stateDimension
    self.timeStepRank = timeStepRank
    self.convolutionWidth = convolutionWidth
    self.hasConvolutionBias = hasConvolutionBias
    self.stateBytesPerElement = stateBytesPerElement
  }

  package func projections(hiddenSize: Int) -> [Projection] {
    [
      Projection("input_gate", hiddenSize, 2 * channels),
      Projection(
        "step_and_state", channels, timeStepRank + 2 * stateDimension, cut: .rows),
      Projection("time_step", timeStepRank, channels),
      Projection("output", channels, hiddenSize, cut: .rows),
    ]
  }

  /// The convolution, and the transition with one number a channel and state.
  package var innerMatrixParameters: Int { channels * (convolutionWidth + stateDimension) }

  /// Time-step bias and skip weight a channel, the convolution's bias, and the three inner norms.
  package var vectorParameters: Int {
    (hasConvolutionBias ? 3 : 2) * channels
      + (hasInnerNorms ? timeStepRank + 2 * stateDimension : 0)
  }

  package func projectionBiases(hiddenSize: Int) -> Int {
    hasProjectionBias ? 2 * channels + hiddenSize : 0
  }

  package var stateElements: Int { channels * stateDimension }

  package var convolutionElements: Int { (convolutionWidth - 1) * channels }

  /// Work a token of the selective scan:
  ///
  ///     FLOPs = 7 * c * n + 2 * w * c
  ///
  /// - c: channels, n: state dimension, w: convolution width
  /// - 7 a state element: step times transition 1, its exponential 1, input 1, update 2, readout 2
  ///
  /// Check: c = 8,192, n = 16, w = 4 -> 983,040 (`RecurrentStateTests.mamba1`).
  package var recurrenceFLOPsPerToken: Int {
    7 * stateElements + 2 * convolutionWidth * channels
  }
}
