/// A mixer that carries a state of constant size from token to token instead of a growing cache.
package enum RecurrentMixer: Equatable, Sendable {
  case gatedDelta(GatedDeltaNet)
  case kimiDelta(KimiDeltaAttention)
  case lightning(LightningAttention)
  case mamba1(Mamba1)
  case mamba2(Mamba2)
  case described(DescribedRecurrence)

  /// The quantities that all kinds share. Not for a loop: it boxes.
  package var layer: any RecurrentLayer {
    switch self {
    case .gatedDelta(let layer): layer
    case .kimiDelta(let layer): layer
    case .lightning(let layer): layer
    case .mamba1(let layer): layer
    case .mamba2(let layer): layer
    case .described(let layer): layer
    }
  }
}

/// What the cost of one recurrent layer is made of.
package protocol RecurrentLayer: Sendable {
  func projections(hiddenSize: Int) -> [Projection]
  /// Weights that are matrices but are not multiplied as one: convolution, transition.
  var innerMatrixParameters: Int { get }
  /// Norms, biases and one-number-a-head parameters.
  var vectorParameters: Int { get }
  /// Biases of the projections, as wide as what they project to.
  func projectionBiases(hiddenSize: Int) -> Int
  /// Numbers in the recurrent state of one sequence.
  var stateElements: Int { get }
  var stateBytesPerElement: Int { get }
  /// Numbers kept for the short convolution of one sequence, always 2 bytes each.
  var convolutionElements: Int { get }
  /// Work of the state update, readout and convolution, without the projections.
  var recurrenceFLOPsPerToken: Int { get }
}

extension RecurrentLayer {
  package func projectionBiases(hiddenSize: Int) -> Int { 0 }

  /// Memory one sequence holds in this layer, whatever its length:
  ///
  ///     bytes = stateElements * stateBytesPerElement + convolutionElements * 2
  ///
  /// Check: Qwen3.5-27B, 48 heads of 128 x 128 in fp32 and 3 x 10,240 of convolution ->
  /// 3,207,168 B (`RecurrentStateTests.gatedDeltaNet`).
  package var stateBytesPerSequence: Int {
    stateElements * stateBytesPerElement + convolutionElements * 2
  }
}
