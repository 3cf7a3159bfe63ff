internal import Hardware
internal import ModelArchitecture

/// Guesses made token after token by layers that run beside the model's own.
///
///     the model's next-token layers:  k · ( projection + layer + head )             on s tokens
///     a head or model of its own:     pass(n) + head(s)
///                                     + (k - 1) · ( pass(s b) + head(s b) )
///
/// - k: guesses, one after the other      - s: decoding sequences      - b: branches of a tree
/// - n: tokens of the step, prompts and guesses to verify included
/// - projection: of hidden state and embedding side by side, 2 d to d; on every tensor rank
/// - pass: all layers of the draft, with keys and values of the whole context of their own; what
///   brings an EAGLE-3 head the model's vectors is in the first alone
///
/// A draft of its own reads what the model reads, so that its cache is complete: its first pass is
/// over the whole step. Later ones have a token of each sequence and branch, and every branch reads
/// the context for itself. The next-token layers' own passes over prompts are left out, one layer
/// more than the model has. Prompts that end in a step are guessed after in the next one. With
/// pipeline stages all of it is on the last.
/// Source: DeepSeek-V3 report, arXiv:2412.19437, section 2.2; vLLM's
/// `SpecDecodeBaseProposer.propose` (chains); SGLang's `EAGLEWorker.draft_forward` (trees).
/// Check: k = 3, 10 sequences, d = 512: the projections do 3 · 2 · 10 · 1,024 · 512 = 31.5 MFLOP
/// (`SpeculationTests.everyGuessIsOneLayerAndTheHead`); a draft model of one layer, k = 3, 10
/// sequences that verify 4 tokens: its layer computes 40 + 2 · 10 tokens
/// (`DraftModelTests.firstPassReadsTheStep`).
struct Draft: Sendable {
  let guesses: Int
  /// A pass over one token of each sequence or branch.
  let graph: LayerGraph
  /// The pass over all tokens of a step; nil of the model's own layers.
  let first: LayerGraph?
  let branches: Int
  /// Bytes of the weights that are held beside the model's, on each rank.
  let weightBytes: Double
  private let projection: MatrixMultiply?

  init?(_ design: ReplicaDesign) {
    guard let speculation = design.speculation else { return nil }
    guesses = speculation.acceptance.count
    branches = speculation.branches
    switch speculation.drafter {
    case .lookup: return nil
    case .nextTokenLayers:
      guard let layers = design.draftGroups.first else { return nil }
      graph = LayerGraph(design.ownDraft(layers))
      first = nil
      let hidden = Double(design.architecture.hiddenSize)
      let projection = MatrixMultiply(
        name: "draft_projection", outputWidth: hidden, inputWidth: 2 * hidden,
        arithmetic: ResolvedArithmetic(.bf16, on: design.hardware.accelerator))
      self.projection = projection
      weightBytes =
        Double(layers.count)
        * (projection.weightBytes + graph.weightBytes - graph.plainWeightBytes)
    case .model(let model):
      let whole = LayerGraph(design.draft(model))
      var later = model
      if model.architecture.draftHead == .eagle3 {
        later.architecture.surroundings.projections.removeAll { $0.name == DraftHead.features }
      }
      (first, graph) = (whole, LayerGraph(design.draft(later)))
      projection = nil
      // Of the first heads, embedding and head are the model's.
      let isWithoutTables = model.architecture.draftHead == .eagle
      weightBytes = whole.weightBytes - (isWithoutTables ? whole.plainWeightBytes : 0)
    }
  }

  /// Passes over one token of each sequence or branch, in a step.
  var laterPasses: Int { first == nil ? guesses : guesses - 1 }

  /// What depends on the tokens of a step.
  func tokenCosts(tokens: Int) -> [OperatorCost] {
    (first?.tokenCosts(tokens: tokens) ?? []).map(Self.named)
  }

  /// What depends on the decoding sequences, beside reading context.
  func costs(sequences: Int) -> [OperatorCost] {
    let heads = first == nil ? [] : graph.headCosts(sampled: sequences)
    let drawn = sequences * branches
    let pass =
      (projection.map { [$0.cost(tokens: Double(drawn), on: graph.roofline)] } ?? [])
      + graph.tokenCosts(tokens: drawn) + graph.headCosts(sampled: drawn)
    let later = laterPasses > 0 ? pass.map { $0.repeated(laterPasses) } : []
    return (heads + later).map(Self.named)
  }

  /// Attention of all passes of a step, for sequences of equal contexts.
  func decodeCosts(sequences: Int, context: Int, verified: Int) -> [OperatorCost] {
    let reading =
      first?.decodeCosts(
        sequences: sequences, context: context, queries: DecodeQueries(tokens: verified)) ?? []
    guard laterPasses > 0 else { return reading }
    return reading
      + graph.decodeCosts(sequences: sequences * branches, context: context)
      .map { $0.repeated(laterPasses) }
  }

  /// The operators that all attention ranks do together, for all guesses of a step.
  func jointCosts(tokens: Int, sequences: Int) -> [OperatorCost] {
    let reading = first?.jointCosts(tokens: tokens) ?? []
    guard laterPasses > 0 else { return reading }
    return reading
      + graph.jointCosts(tokens: sequences * branches).map { $0.repeated(laterPasses) }
  }

  private static func named(_ cost: OperatorCost) -> OperatorCost {
    guard !cost.name.hasPrefix("draft_") else { return cost }
    var copy = cost
    copy.name = "draft_" + cost.name
    return copy
  }
}

extension ReplicaDesign {
  /// Whether its layers and a draft's see contexts in more ways than are told apart.
  package var hasTooManyViews: Bool { StepOperators(self).views.count > ContextViews.most }

  /// How decoding sequences read their context: several tokens at once when some are guessed.
  ///
  /// A sequence grows by a broken number of tokens a step, so contexts are counted in sixteenths.
  var decodeQueries: DecodeQueries {
    if let diffusion { return DecodeQueries(tokens: diffusion.block) }
    guard let speculation else { return DecodeQueries() }
    return DecodeQueries(
      tokens: speculation.verifiedTokens, contextUnitsPerToken: Speculation.unitsPerToken)
  }

  /// The layers that guess and keep a cache: the model's own, each like its last, or another's.
  var draftGroups: [LayerGroup] {
    switch speculation?.drafter {
    case .lookup, nil: return []
    case .model(let model): return model.architecture.groups
    case .nextTokenLayers:
      guard var last = architecture.groups.last else { return [] }
      last.count = max(1, architecture.multiTokenPredictionLayers)
      return [last]
    }
  }

  /// One of the model's own layers as a model of its own, with embedding and head.
  fileprivate func ownDraft(_ group: LayerGroup) -> ReplicaDesign {
    var design = self
    design.architecture.groups = [group]
    design.architecture.groups[0].count = 1
    design.layout.pipeline = 1
    design.speculation = nil
    return design
  }

  /// A draft on the ranks of the model that it guesses for, cut as that one is.
  fileprivate func draft(_ model: DraftModel) -> ReplicaDesign {
    var design = self
    design.architecture = model.architecture
    design.precision.weights = model.weights
    design.precision.attention = nil
    design.layout.pipeline = 1
    design.speculation = nil
    design.adapters = nil
    design.remoteFeedForward = nil
    design.overlapsBatches = false
    return design
  }
}
