internal import Hardware
internal import ModelArchitecture

extension ReplicaDesign {
  /// How decoding sequences read their context: several tokens at once when some are guessed.
  ///
  /// A sequence grows by a broken number of tokens a step, so contexts are counted in sixteenths.
  var decodeQueries: DecodeQueries {
    guard let speculation else { return DecodeQueries() }
    return DecodeQueries(
      tokens: speculation.verifiedTokens, contextUnitsPerToken: Speculation.unitsPerToken)
  }

  /// The layers that guess, when it is the model's own that do: each like the last of the model.
  var draftGroup: LayerGroup? {
    guard speculation?.drafter == .nextTokenLayers, var last = architecture.groups.last else {
      return nil
    }
    last.count = max(1, architecture.multiTokenPredictionLayers)
    return last
  }

  /// One of those layers as a model of its own, with embedding and head.
  fileprivate var draft: ReplicaDesign? {
    guard let group = draftGroup else { return nil }
    var design = self
    design.architecture.groups = [group]
    design.architecture.groups[0].count = 1
    design.layout.pipeline = 1
    design.speculation = nil
    return design
  }
}

extension Speculation {
  /// Parts that a context token is counted in.
  static let unitsPerToken = 16

  /// Parts by which a context grows in a step.
  var unitsPerStep: Int { Int((tokensPerStep * Double(Self.unitsPerToken)).rounded()) }

  /// Tokens of a step as they are simulated, in whole parts.
  package var simulatedTokensPerStep: Double {
    Double(unitsPerStep) / Double(Self.unitsPerToken)
  }
}

/// The model's own next-token-prediction layer, run once for each guess.
///
///     per step: k · ( projection + layer + head )      for as many tokens as sequences decode
///
/// - k: guesses      - projection: of hidden state and embedding side by side, 2 d to d
/// - layer: one like the model's last, with its own keys and values of the whole context
///
/// The projection is on every tensor rank. Embedding and head are the model's. The layer's own
/// passes over prompts are left out: one layer more than the model has. With pipeline stages it
/// runs on the last.
/// Source: DeepSeek-V3 report, arXiv:2412.19437, section 2.2; vLLM `deepseek_mtp.py`.
/// Check: k = 3, 10 sequences, d = 512: the projections do 3 · 2 · 10 · 1,024 · 512 = 31.5 MFLOP
/// (`SpeculationTests.everyGuessIsOneLayerAndTheHead`).
struct Draft: Sendable {
  let guesses: Int
  let graph: LayerGraph
  private let projection: MatrixMultiply

  init?(_ design: ReplicaDesign) {
    guard let draft = design.draft, let speculation = design.speculation else { return nil }
    guesses = speculation.acceptance.count
    graph = LayerGraph(draft)
    let hidden = Double(design.architecture.hiddenSize)
    projection = MatrixMultiply(
      name: "draft_projection", outputWidth: hidden, inputWidth: 2 * hidden,
      arithmetic: ResolvedArithmetic(.bf16, on: design.hardware.accelerator))
  }

  /// For a number of decoding sequences, beside reading context.
  func costs(sequences: Int) -> [OperatorCost] {
    let list =
      [projection.cost(tokens: Double(sequences), on: graph.roofline)]
      + graph.tokenCosts(tokens: sequences) + graph.headCosts(sampled: sequences)
    return list.map {
      var cost = $0.repeated(guesses)
      if !cost.name.hasPrefix("draft_") { cost.name = "draft_" + cost.name }
      return cost
    }
  }

  /// The operators that all attention ranks do together, for all guesses of a step.
  func jointCosts(sequences: Int) -> [OperatorCost] {
    graph.jointCosts(tokens: sequences).map { $0.repeated(guesses) }
  }

  /// Bytes of the layers that are held, without the tables that they share with the model.
  func weightBytes(layers: Int) -> Double {
    Double(layers) * (projection.weightBytes + graph.weightBytes - graph.plainWeightBytes)
  }
}
