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
  /// Norms around a mixer or feed-forward: before it, and in some models after it too.
  let normsPerPart: Int
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
    normsPerPart = design.architecture.hasPostNorms ? 2 : 1
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
  var norm: Elementwise { Elementwise(name: "norm", width: Double(hidden), passes: 4) }

  var embedding: Elementwise { Elementwise(name: "embedding", width: Double(hidden), passes: 2) }

  func projections(of mixer: TokenMixer) -> [MatrixMultiply] {
    switch mixer {
    case .attention(let attention):
      let queries = attention.heads * attention.headDimension / ranks
      let keyValues = max(1, attention.keyValueHeads / ranks) * attention.headDimension
      let gated = attention.hasOutputGate ? 2 * queries : queries
      return [
        mixerMultiply("qkv", from: hidden, to: gated + 2 * keyValues),
        mixerMultiply("attention_output", from: queries, to: hidden),
      ]
    case .latentAttention(let attention): return projections(of: attention)
    case .recurrent(let recurrent):
      return recurrent.layer.projections(hiddenSize: hidden).map { projection in
        // What leaves the inner width is cut by rows, what enters it by columns.
        let byRows = projection.name == "output" || projection.name == Self.stateInputs
        return mixerMultiply(
          projection.name, from: byRows ? projection.inputs / ranks : projection.inputs,
          to: byRows ? projection.outputs : projection.outputs / ranks)
      }
    case .none: return []
    }
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
    if let indexer = attention.indexer {
      list += indexer.projections(hiddenSize: hidden, queryRank: attention.queryRank).map {
        mixerMultiply($0.name, from: $0.inputs, to: $0.outputs)
      }
    }
    return list
  }

  func attentionKernels(of mixer: TokenMixer) -> [AttentionKernel] {
    switch mixer {
    case .attention(let attention):
      return [
        AttentionKernel(attention, ranks: ranks, cache: cache, contextRanks: layout.context)
      ]
    case .latentAttention(let attention):
      let indexer = attention.indexer.map { AttentionKernel($0, contextRanks: layout.context) }
      return [
        AttentionKernel(attention, ranks: ranks, cache: cache, contextRanks: layout.context)
      ] + (indexer.map { [$0] } ?? [])
    case .recurrent, .none: return []
    }
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
      let queries = Double(attention.heads / ranks * attention.headDimension)
      let keys = Double(max(1, attention.keyValueHeads / ranks) * attention.headDimension)
      var list = [Elementwise(name: "rotary_and_cache", width: queries + 2 * keys, passes: 2)]
      if attention.hasQKNorm {
        list.append(Elementwise(name: "query_key_norm", width: queries + keys, passes: 2))
      }
      if attention.hasOutputGate {
        list.append(Elementwise(name: "output_gate", width: queries, passes: 3))
      }
      return list
    case .latentAttention(let attention):
      let width =
        attention.heads / ranks * attention.ropeDimension + attention.keyValueRank
        + attention.ropeDimension
      return [Elementwise(name: "rotary_and_cache", width: Double(width), passes: 2)]
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
      mixture, hidden: hidden, ranks: layout.ranksPerExpert, arithmetic: experts,
      load: ExpertLoad(mixture, layout: layout, routing: routing),
      isFused: fusesExperts)
  }

  func exchange(of mixture: MixtureOfExperts) -> TokenExchange {
    TokenExchange(
      topK: mixture.topK, hidden: hidden, arithmetic: experts, layout: layout, on: hardware)
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
