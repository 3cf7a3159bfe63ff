internal import Hardware
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
    /// The whole memory, for weights and cache alone; the rest has activations (SGLang).
    case weightsAndCache = "weights-and-cache"
  }

  /// Share of an accelerator's memory that the engine may use, 0...1.
  package var usableFraction: Double
  package var basis: Basis
  /// Runtime, communication buffers, captured graphs: per accelerator, whatever the model [B].
  package var reservedBytes: Double
  /// Tokens per cache block.
  package var blockTokens: Int

  package init(
    usableFraction: Double, basis: Basis = .all, reservedBytes: Double, blockTokens: Int
  ) {
    self.usableFraction = usableFraction
    self.basis = basis
    self.reservedBytes = reservedBytes
    self.blockTokens = blockTokens
  }
}

/// How the memory of one rank is divided, in bytes.
///
///     all:                pool = capacity · u - weights - activations - reserve
///     free:               pool = (capacity - weights - activations - reserve) · u
///     weights-and-cache:  pool = min(capacity · u, capacity - activations - reserve) - weights
///     blocks = floor(pool / (T · k))
///
/// - u: usable fraction, of what the engine takes it (`MemoryPolicy.Basis`)
/// - T: tokens per block
/// - k [B]: cache bytes of a token on this rank
///
/// The rank is one of the heaviest pipeline stage. It has its experts, copies included, its tensor
/// slice of everything else, and the cache of its own attention rank's sequences; the token budget
/// is the attention rank's too.
///
/// Layers with a window and layers with a recurrent state do not grow with the context: what a
/// sequence holds in them is counted in blocks of its own, once, when it is admitted. Windows are
/// counted up to the sequence's final length.
/// Check: Llama-3.1-8B bf16 on H200 (141 GB) at u = 0.9, 1 GB reserve: weights 16.06 GB
/// (`memoryPlanWorkedExample`).
package struct MemoryPlan: Equatable, Sendable {
  package var capacityBytes: Double
  package var usableBytes: Double
  package var weightBytes: Double
  package var activationBytes: Double
  package var reservedBytes: Double
  /// What is left for the cache; negative when the weights do not fit.
  package var poolBytes: Double

  package var blockTokens: Int
  package var bytesPerBlock: Double
  /// Cache blocks of this rank; zero when not even one fits.
  package var blocks: Int
  /// Bytes of a sequence that do not grow: recurrent states.
  package var stateBytesPerSequence: Double
  /// Windowed layers: window in tokens, and cache bytes of a token in all layers of that window.
  package var windows: [WindowFootprint]

  package struct WindowFootprint: Equatable, Sendable {
    package var tokens: Int
    package var bytesPerToken: Double
  }

  /// - Parameters:
  ///   - tokenBudget: most tokens in a step.   - maximumSequences: most sequences in a step.
  package init(
    _ design: ReplicaDesign, policy: MemoryPolicy, tokenBudget: Int, maximumSequences: Int
  ) {
    if design.hardware.kind == .lpu {
      self = MemoryPlan(
        dataflow: design, policy: policy, tokenBudget: tokenBudget,
        maximumSequences: maximumSequences)
      return
    }
    let graph = LayerGraph(design)
    let footprint = CacheFootprint(design)
    capacityBytes = design.hardware.accelerator.memory[0].capacity.value
    let draft = Draft(design)?.weightBytes(layers: design.draftGroup?.count ?? 0)
    weightBytes = graph.weightBytes + (draft ?? 0)
    activationBytes = Self.activationBytes(
      design, tokenBudget: tokenBudget, maximumSequences: maximumSequences)
    reservedBytes = policy.reservedBytes
    let held = weightBytes + activationBytes + reservedBytes
    usableBytes =
      switch policy.basis {
      case .all: capacityBytes * policy.usableFraction
      case .free: min(capacityBytes, held + (capacityBytes - held) * policy.usableFraction)
      case .weightsAndCache:
        min(
          capacityBytes, capacityBytes * policy.usableFraction + activationBytes + reservedBytes)
      }
    poolBytes = usableBytes - held
    stateBytesPerSequence = footprint.stateBytes
    windows = footprint.windows
    if footprint.growingBytesPerToken > 0 {
      blockTokens = policy.blockTokens
      bytesPerBlock = footprint.growingBytesPerToken * Double(policy.blockTokens)
    } else {
      // No layer grows: a block is the state of one sequence, however long it is.
      blockTokens = Int(Int32.max)
      bytesPerBlock = max(1, footprint.stateBytes)
      stateBytesPerSequence = 0
    }
    blocks = poolBytes > 0 ? Int(min(poolBytes / bytesPerBlock, 1e12)) : 0
  }

  /// Blocks that a sequence takes on top of one for every `blockTokens` of its context.
  ///
  /// - Parameter finalContext: prompt and answer together, which caps what a window can hold.
  package func fixedBlocks(finalContext: Int) -> Int {
    var bytes = stateBytesPerSequence
    for window in windows {
      bytes += Double(min(window.tokens, finalContext)) * window.bytesPerToken
    }
    return bytes > 0 ? Int((bytes / bytesPerBlock).rounded(.up)) : 0
  }

  /// Largest transient tensors of a step: the feed-forward's or attention's widest intermediate and
  /// two hidden vectors per token in 16 bits, and fp32 logits of every sampled sequence.
  ///
  /// A rank's experts get the tokens of all attention ranks, spread over the ranks of the experts.
  /// Assumes that the allocator reuses the rest; engines measure this with a trial pass.
  private static func activationBytes(
    _ design: ReplicaDesign, tokenBudget: Int, maximumSequences: Int
  ) -> Double {
    let architecture = design.architecture
    let layout = design.layout
    let ranks = Double(layout.tensor)
    let widest = architecture.groups.reduce(0.0) { widest, group in
      let inner: Double =
        switch group.feedForward {
        case .dense(let dense): Double(dense.inner) * (dense.isGated ? 3 : 1) / ranks
        case .experts(let experts):
          Double(experts.topK * layout.attentionData) / Double(layout.expert)
            * Double(architecture.hiddenSize + 3 * experts.inner / layout.ranksPerExpert)
        case nil: 0
        }
      return max(widest, inner)
    }
    let perToken = (widest + 4 * Double(architecture.hiddenSize)) * 2
    let logits = Double(maximumSequences) * Double(architecture.vocabularySize) * 4
    return Double(tokenBudget) * perToken + logits
  }
}
