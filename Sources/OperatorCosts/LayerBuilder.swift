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
  /// Copies of the hidden vector that go from layer to layer.
  private let streams: Int
  /// Of the experts.
  private let experts: ResolvedArithmetic
  /// Of dense feed-forwards and shared experts.
  private let dense: ResolvedArithmetic
  /// Of the matrices around attention or a recurrence.
  private let mixer: ResolvedArithmetic
  /// Of the matrix out of latent attention.
  private let output: ResolvedArithmetic
  /// Of what no engine quantizes: the router.
  private let plain: ResolvedArithmetic

  init(_ design: ReplicaDesign) {
    hidden = design.architecture.hiddenSize
    ranks = design.layout.tensor
    layout = design.layout
    routing = design.routing
    hardware = design.hardware
    fusesExperts = design.fusesExperts
    cache = design.precision.keyValueCache
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
        mixerMultiply(
          "qkv", from: hidden, to: heads * attention.headDimension + gate + keyValues),
        mixerMultiply("attention_output", from: heads * attention.valueDimension, to: hidden),
      ] + multiplies(of: attention.extraProjections, self.mixer)
        + scorer(attention.selection, queryRank: nil)
    case .latentAttention(let attention): return projections(of: attention)
    case .compressedAttention(let attention):
      return multiplies(of: attention.projections(hiddenSize: hidden), self.mixer)
    case .recurrent(let recurrent):
      return multiplies(of: recurrent.layer.projections(hiddenSize: hidden), self.mixer)
    case .none: return []
    }
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
    multiplies(
      of: indexer?.projections(hiddenSize: hidden, queryRank: queryRank) ?? [], self.mixer)
  }

  /// What every token passes beside mixer and feed-forward. No engine quantizes it.
  func framing(_ frame: LayerFrame) -> [MatrixMultiply] { multiplies(of: frame.projections, plain) }

  func surroundings(_ projections: [Projection]) -> [MatrixMultiply] {
    multiplies(of: projections, plain)
  }

  /// Into the width that latent experts work in and out of it, and what else their layer has.
  func outerProjections(of mixture: MixtureOfExperts) -> [MatrixMultiply] {
    multiplies(of: mixture.outerProjections(hiddenSize: hidden), dense)
  }

  private func projections(of attention: LatentAttention) -> [MatrixMultiply] {
    let heads = attention.heads / ranks
    let queryWidth = heads * (attention.nopeDimension + attention.ropeDimension)
    let latent = attention.keyValueRank + attention.ropeDimension
    var list: [MatrixMultiply] = []
    if let queryRank = attention.queryRank {
      list.append(mixerMultiply("query_latent_down", from: hidden, to: queryRank + latent))
      list.append(mixerMultiply("query_up", from: queryRank, to: queryWidth))
    } else {
      list.append(mixerMultiply("query_latent_down", from: hidden, to: queryWidth + latent))
    }
    list.append(
      mixerMultiply(
        "key_value_up", from: attention.keyValueRank,
        to: heads * (attention.nopeDimension + attention.valueDimension)))
    list.append(
      MatrixMultiply(
        name: "attention_output", outputWidth: Double(hidden),
        inputWidth: Double(heads * attention.valueDimension), arithmetic: output))
    return list + multiplies(of: attention.extraProjections, self.mixer)
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

  /// Widths that a recurrent mixer sums over the ranks before its recurrence.
  func innerSums(of mixer: TokenMixer) -> [Int] {
    guard case .recurrent(let recurrent) = mixer else { return [] }
    return recurrent.layer.projections(hiddenSize: hidden)
      .filter { $0.name == Self.stateInputs }.map(\.outputs)
  }

  /// What a mixer does to its projections element by element: norms of queries and keys, rotary
  /// embedding, the write into the cache, output gates.
  func elementwise(of mixer: TokenMixer) -> [Elementwise] {
    switch mixer {
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

  func operators(of dense: DenseFeedForward, prefix: String) -> [LayerGraph.TokenOperator] {
    let inner = dense.inner / ranks
    let up = multiply("\(prefix)_up", from: hidden, to: dense.isGated ? 2 * inner : inner)
    let activation = Elementwise(
      name: "\(prefix)_activation", width: Double(inner), passes: dense.isGated ? 3 : 2)
    let down = multiply("\(prefix)_down", from: inner, to: hidden)
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
      arithmetic: experts, load: ExpertLoad(mixture, layout: layout, routing: routing),
      isFused: fusesExperts)
  }

  func exchange(of mixture: MixtureOfExperts) -> TokenExchange {
    TokenExchange(
      topK: mixture.topK, hidden: mixture.expertWidth(hiddenSize: hidden), arithmetic: experts,
      layout: layout, on: hardware)
  }

  private func mixerMultiply(_ name: String, from input: Int, to output: Int) -> MatrixMultiply {
    MatrixMultiply(
      name: name, outputWidth: Double(output), inputWidth: Double(input), arithmetic: mixer)
  }

  private func multiply(_ name: String, from input: Int, to output: Int) -> MatrixMultiply {
    MatrixMultiply(
      name: name, outputWidth: Double(output), inputWidth: Double(input), arithmetic: dense)
  }
}
