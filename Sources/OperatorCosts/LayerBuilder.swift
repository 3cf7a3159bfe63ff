internal import Hardware
internal import ModelArchitecture

/// Turns a layer's shapes into the operators of one rank.
///
/// Matrices into the heads or the inner width are cut by columns, those out of them by rows, so
/// that a layer needs one sum over the ranks for its mixer and one for its feed-forward (Shoeybi et
/// al., "Megatron-LM", 2019). Matrices that feed every head (MLA's down projections, the router)
/// are on every rank. Engines join matrices with a common input; so does this.
struct LayerBuilder {
  private let hidden: Int
  /// Over which everything but the routed experts is cut.
  private let ranks: Int
  private let layout: ParallelLayout
  private let routing: ExpertRouting
  private let hardware: HardwareProfile
  private let cache: KeyValueFormat
  private let fusesExperts: Bool
  private let loads: ExpertLoads
  /// Copies of the hidden vector that go from layer to layer.
  private let streams: Int
  /// Arithmetic of the experts.
  private let experts: ResolvedArithmetic
  /// Arithmetic of dense feed-forwards and shared experts.
  private let dense: ResolvedArithmetic
  /// Arithmetic of the matrices around attention or a recurrence.
  private let mixer: ResolvedArithmetic
  /// Arithmetic of the matrix out of latent attention.
  private let output: ResolvedArithmetic
  /// Arithmetic of what no engine quantizes: the router.
  private let plain: ResolvedArithmetic
  private let adapters: Adapters?
  private let followsCheckpoint: Bool
  /// The checkpoint's own formats of the layers that are built; nil where the deployment's hold.
  private var formats: LayerFormats?

  init(_ design: ReplicaDesign) {
    hidden = design.architecture.hiddenSize
    ranks = design.layout.tensor
    layout = design.layout
    routing = design.routing
    hardware = design.hardware
    fusesExperts = design.fusesExperts
    loads = design.loads
    cache = design.precision.keyValueCache
    adapters = design.adapters
    streams = design.architecture.surroundings.residualStreams
    let accelerator = design.hardware.accelerator
    let precision = design.precision
    experts = ResolvedArithmetic(
      precision.weights, on: accelerator,
      narrowsActivations: !precision.quantizesExpertsAlone(of: design.architecture))
    mixer = ResolvedArithmetic(
      precision.mixerWeights(of: design.architecture), on: accelerator)
    output = ResolvedArithmetic(
      precision.outputWeights(of: design.architecture), on: accelerator)
    dense = ResolvedArithmetic(
      precision.denseWeights(of: design.architecture), on: accelerator)
    plain = ResolvedArithmetic(.bf16, on: accelerator)
    followsCheckpoint = precision.followsCheckpoint(of: design.architecture)
  }

  /// For the layers of a group, in the formats that the checkpoint has them in.
  func reading(_ frame: LayerFrame) -> LayerBuilder {
    guard followsCheckpoint else { return self }
    var copy = self
    copy.formats = frame.formats ?? LayerFormats()
    return copy
  }

  /// The low-rank matrices beside one of the model's.
  func adapters(beside multiply: MatrixMultiply) -> [MatrixMultiply] {
    adapters?.multiplies(beside: multiply, plain) ?? []
  }

  func arithmetic(of part: LayerPart) -> ResolvedArithmetic {
    if let formats { return ResolvedArithmetic(formats[part], on: hardware.accelerator) }
    switch part {
    case .expertUp, .expertDown: return experts
    case .denseUp, .denseDown, .sharedUp, .sharedDown, .expertOuter: return dense
    case .attentionOutput: return output
    case .queryKeyValue, .latentDown, .queryUp, .keyValueUp, .indexer, .recurrentInput,
      .recurrentOutput:
      return mixer
    }
  }

  /// Residual added, norm taken, both written: two reads and two writes of the hidden vector.
  ///
  /// With n streams they are read to be weighed and collapsed into one, and read and written with
  /// the block's result: 3 n + 2 passes.
  var norm: Elementwise {
    Elementwise(
      name: "norm", width: Double(hidden), passes: streams > 1 ? Double(3 * streams + 2) : 4)
  }

  var embedding: Elementwise { Elementwise(name: "embedding", width: Double(hidden), passes: 2) }

  func projections(of mixer: TokenMixer) -> [MatrixMultiply] {
    switch mixer {
    case .attention(let attention):
      let heads = attention.heads / ranks
      let gate = attention.hasOutputGate ? heads * attention.valueDimension : 0
      let copies = max(1, attention.keyValueHeads / ranks)
      let keyValues = copies * (attention.keyWidth + attention.valueWidth) / attention.keyValueHeads
      return [
        multiply(
          "qkv", .queryKeyValue, from: hidden,
          to: heads * attention.headDimension + gate + keyValues,
          parts: attention.keysAreValues ? 2 : 3),
        multiply(
          "attention_output", .attentionOutput, from: heads * attention.valueDimension, to: hidden),
      ] + multiplies(of: attention.extraProjections, .queryKeyValue)
        + scorer(attention.selection, queryRank: nil)
    case .latentAttention(let attention): return projections(of: attention)
    case .compressedAttention(let attention):
      return multiplies(of: attention.projections(hiddenSize: hidden), of: mixer)
    case .recurrent(let recurrent):
      return multiplies(of: recurrent.layer.projections(hiddenSize: hidden), of: mixer)
    case .none: return []
    }
  }

