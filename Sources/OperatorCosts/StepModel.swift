internal import Hardware
internal import ModelArchitecture

/// The price list of one replica's steps, in the form that the simulation multiplies out.
///
/// A step is one forward pass over `tokens` tokens: one for each decoding sequence, and prompt
/// chunks. Its accelerator time is a sum of parts, each looked up or affine:
///
///     t = T[tokens] + H[sampled] + D · sequences + d0 + p0
///       + sum over views of s_v · C_v + sum over chunks P
///
/// - T, H: tables over the token count and the count of sampled tokens, filled on first use
/// - d0, D: fixed and per-sequence part of decode attention, d0 only when something decodes
/// - s_v: seconds per context token of view v (full, sliding ...), C_v: context tokens read in it
/// - P: attention of one prompt chunk (`prefill(new:prior:)`), p0: its kernels' floors, once a step
///
/// All are whole femtoseconds, each rounded up from the operators of `LayerGraph`, so that n
/// undisturbed decode steps add up to exactly what n single steps do (`FastForwardTests`).
package struct StepModel: Sendable {
  /// The ways in which layers see a sequence's context; the first one is always `.full`.
  package let visibilities: [ContextVisibility]
  package let decodeFixed: PartCost
  /// The cost that a step with prompt chunks has once, however many there are.
  package let prefillFixed: PartCost
  package let decodePerSequence: PartCost
  /// The cost of one more context token (unit, with speculation) in a decode step, one per
  /// visibility.
  package let decodePerContextToken: [PartCost]
  /// The first of them, and how many there are.
  let decodePerFullToken: PartCost
  let viewCount: Int
  package let host: HostCosts
  let gap: GapFemtoseconds
  /// What a step with prompts takes at least (`HostCosts.launch`) [fs].
  package var launch: Int64 { gap.launch }
  /// By number of decoding sequences, up to the largest captured batch: `HostCosts.padded`.
  private let paddedTable: [Int32]
  /// Contexts are counted in parts of a token, since speculation emits a broken number of them a
  /// step: how many parts a token has, and how many a sequence's context grows by in a step.
  package let contextUnitsPerToken: Int
  package let contextUnitsPerStep: Int
  /// Tokens that a decoding sequence has in a step: one, and those guessed ahead; or its block.
  package let verifiedTokens: Int
  /// Whether a step writes a block of tokens, and its passes are those of the block.
  package let writesBlocks: Bool
  let passes: Double
  /// Groups of ranks with sequences of their own; with several, `ownPrice` and `joinedPrice`.
  package let attentionRanks: Int

  /// The pipeline of a dataflow machine, which has no graph; nil of every other.
  let pipeline: DataflowPipeline?
  let operators: StepOperators?
  private let prefillKernels: PrefillKernels?
  /// Whether decoding is one rate a sequence and one a context token, whatever their number.
  let decodesPlainly: Bool
  /// By micro-batches under way; empty without pipeline stages.
  let pipelineRates: [DecodeRates]
  let hasSequenceCosts: Bool
  /// Whether a step may be cut into two batches, and the layers whose tokens travel.
  let overlapsBatches: Bool
  let exchangeLayers: Int64
  /// The costs of a step and of each token in it, when there is no graph.
  private let constants: (step: PartCost, token: PartCost)
  private var tokenTable: [PartCost] = []
  private var headTable: [PartCost] = []
  private var sequenceTable: [PartCost] = []
  var joint: JointTable

  package init(_ design: ReplicaDesign) {
    if design.hardware.kind == .lpu {
      self = StepModel(DataflowPipeline(design), host: design.host)
      return
    }
    let operators = StepOperators(design)
    let (graph, draft) = (operators.graph, operators.draft)
    self.operators = operators
    pipeline = nil
    let prefill = graph.prefillKernels.joined(with: draft?.first?.prefillKernels)
    prefillKernels = prefill
    prefillFixed = prefill.fixed
    host = design.host
    gap = design.gap
    paddedTable = Self.paddedTable(design.host)
    attentionRanks = design.layout.attentionData
    joint = JointTable()
    hasSequenceCosts = draft != nil || design.layout.context > 1
    exchangeLayers = Int64(graph.exchangeLayers)
    overlapsBatches = design.overlapsBatches && graph.exchangeLayers > 0
    let views = operators.views
    precondition(views.count <= ContextViews.most, "too many views of a context")
    visibilities = views
    let stages = design.layout.pipeline
    let rates = (1...stages).map { DecodeRates(graph, draft, views: views, batches: $0) }
    pipelineRates = stages > 1 ? rates : []
    let passes = design.diffusion?.passes ?? 1
    writesBlocks = design.diffusion != nil
    self.passes = passes
    decodesPlainly = stages == 1 && !hasSequenceCosts && design.diffusion == nil
    decodeFixed = rates[stages - 1].fixed.repeated(passes)
    decodePerSequence = rates[stages - 1].perSequence.repeated(passes)
    decodePerContextToken = rates[stages - 1].perContextToken.map { $0.repeated(passes) }
    decodePerFullToken = decodePerContextToken[0]
    viewCount = views.count
    constants = (PartCost(), PartCost())
    contextUnitsPerToken = graph.queries.contextUnitsPerToken
    contextUnitsPerStep = design.diffusion?.block ?? design.speculation?.unitsPerStep ?? 1
    verifiedTokens = graph.queries.tokens
  }

  /// A replica whose steps cost the same whatever the model: for queueing laws and tests.
  ///
  /// - Parameters:
  ///   - secondsPerStep: of every step.   - secondsPerToken: for each token in it.
  ///   - secondsPerContextToken: for each context token that decoding sequences read.
  ///   - secondsPerJointToken: for each token of all attention ranks together.
  ///   - block: tokens of a block, where a step writes one of each sequence.
  package init(
    secondsPerStep: Double, secondsPerToken: Double = 0, secondsPerContextToken: Double = 0,
    visibilities: [ContextVisibility] = [.full], host: HostCosts = .none,
    attentionRanks: Int = 1, secondsPerJointToken: Double = 0, block: Int? = nil
  ) {
    operators = nil
    decodesPlainly = block == nil
    writesBlocks = block != nil
    passes = 1
    self.attentionRanks = attentionRanks
    joint = JointTable(perToken: .constant(secondsPerJointToken, flops: 1))
    pipelineRates = []
    pipeline = nil
    hasSequenceCosts = false
    overlapsBatches = false
    exchangeLayers = 0
    prefillKernels = nil
    prefillFixed = PartCost()
    self.visibilities = visibilities
    self.host = host
    var gap = host.gaps.femtoseconds(layers: 1)
    gap.launch = host.launch(layers: 1)
    self.gap = gap
    paddedTable = Self.paddedTable(host)
    decodeFixed = PartCost()
    decodePerSequence = PartCost()
    decodePerContextToken = visibilities.map { _ in
      .constant(secondsPerContextToken, flops: 1)
    }
    decodePerFullToken = decodePerContextToken[0]
    viewCount = visibilities.count
    constants = (.constant(secondsPerStep, flops: 1), .constant(secondsPerToken, flops: 1))
    (contextUnitsPerToken, contextUnitsPerStep, verifiedTokens) = (1, block ?? 1, block ?? 1)
  }

  /// The steps of a dataflow machine (`DataflowPipeline`).
  private init(_ pipeline: DataflowPipeline, host: HostCosts) {
    self.pipeline = pipeline
    (operators, prefillKernels, pipelineRates, decodesPlainly) = (nil, nil, [], false)
    (attentionRanks, joint) = (1, JointTable())
    (hasSequenceCosts, overlapsBatches, exchangeLayers) = (false, false, 0)
    (writesBlocks, passes) = (false, 1)
    (decodeFixed, prefillFixed) = (PartCost(), PartCost())
    self.host = host
    gap = .none
    paddedTable = Self.paddedTable(host)
    visibilities = pipeline.visibilities
    viewCount = pipeline.visibilities.count
    decodePerSequence = PartCost([pipeline.sequence])
    decodePerContextToken = pipeline.contextTokens.map { PartCost([$0]) }
    decodePerFullToken = decodePerContextToken[0]
    constants = (PartCost(), PartCost())
    (contextUnitsPerToken, contextUnitsPerStep, verifiedTokens) = (1, 1, 1)
  }

  /// Sequences that a step without prompts computes for a number of real ones.
  @inline(__always)
  package mutating func padded(_ sequences: Int) -> Int {
    sequences < paddedTable.count ? Int(paddedTable[sequences]) : sequences
  }

  private static func paddedTable(_ host: HostCosts) -> [Int32] {
    guard let largest = host.capturedBatches.last else { return [] }
    return (0...largest).map { $0 > 0 ? Int32(host.padded($0)) : 0 }
  }

  /// Everything that depends on the number of tokens alone.
  @inline(__always)
  package mutating func tokens(_ count: Int) -> PartCost {
    if count < tokenTable.count, tokenTable[count].femtoseconds > 0 { return tokenTable[count] }
    return fillTokens(count)
  }

  /// Head and sampler.
  @inline(__always)
  package mutating func head(sampled count: Int) -> PartCost {
    if count < headTable.count, headTable[count].femtoseconds > 0 { return headTable[count] }
    return fillHead(count)
  }

  /// Fills the tables, so that copies of this model share them instead of filling each its own.
  package mutating func fillTables(tokens: Int, sampled: Int) {
    for count in stride(from: tokens, through: 1, by: -1) { _ = self.tokens(count) }
    for count in stride(from: sampled, through: 1, by: -1) { _ = head(sampled: count) }
  }

  /// Their times alone.
  @inline(__always)
  mutating func tokenFemtoseconds(_ count: Int) -> Int64 {
    if count < tokenTable.count, tokenTable[count].femtoseconds > 0 {
      return tokenTable[count].femtoseconds
    }
    return fillTokens(count).femtoseconds
  }

  @inline(__always)
  mutating func headFemtoseconds(_ count: Int) -> Int64 {
    if count < headTable.count, headTable[count].femtoseconds > 0 {
      return headTable[count].femtoseconds
    }
    return fillHead(count).femtoseconds
  }

  /// What decoding sequences add beside attention: guesses, and sharing contexts between ranks.
  @inline(__always)
  mutating func sequenceCost(_ count: Int) -> PartCost {
    if count < sequenceTable.count, sequenceTable[count].femtoseconds > 0 {
      return sequenceTable[count]
    }
    return fillSequences(count)
  }

  /// The attention of one prompt chunk of `new` tokens after `prior` earlier ones.
  package mutating func prefill(new: Int, prior: Int) -> PartCost {
    if let pipeline { return PartCost([pipeline.prefill(new: new, prior: prior)]) }
    return prefillKernels?.part(new: new, prior: prior) ?? PartCost()
  }

  @inline(never)
  private mutating func fillTokens(_ count: Int) -> PartCost {
    guard count > 0 else { return PartCost() }
    guard let operators else {
      var sum = constants.step
      sum += constants.token.scaled(by: count)
      return sum
    }
    let cost = operators.tokenPrices.price(count) {
      PartCost(operators.tokenCosts(tokens: count))
    }
    Self.store(cost, at: count, in: &tokenTable)
    return cost
  }

  @inline(never)
  private mutating func fillHead(_ count: Int) -> PartCost {
    guard count > 0, let operators else { return PartCost() }
    let cost = operators.headPrices.price(count) {
      PartCost(operators.graph.headCosts(sampled: count))
    }
    Self.store(cost, at: count, in: &headTable)
    return cost
  }

  @inline(never)
  private mutating func fillSequences(_ count: Int) -> PartCost {
    guard count > 0, let operators else { return PartCost() }
    let cost = operators.sequencePrices.price(count) {
      PartCost(
        operators.graph.contextCosts(sequences: count)
          + (operators.draft?.costs(sequences: count) ?? []))
    }
    Self.store(cost, at: count, in: &sequenceTable)
    return cost
  }

  static func store(_ cost: PartCost, at index: Int, in table: inout [PartCost]) {
    while table.count <= index { table.append(PartCost()) }
    table[index] = cost
  }
}

