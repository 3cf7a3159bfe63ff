internal import Hardware
internal import ModelArchitecture

/// How the memory of one rank is divided, in bytes.
///
///     all:                pool = capacity · u - weights - activations - reserve
///     free:               pool = (capacity - weights - activations - reserve) · u
///     weights-and-cache:  pool = min((capacity - reserve) · u, capacity - activations - reserve)
///                                - weights
///     blocks = floor(pool / (T · k))
///
/// - capacity [B]: what the driver reports, which is not what the datasheet says
/// - u: usable fraction, of what the engine takes it (`MemoryPolicy.Basis`)
/// - reserve [B]: runtime, buffers of collectives, and captured graphs where they are counted
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
///
/// A pool that is stated in blocks is taken as it is, as long as it has room beside the weights.
/// Check: Llama-3.1-8B bf16 on H200 (141 GB) at u = 0.9, 1 GB reserve: weights 16.09 GB
/// (`memoryPlanWorkedExample`); against what engines logged, `CacheCapacityTests`.
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
  /// Whether nothing is kept of a sequence, as of an encoder's texts; a block is then a sequence.
  package var keepsNothing = false
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
    capacityBytes = design.hardware.accelerator.memory[0].foundBytes
    weightBytes =
      graph.weightBytes(Self.padding(of: design, policy)) + (Draft(design)?.weightBytes ?? 0)
      + Self.rotaryTableBytes(design.architecture) + Self.towerBytes(design)
    activationBytes = Self.activationBytes(
      design, policy, tokenBudget: tokenBudget, maximumSequences: maximumSequences)
    reservedBytes = policy.reservedBytes(design)
    let held = weightBytes + activationBytes + reservedBytes
    usableBytes =
      switch policy.basis {
      case .all: capacityBytes * policy.usableFraction
      case .free: min(capacityBytes, held + (capacityBytes - held) * policy.usableFraction)
      case .weightsAndCache:
        min(
          capacityBytes,
          (capacityBytes - reservedBytes) * policy.usableFraction + activationBytes
            + reservedBytes)
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
      keepsNothing = footprint.stateBytes == 0 && footprint.windows.isEmpty
    }
    if let stated = policy.statedBlocks {
      poolBytes = min(Double(stated) * bytesPerBlock, capacityBytes - weightBytes)
      blocks = poolBytes < Double(stated) * bytesPerBlock ? 0 : stated
      return
    }
    blocks = poolBytes > 0 ? Int(min(poolBytes / bytesPerBlock, 1e12)) : 0
  }

  /// The tower that reads pictures, in 16 bits, divided over the tensor ranks: it is loaded whether
  /// or not pictures come.
  ///
  /// Check: Llama-4-Scout on four ranks: 871 million weights, 0.41 GiB on each; its log has
  /// 0.43 GiB beyond the language model (`CacheCapacityTests.towersAreLoaded`).
  private static func towerBytes(_ design: ReplicaDesign) -> Double {
    Double(design.architecture.towerParameters) * 2 / Double(design.layout.tensor)
  }

  /// Cosines and sines of every position that the model knows, for one head, in 16 bits: engines
  /// compute them once, and each rank has them whole.
  ///
  ///     table = positions · rotary width · 2 B
  ///
  /// Nothing for most models and 2.7 GB for Llama-4-Scout, which knows 10,485,760 positions; tables
  /// that are stretched by a factor have as many times more positions, Gemma 3's 0.6 GB. The width
  /// is the whole head's where only a part of it turns.
  private static func rotaryTableBytes(_ architecture: Architecture) -> Double {
    let width =
      architecture.groups.lazy.compactMap { group -> Int? in
        switch group.mixer {
        case .attention(let attention): attention.headDimension
        case .latentAttention(let attention): attention.ropeDimension
        default: nil
        }
      }.first ?? 0
    let positions = max(architecture.rotaryPositions, architecture.maximumContext ?? 0)
    return Double(positions) * Double(width) * 2
  }

  /// Checkpoints in 4-bit blocks are padded as they are loaded; others are kept as they are.
  private static func padding(of design: ReplicaDesign, _ policy: MemoryPolicy) -> ExpertPadding {
    design.precision.weights == .mxfp4 ? policy.expertPadding : .none
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

  /// Largest transient tensors of a step, of its layers or of sampling from what they give:
  ///
  ///     layers   = n · (widest + 4 d) · 2 B
  ///     sampling = n · 2 d · 2 B + s · V · b + n · d · 2 B + workspace
  ///
  /// - n, s: most tokens and sequences of a step      - d, V: hidden width, vocabulary
  /// - widest: of the feed-forward's or attention's intermediates, per token
  /// - b [B]: what the engine's sampler holds for a logit: of 16 bits as it comes, of 32 to sample
  ///   from, sorted copies with their indices, probabilities
  /// - the third term: what a tower has made of pictures, kept until the model has read it; as much
  ///   as a step takes, and nothing without a tower
  /// - workspace: see `workspaceBytes`
  ///
  /// A rank's experts get the tokens of all attention ranks, spread over the ranks of the experts.
  /// Assumes that the allocator reuses the rest; engines measure this with a trial pass.
  /// Check: Qwen2.5-7B, 8,192 tokens, 1,024 sequences, b = 14.4 B: 0.12 + 2.24 GB, and 2.37 GB in
  /// the log of vLLM 0.19 (`MemoryPlanTests.samplingHoldsMoreThanTheLayers`).
  private static func activationBytes(
    _ design: ReplicaDesign, _ policy: MemoryPolicy, tokenBudget: Int, maximumSequences: Int
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
    let (tokens, hidden) = (Double(tokenBudget), Double(architecture.hiddenSize))
    let logits =
      !architecture.writes
      ? 0 : Double(maximumSequences) * Double(architecture.vocabularySize)
    let pictures = architecture.towerParameters > 0 ? tokens * hidden * 2 : 0
    return max(
      tokens * (widest + 4 * hidden) * 2,
      tokens * 4 * hidden + logits * policy.bytesPerLogit + pictures
        + workspaceBytes(design, policy, tokens: tokens))
  }

  /// What a rank's experts compute in, where the engine keeps it from step to step and samples
  /// beside it: a row for every expert of every token, once as wide as the first multiplication or
  /// the second makes it, once as the activation or the second does.
  ///
  ///     workspace = n · k · (max(2 i, d) + max(i, d)) · 2 B
  ///
  /// - n, k: tokens that reach a rank, those of a step; with several attention ranks all of theirs,
  ///   spread over the ranks of the experts; experts of a token
  /// - i, d: inner width of an expert on the rank; hidden width
  ///
  /// Experts in 4-bit blocks of 32 run in kernels that keep what the activation gives alone, n k i.
  /// Source: vLLM 0.19, `v1/worker/workspace.py` and `workspace_shapes` of its kernels.
  /// Check: Qwen3-30B-A3B, 8,192 tokens on one H100: 8,192 · 8 · (2,048 + 2,048) · 2 B = 537 MB;
  /// its log has 0.53 GiB more than a dense model of its vocabulary
  /// (`MemoryPlanTests.expertsKeepWhatTheyComputeIn`).
  private static func workspaceBytes(
    _ design: ReplicaDesign, _ policy: MemoryPolicy, tokens: Double
  ) -> Double {
    guard let generation = design.hardware.architectures.first,
      policy.workspaceGenerations.contains(generation)
    else { return 0 }
    let hidden = Double(design.architecture.hiddenSize)
    return design.architecture.groups.reduce(0) { largest, group in
      guard case .experts(let experts) = group.feedForward else { return largest }
      let inner = Double(experts.inner) / Double(design.layout.ranksPerExpert)
      let width =
        design.precision.weights == .mxfp4
        ? inner : max((experts.isGated ? 2 : 1) * inner, hidden) + max(inner, hidden)
      let layout = design.layout
      // Within one attention rank every rank of experts sees every token.
      let spread = layout.attentionData > 1 ? layout.expert : 1
      let rows = tokens * Double(experts.topK * layout.attentionData) / Double(spread)
      return max(largest, rows * width * 2)
    }
  }
}
