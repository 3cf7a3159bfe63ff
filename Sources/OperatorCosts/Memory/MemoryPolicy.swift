internal import ModelArchitecture

/// What the serving engine keeps free or takes for itself, beside weights and cache.
package struct MemoryPolicy: Equatable, Sendable {
  /// What an engine takes its share of.
  package enum Basis: String, CaseIterable, Sendable {
    /// The whole memory, everything included (vLLM).
    case all
    /// What weights, activations and the engine's own leave; the cache gets the share
    /// (TensorRT-LLM).
    case free
    /// What there is before the model is loaded, for weights and cache alone; the rest has
    /// activations (SGLang).
    case weightsAndCache = "weights-and-cache"
  }

  /// Share of an accelerator's memory that the engine may use, 0...1.
  package var usableFraction: Double
  package var basis: Basis
  /// Runtime and compiled kernels: per accelerator, whatever the model [B].
  package var reservedBytes: Double
  /// Buffers of the collectives, on top where a replica has more than one accelerator [B].
  package var communicationBytes: Double
  /// Captured graphs, where the engine counts them into its share: for a replica, and on top for
  /// each of its layers [B].
  package var graphBytes: Double
  package var graphBytesPerLayer: Double
  /// What sampling holds for each logit of a full batch at once [B].
  package var bytesPerLogit: Double
  /// How the engine rounds up the experts of 4-bit checkpoints in blocks of 32.
  package var expertPadding: ExpertPadding
  /// Generations of machines on which what experts compute in stays allocated between steps.
  package var workspaceGenerations: [String] = []
  /// Tokens per cache block.
  package var blockTokens: Int
  /// The pool's size where somebody states it, as a log has it.
  package var statedBlocks: Int?

  package init(
    usableFraction: Double, basis: Basis = .all, reservedBytes: Double,
    communicationBytes: Double = 0, graphBytes: Double = 0, graphBytesPerLayer: Double = 0,
    bytesPerLogit: Double = 4, expertPadding: ExpertPadding = .none, blockTokens: Int,
    statedBlocks: Int? = nil
  ) {
    self.usableFraction = usableFraction
    self.basis = basis
    self.reservedBytes = reservedBytes
    self.communicationBytes = communicationBytes
    self.graphBytes = graphBytes
    self.graphBytesPerLayer = graphBytesPerLayer
    self.bytesPerLogit = bytesPerLogit
    self.expertPadding = expertPadding
    self.blockTokens = blockTokens
    self.statedBlocks = statedBlocks
  }

  /// What the engine takes of one accelerator of a replica, whatever is in a step [B].
  func reservedBytes(_ design: ReplicaDesign) -> Double {
    let layers = design.architecture.groups.reduce(0) {
      $0 + design.layout.layersPerStage($1.count)
    }
    return reservedBytes + (design.layout.accelerators > 1 ? communicationBytes : 0)
      + graphBytes + graphBytesPerLayer * Double(layers)
  }
}

/// Widths of experts in whole multiples, as kernels of 4-bit blocks want them (mxfp4).
///
///     width' = ceil(width / multiple) · multiple
///
/// The hidden width is rounded on every accelerator, the inner width of what a rank has of an
/// expert by the kernel: one that multiplies in few bits, or one that widens weights to 16.
/// Check: gpt-oss-20b on two H100: 1,440 of an expert become 1,536 and 2,880 become 3,072, which
/// makes 13.8 % more of the experts' weights (`MemoryPlanTests.expertsArePadded`).
package struct ExpertPadding: Equatable, Sendable {
  package var hidden: Int
  package var inner: Int
  package var innerWidened: Int

  package init(hidden: Int, inner: Int, innerWidened: Int) {
    self.hidden = hidden
    self.inner = inner
    self.innerWidened = innerWidened
  }

  package static let none = ExpertPadding(hidden: 1, inner: 1, innerWidened: 1)

  /// Padded weights to real ones.
  func factor(hidden width: Double, inner slice: Double, isWidened: Bool) -> Double {
    func rounded(_ width: Double, _ multiple: Int) -> Double {
      (width / Double(multiple)).rounded(.up) * Double(multiple)
    }
    return rounded(width, hidden) / width
      * (rounded(slice, isWidened ? innerWidened : inner) / slice)
  }
}