  private func multiplies(
    of projections: [Projection], of mixer: TokenMixer
  ) -> [MatrixMultiply] {
    projections.flatMap { multiplies(of: [$0], LayerPart(of: $0.name, in: mixer)) }
  }

  private func multiplies(of projections: [Projection], _ part: LayerPart) -> [MatrixMultiply] {
    multiplies(of: projections, arithmetic(of: part))
  }

  /// One rank's part of matrices.
  private func multiplies(
    of projections: [Projection], _ arithmetic: ResolvedArithmetic
  ) -> [MatrixMultiply] {
    projections.map { projection in
      MatrixMultiply(
        name: projection.name,
        outputWidth: Double(
          projection.cut == .columns ? max(1, projection.outputs / ranks) : projection.outputs),
        inputWidth: Double(
          projection.cut == .rows ? max(1, projection.inputs / ranks) : projection.inputs),
        arithmetic: arithmetic)
    }
  }

  private func scorer(_ indexer: SparseIndexer?, queryRank: Int?) -> [MatrixMultiply] {
    let onRank = indexer?.onRank(of: ranks)
    return multiplies(
      of: onRank?.projections(hiddenSize: hidden, queryRank: queryRank) ?? [], .indexer)
  }

  /// What every token passes beside mixer and feed-forward. No engine quantizes it.
  func framing(_ frame: LayerFrame) -> [MatrixMultiply] { multiplies(of: frame.projections, plain) }

  func surroundings(_ projections: [Projection]) -> [MatrixMultiply] {
    multiplies(of: projections, plain)
  }

  /// Into the width that latent experts work in and out of it, and what else their layer has.
  func outerProjections(of mixture: MixtureOfExperts) -> [MatrixMultiply] {
    multiplies(of: mixture.outerProjections(hiddenSize: hidden), .expertOuter)
  }

  private func projections(of attention: LatentAttention) -> [MatrixMultiply] {
    let heads = attention.heads / ranks
    let queryWidth = heads * (attention.nopeDimension + attention.ropeDimension)
    let latent = attention.keyValueRank + attention.ropeDimension
    var list: [MatrixMultiply] = []
    if let queryRank = attention.queryRank {
      list.append(
        multiply(
          "query_latent_down", .latentDown, from: hidden, to: queryRank + latent, parts: 2))
      list.append(multiply("query_up", .queryUp, from: queryRank, to: queryWidth))
    } else {
      list.append(
        multiply(
          "query_latent_down", .latentDown, from: hidden, to: queryWidth + latent, parts: 2))
    }
    list.append(
      multiply(
        "key_value_up", .keyValueUp, from: attention.keyValueRank,
        to: heads * (attention.nopeDimension + attention.valueDimension)))
    list.append(
      multiply(
        "attention_output", .attentionOutput, from: heads * attention.valueDimension, to: hidden))
    return list + multiplies(of: attention.extraProjections, .latentDown)
      + scorer(attention.indexer, queryRank: attention.queryRank)
  }

  func attentionKernels(of mixer: TokenMixer) -> [AttentionKernel] {
    AttentionKernel.kernels(of: mixer, ranks: ranks, cache: cache, contextRanks: layout.context)
  }

  func recurrentKernel(of mixer: TokenMixer) -> RecurrentKernel? {
    guard case .recurrent(let recurrent) = mixer else { return nil }
    return RecurrentKernel(recurrent, hidden: hidden, ranks: ranks)
  }

  /// Mamba's step and state parameters come out of the inner width, which is cut: each rank has a
  /// part of their sum.
  private static let stateInputs = "step_and_state"

  /// What a mixer sums over the ranks before its kernel, in 16-bit elements per token.
  ///
  /// A norm over all heads of queries, and one of keys, needs the squares of every rank: two sums
  /// of 32 bits, sent together (SGLang, `MiniMaxM2RMSNormTP.forward_qk`; vLLM,
  /// `MiniMaxText01RMSNormTP`).
  func innerSums(of mixer: TokenMixer) -> [(name: String, width: Int)] {
    switch mixer {
    case .attention(let attention) where attention.queryKeyNorm == .perLayer:
      return [("all_reduce_query_key_norm", 4)]
    case .recurrent(let recurrent):
      return recurrent.layer.projections(hiddenSize: hidden)
        .filter { $0.name == Self.stateInputs }
        .map { ("all_reduce_state_inputs", $0.outputs) }
    default: return []
    }
  }