/// A replica's operators, apart because they are large and `StepModel` is looked at in every step.
final class StepOperators: Sendable {
  let graph: LayerGraph
  /// Layers that guess tokens ahead.
  let draft: Draft?
  /// What copies of the model have looked up.
  let tokenPrices = SharedPrices()
  let headPrices = SharedPrices()
  let sequencePrices = SharedPrices()

  init(_ design: ReplicaDesign) {
    graph = LayerGraph(design)
    draft = Draft(design)
  }

  /// The ways in which layers and those of a draft see a context; the first is the whole.
  var views: [ContextVisibility] {
    var views: [ContextVisibility] = [.full]
    for item in graph.attention + (draft?.graph.attention ?? [])
    where !views.contains(item.element.visibility) {
      views.append(item.element.visibility)
    }
    return views
  }

  /// The operators that depend on the token count alone, a draft's among them.
  func tokenCosts(tokens: Int) -> [OperatorCost] {
    graph.tokenCosts(tokens: tokens) + (draft?.tokenCosts(tokens: tokens) ?? [])
  }

  /// What the attention ranks do together, for a step of `tokens` over all of them.
  func jointCosts(tokens: Int) -> [OperatorCost] {
    guard let draft else { return graph.jointCosts(tokens: tokens) }
    // As many sequences guess as there are if all tokens are of decoding ones.
    let sequences = max(1, tokens / graph.queries.tokens)
    return graph.jointCosts(tokens: tokens)
      + draft.jointCosts(tokens: tokens, sequences: sequences)
  }
}

extension PartCost {
  fileprivate static func constant(_ seconds: Double, flops: Double) -> PartCost {
    var cost = PartCost()
    cost.femtoseconds = femtoseconds(seconds)
    (cost.compute, cost.peakSeconds) = (cost.seconds, cost.seconds)
    cost.flops = flops
    return cost
  }
}
