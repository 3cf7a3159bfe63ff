internal import Hardware
internal import ModelArchitecture

/// Turns a layer's shapes into the operators of one tensor-parallel rank.
///
/// Matrices into the heads or the inner width are cut by columns, those out of them by rows, so
/// that a layer needs one sum over the ranks for its mixer and one for its feed-forward (Shoeybi et
/// al., "Megatron-LM", 2019). Matrices that feed every head (MLA's down projections, the router)
/// are on every rank. Engines join matrices with a common input; so does this.
struct LayerBuilder {
  private let hidden: Int
  private let ranks: Int
  private let cache: KeyValueFormat
  /// Of the experts.
  private let experts: ResolvedArithmetic
  /// Of every other matrix inside a layer.
  private let dense: ResolvedArithmetic
  /// Of what no engine quantizes: router, gates.
  private let plain: ResolvedArithmetic

  init(_ design: ReplicaDesign) {
    hidden = design.architecture.hiddenSize
    ranks = design.layout.tensor
    cache = design.precision.keyValueCache
    let accelerator = design.hardware.accelerator
    let weights = design.precision.weights
    experts = ResolvedArithmetic(weights, on: accelerator)
    // MXFP4 checkpoints (gpt-oss) quantize the experts and leave attention in bf16.
    dense = ResolvedArithmetic(weights == .mxfp4 ? .bf16 : weights, on: accelerator)
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
        multiply("qkv", from: hidden, to: gated + 2 * keyValues),
        multiply("attention_output", from: queries, to: hidden),
      ]
    case .latentAttention(let attention): return projections(of: attention)
    case .recurrent(let recurrent):
      return recurrent.layer.projections(hiddenSize: hidden).map { projection in
        // What leaves the inner width is cut by rows, what enters it by columns.
        let byRows = projection.name == "output" || projection.inputs != hidden
        return multiply(
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
      list.append(multiply("query_latent_down", from: hidden, to: queryRank + latent))
      list.append(multiply("query_up", from: queryRank, to: queryWidth))
    } else {
      list.append(multiply("query_latent_down", from: hidden, to: queryWidth + latent))
    }
    list.append(
      multiply(
        "key_value_up", from: attention.keyValueRank,
        to: heads * (attention.nopeDimension + attention.valueDimension)))
    list.append(
      multiply("attention_output", from: heads * attention.valueDimension, to: hidden))
    if let indexer = attention.indexer {
      list += indexer.projections(hiddenSize: hidden, queryRank: attention.queryRank).map {
        multiply($0.name, from: $0.inputs, to: $0.outputs)
      }
    }
    return list
  }

  func attentionKernels(of mixer: TokenMixer) -> [AttentionKernel] {
    switch mixer {
    case .attention(let attention):
      return [AttentionKernel(attention, ranks: ranks, cache: cache)]
    case .latentAttention(let attention):
      return [AttentionKernel(attention, ranks: ranks, cache: cache)]
        + (attention.indexer.map { [AttentionKernel($0)] } ?? [])
    case .recurrent, .none: return []
    }
  }

  func recurrentKernel(of mixer: TokenMixer) -> RecurrentKernel? {
    guard case .recurrent(let recurrent) = mixer else { return nil }
    return RecurrentKernel(recurrent, hidden: hidden, ranks: ranks)
  }

  /// Rotary embedding of queries and keys, and the write of keys and values into the cache.
  func rotaryAndCacheWrite(of mixer: TokenMixer) -> Elementwise? {
    let width: Int
    switch mixer {
    case .attention(let attention):
      let keyValueHeads = max(1, attention.keyValueHeads / ranks)
      width = (attention.heads / ranks + 2 * keyValueHeads) * attention.headDimension
    case .latentAttention(let attention):
      width =
        attention.heads / ranks * attention.ropeDimension + attention.keyValueRank
        + attention.ropeDimension
    case .recurrent, .none: return nil
    }
    return Elementwise(name: "rotary_and_cache", width: Double(width), passes: 2)
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

  func operators(of mixture: MixtureOfExperts) -> [LayerGraph.TokenOperator] {
    var list: [LayerGraph.TokenOperator] = [
      .multiply(
        MatrixMultiply(
          name: "router", outputWidth: Double(mixture.routerOutputs), inputWidth: Double(hidden),
          arithmetic: plain)),
      // Softmax, top-k and the sort of tokens by expert.
      .elementwise(
        Elementwise(name: "expert_choice", width: Double(mixture.routerOutputs), passes: 4)),
      .experts(
        ExpertMLP(mixture, hidden: hidden, ranks: ranks, arithmetic: experts)),
      // Weighted sum of the chosen experts' outputs.
      .elementwise(
        Elementwise(
          name: "expert_combine", width: Double(hidden), passes: Double(mixture.topK + 1))),
    ]
    if let shared = mixture.shared { list += operators(of: shared, prefix: "shared_expert") }
    return list
  }

  private func multiply(_ name: String, from input: Int, to output: Int) -> MatrixMultiply {
    MatrixMultiply(
      name: name, outputWidth: Double(output), inputWidth: Double(input), arithmetic: dense)
  }
}
