internal import Hardware
package import ModelArchitecture

extension Architecture {
  /// The format the checkpoint is served in when a scenario does not say; nil when its config names
  /// a format that no engine profile serves, or none that is understood.
  package var servedWeights: WeightFormat? {
    switch checkpointWeights {
    case .fp8PerTensor, .mxfp8: .fp8
    case .fp8Block: .fp8Block
    case .mxfp4Experts, .mxfp4: .mxfp4
    case .nvfp4: .nvfp4
    case .integer(bits: 4, groupSize: _, expertsOnly: _), .normalFloat4: .int4
    case .integer(bits: 8, groupSize: _, expertsOnly: _): .int8
    case .float32, .float16, .bfloat16, nil: .bf16
    case .integer, .unspecified: nil
    }
  }

  /// Why `servedWeights` is nil, as the note of a message.
  package var formatNote: [String] {
    switch checkpointWeights {
    case .unspecified(let method, let reason): ["`\(method)`: \(reason)"]
    case .integer(let bits, _, _) where bits != 4 && bits != 8:
      ["no engine here serves integers of \(bits) bits"]
    default: []
    }
  }

  /// The format of the cache when a scenario does not say: FP8 where the checkpoint brings its
  /// scales, as vLLM, SGLang and TensorRT-LLM take it, and where attention is compressed, whose
  /// kernels (FlashMLA) read no other (vLLM pull request 45091; DeepSeek-V4).
  package var servedCache: KeyValueFormat {
    let isCompressed = groups.contains { group in
      if case .compressedAttention = group.mixer { true } else { false }
    }
    return hasFP8Cache || isCompressed ? .fp8 : .bf16
  }
}

extension Precision {
  /// Whether every matrix is in the checkpoint's own format: when the weights are those of the
  /// checkpoint. Else they are quantized anew, as published checkpoints of the format are.
  package func followsCheckpoint(of architecture: Architecture) -> Bool {
    attention == nil && architecture.checkpointFormat != nil
      && weights == architecture.servedWeights
  }
}

extension ResolvedArithmetic {
  /// What a matrix of a checkpoint runs as. Where the accelerator has no arithmetic for it, or the
  /// engine narrows no activations, the weights are read small and multiplied in bf16.
  init(_ format: StoredFormat, on accelerator: Accelerator) {
    func kernel(_ own: KernelArithmetic, needs arithmetic: Arithmetic) -> KernelArithmetic {
      accelerator.peak[arithmetic] != nil ? own : .w4a16
    }
    let isWide = format.activations == .wide
    let kernel: KernelArithmetic =
      switch format.numbers {
      case .bfloat16: .bf16
      case .normalFloat4: .w4a16
      case .mxFloat4 where isWide || accelerator.peak[.fp4] == nil: .w4a16MX
      case _ where isWide: .w4a16
      case .float8, .mxFloat8: kernel(.fp8, needs: .fp8)
      case .float8Blocks: kernel(.fp8Block, needs: .fp8)
      case .mxFloat4, .nvFloat4:
        kernel(format.activations == .eightBits ? .w4a8 : .fp4, needs: .fp4)
      case .integer(let bits):
        bits == 8 && format.activations == .likeWeights
          ? kernel(.int8, needs: .int8) : kernel(.fp8, needs: .fp8)
      }
    self.init(kernel, bytesPerWeight: format.bytesPerWeight)
  }

  /// One grouped multiplication with matrices of two formats: it runs as the wider one, and reads
  /// the bytes of both.
  ///
  /// - Parameter share: of the first among the weights.
  init(_ first: ResolvedArithmetic, _ second: ResolvedArithmetic, share: Double) {
    self = first.bytesPerActivation >= second.bytesPerActivation ? first : second
    bytesPerWeight = share * first.bytesPerWeight + (1 - share) * second.bytesPerWeight
  }
}
