package import Hardware
package import ModelArchitecture

/// How weights are stored, with the bytes one of them takes, scales included.
package enum WeightFormat: String, CaseIterable, Sendable {
  case bf16
  /// One scale for a tensor: 1 byte a weight.
  case fp8
  /// One 4-byte scale for each 128 x 128 block, as DeepSeek-V3 ships.
  case fp8Block = "fp8_block"
  /// One 16-bit scale for each output column, below a thousandth of the weights: 1 byte a weight.
  case int8
  /// Groups of 128 with a 16-bit scale and a 4-bit zero point (GPTQ, AWQ): 4.16 bits a weight.
  case int4
  /// Groups of 32 with an 8-bit scale (OCP MX specification v1.0): 4.25 bits a weight.
  case mxfp4
  /// Groups of 16 with an 8-bit scale: 4.5 bits a weight.
  case nvfp4

  package var bytesPerWeight: Double {
    switch self {
    case .bf16: 2
    case .fp8, .int8: 1
    case .fp8Block: 1 + 4.0 / (128 * 128)
    case .int4: (4 + 20.0 / 128) / 8
    case .mxfp4: (4 + 8.0 / 32) / 8
    case .nvfp4: (4 + 8.0 / 16) / 8
    }
  }
}

/// How keys and values (or the MLA latent) are stored.
package enum KeyValueFormat: String, CaseIterable, Sendable {
  case bf16
  case fp8

  package var bytesPerElement: Double { self == .bf16 ? 2 : 1 }

  var arithmetic: KernelArithmetic { self == .bf16 ? .bf16 : .fp8 }
}

/// The number formats of a deployment.
package struct Precision: Equatable, Sendable {
  package var weights: WeightFormat
  package var keyValueCache: KeyValueFormat
  /// Format of the matrices around attention or a recurrence; nil where published checkpoints of
  /// the weights' format have them (`mixerWeights`).
  package var attention: WeightFormat?

  package init(
    weights: WeightFormat, keyValueCache: KeyValueFormat, attention: WeightFormat? = nil
  ) {
    self.weights = weights
    self.keyValueCache = keyValueCache
    self.attention = attention
  }

  /// What the matrices into attention or a recurrence are in: bf16 where the checkpoint quantizes
  /// its experts alone (gpt-oss), in AMD's MXFP4 checkpoints of models with latent attention, and
  /// in NVIDIA's NVFP4 checkpoints of models with latent attention, which quantize the
  /// feed-forwards and, since the second version, the matrix out of attention
  /// (`nvidia/DeepSeek-R1-0528-FP4-v2`).
  package func mixerWeights(of architecture: Architecture) -> WeightFormat {
    if let attention { return attention }
    switch weights {
    case .mxfp4, .nvfp4:
      return quantizesExpertsAlone(of: architecture) || architecture.hasLatentAttention
        ? .bf16 : weights
    default: return weights
    }
  }

  /// What dense feed-forwards and shared experts are in.
  func denseWeights(of architecture: Architecture) -> WeightFormat {
    quantizesExpertsAlone(of: architecture) ? .bf16 : weights
  }

  /// Whether the weights are those of a checkpoint that leaves all but its experts in bf16.
  package func quantizesExpertsAlone(of architecture: Architecture) -> Bool {
    weights == .mxfp4 && architecture.checkpointWeights == .mxfp4Experts
  }

  /// What the matrix out of attention is in.
  func outputWeights(of architecture: Architecture) -> WeightFormat {
    attention ?? (weights == .nvfp4 ? .nvfp4 : mixerWeights(of: architecture))
  }
}

extension Architecture {
  fileprivate var hasLatentAttention: Bool {
    groups.contains {
      if case .latentAttention = $0.mixer { true } else { false }
    }
  }
}

extension WeightFormat {
  /// The arithmetic that a matrix of such weights is multiplied in on an accelerator.
  package func kernel(on accelerator: Accelerator) -> KernelArithmetic {
    ResolvedArithmetic(self, on: accelerator).kernel
  }
}

/// What a matrix multiplication with given weights runs as on a given accelerator.
struct ResolvedArithmetic: Equatable, Sendable {
  /// Whose efficiencies and peak apply.
  var kernel: KernelArithmetic
  var bytesPerWeight: Double
  var bytesPerActivation: Double
  /// Bytes of an activation sent to another rank, with its scales: one fp32 for 128 of a block
  /// format.
  var bytesPerSentActivation: Double {
    kernel == .fp8Block ? bytesPerActivation + 4.0 / 128 : bytesPerActivation
  }

  /// An accelerator without the arithmetic of a format still runs it: the weights are read in their
  /// small format and multiplied in bf16 (weight-only kernels such as Marlin).
  ///
  /// - Parameter narrowsActivations: whether four-bit weights meet four-bit activations where the
  ///   accelerator can multiply them.
  init(
    _ format: WeightFormat, on accelerator: Accelerator, narrowsActivations: Bool = true
  ) {
    let hasFP8 = accelerator.peak[.fp8] != nil
    let hasINT8 = accelerator.peak[.int8] != nil
    let hasFP4 = accelerator.peak[.fp4] != nil
    let kernel: KernelArithmetic
    switch format {
    case .bf16: kernel = .bf16
    case .fp8: kernel = hasFP8 ? .fp8 : .w4a16
    case .fp8Block: kernel = hasFP8 ? .fp8Block : .w4a16
    case .int8: kernel = hasINT8 ? .int8 : .w4a16
    case .int4: kernel = .w4a16
    // The experts of gpt-oss meet MXFP8 activations; what AMD quantizes has MXFP4 on both sides.
    case .mxfp4: kernel = hasFP4 ? (narrowsActivations ? .fp4 : .w4a8) : .w4a16MX
    case .nvfp4: kernel = hasFP4 ? .fp4 : .w4a16
    }
    self.init(kernel, weights: format)
  }

  /// A kernel that is known to run so, on whatever machine.
  init(_ kernel: KernelArithmetic, weights: WeightFormat) {
    self.init(kernel, bytesPerWeight: weights.bytesPerWeight)
  }

  init(_ kernel: KernelArithmetic, bytesPerWeight: Double) {
    self.kernel = kernel
    self.bytesPerWeight = bytesPerWeight
    switch kernel {
    case .bf16, .w4a16, .w4a16MX: bytesPerActivation = 2
    case .fp8, .fp8Block, .int8, .w4a8: bytesPerActivation = 1
    case .fp4: bytesPerActivation = WeightFormat.nvfp4.bytesPerWeight
    }
  }
}