  /// What a mixer does to its projections element by element: norms of queries and keys, rotary
  /// embedding, the write into the cache, output gates.
  func elementwise(of mixer: TokenMixer) -> [Elementwise] {
    switch mixer {
    case .attention(let attention) where attention.isBidirectional:
      // Nothing is cached; positions are in the embedding, or turned within the kernel.
      return []
    case .attention(let attention):
      let heads = attention.heads / ranks
      let queries = Double(heads * attention.headDimension)
      let keys = Double(max(1, attention.keyValueHeads / ranks) * attention.headDimension)
      var list = [Elementwise(name: "rotary_and_cache", width: queries + 2 * keys, passes: 2)]
      if attention.hasQKNorm {
        list.append(Elementwise(name: "query_key_norm", width: queries + keys, passes: 2))
      }
      if attention.hasOutputGate {
        list.append(
          Elementwise(
            name: "output_gate", width: Double(heads * attention.valueDimension), passes: 3))
      }
      return list
    case .latentAttention(let attention):
      let width =
        attention.heads / ranks * attention.ropeDimension + attention.keyValueRank
        + attention.ropeDimension
      return [Elementwise(name: "rotary_and_cache", width: Double(width), passes: 2)]
    case .compressedAttention(let attention):
      // Rotary parts of queries, keys and outputs; a gated sum of what becomes an entry.
      let width = attention.heads / ranks * attention.headDimension + attention.headDimension
      let entries = attention.projections(hiddenSize: hidden)
        .filter { $0.name.hasSuffix("compressor") }.reduce(0) { $0 + $1.outputs }
      let list = [Elementwise(name: "rotary_and_cache", width: Double(width), passes: 2)]
      return entries == 0
        ? list : list + [Elementwise(name: "compress", width: Double(entries), passes: 2)]
    case .recurrent, .none: return []
    }
  }

  func operators(of dense: DenseFeedForward, isShared: Bool) -> [LayerGraph.TokenOperator] {
    let inner = dense.inner / ranks
    let prefix = isShared ? "shared_expert" : "mlp"
    let up = multiply(
      "\(prefix)_up", isShared ? .sharedUp : .denseUp, from: hidden,
      to: dense.isGated ? 2 * inner : inner, parts: dense.isGated ? 2 : 1)
    let activation = Elementwise(
      name: "\(prefix)_activation", width: Double(inner), passes: dense.isGated ? 3 : 2)
    let down = multiply(
      "\(prefix)_down", isShared ? .sharedDown : .denseDown, from: inner, to: hidden)
    let quantised = [up, down].map { quantise(inputOf: $0).map { [$0] } ?? [] }
    return quantised[0].map { .elementwise($0) } + [.multiply(up), .elementwise(activation)]
      + quantised[1].map { .elementwise($0) } + [.multiply(down)]
  }

  /// The activations of a multiplication in less than 16 bits: read wide, written narrow.
  func quantise(inputOf multiply: MatrixMultiply) -> Elementwise? {
    let bytes = multiply.arithmetic.bytesPerActivation
    guard bytes < 2 else { return nil }
    return Elementwise(name: "quantise", width: multiply.inputWidth, passes: 1 + bytes / 2)
  }

  /// What every token passes on its own rank before the routed experts.
  func routing(of mixture: MixtureOfExperts) -> [LayerGraph.TokenOperator] {
    [
      .multiply(
        MatrixMultiply(
          name: "router", outputWidth: Double(mixture.routerOutputs), inputWidth: Double(hidden),
          arithmetic: plain)),
      // Softmax, top-k and the sort of tokens by expert.
      .elementwise(
        Elementwise(name: "expert_choice", width: Double(mixture.routerOutputs), passes: 4)),
    ]
  }

  /// Gathering tokens by expert and their weighted sum are in the class's serial traffic.
  func experts(of mixture: MixtureOfExperts) -> ExpertMLP {
    ExpertMLP(
      mixture, hidden: mixture.expertWidth(hiddenSize: hidden), ranks: layout.ranksPerExpert,
      arithmetic: expertArithmetic(of: mixture),
      load: loads.load(of: mixture, layout: layout, routing: routing),
      isFused: fusesExperts)
  }

  func exchange(of mixture: MixtureOfExperts) -> TokenExchange {
    TokenExchange(
      topK: mixture.topK, hidden: mixture.expertWidth(hiddenSize: hidden),
      arithmetic: expertArithmetic(of: mixture), layout: layout, on: hardware)
  }

  /// Gate and up are two thirds of a gated expert.
  private func expertArithmetic(of mixture: MixtureOfExperts) -> ResolvedArithmetic {
    let (up, down) = (arithmetic(of: .expertUp), arithmetic(of: .expertDown))
    return up == down
      ? up : ResolvedArithmetic(up, down, share: mixture.isGated ? 2.0 / 3 : 0.5)
  }

  private func multiply(
    _ name: String, _ part: LayerPart, from input: Int, to output: Int, parts: Int = 1
  ) -> MatrixMultiply {
    MatrixMultiply(
      name: name, outputWidth: Double(output), inputWidth: Double(input),
      arithmetic: arithmetic(of: part), parts: parts)
  }
}
