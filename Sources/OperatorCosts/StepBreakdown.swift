internal import Hardware

/// What every attention rank has in one step: how many sequences decode, over how much context, and
/// which prompt chunks.
package struct StepShape: Equatable, Sendable {
  package var decodingSequences: Int
  /// Context tokens of each decoding sequence, the new one included.
  package var contextPerSequence: Int
  /// Tokens of each prompt that the step computes.
  package var promptTokens: Int
  /// Tokens of each prompt computed in earlier steps.
  package var promptContext: Int
  /// How many equal prompts, where there are prompt tokens.
  package var prompts: Int
  /// Whether a token is drawn at the end of each prompt: not where it is read for a vector.
  package var answersPrompts = true

  package init(
    decodingSequences: Int, contextPerSequence: Int, promptTokens: Int = 0, promptContext: Int = 0,
    prompts: Int = 1
  ) {
    self.prompts = promptTokens > 0 ? prompts : 0
    self.decodingSequences = decodingSequences
    self.contextPerSequence = contextPerSequence
    self.promptTokens = promptTokens
    self.promptContext = promptContext
  }
}

/// The operators of one step on one rank, for people to read: the same list that the simulation
/// prices.
///
/// All attention ranks have the same shape here. Where ranks differ, times are of the most loaded
/// one. With pipeline stages it is a round of all micro-batches through the heaviest stage.
package struct StepBreakdown: Sendable {
  package let operators: [OperatorCost]
  /// What of the operators' time goes on behind others: of two batches, one computes while the
  /// tokens of the other travel.
  package let overlappedSeconds: Double
  /// Time of the accelerator's part, and of the engine's software that is not hidden behind it.
  package let acceleratorSeconds: Double
  package let exposedHostSeconds: Double

  package init(_ design: ReplicaDesign, shape: StepShape) {
    self =
      design.hardware.kind == .lpu
      ? StepBreakdown(dataflow: design, shape: shape)
      : StepBreakdown(design, StepOperators(design), shape)
  }

  /// Several steps of one replica, whose operators are listed once.
  package static func list(_ design: ReplicaDesign, _ shapes: [StepShape]) -> [StepBreakdown] {
    if design.hardware.kind == .lpu {
      return shapes.map { StepBreakdown(dataflow: design, shape: $0) }
    }
    let all = StepOperators(design)
    return shapes.map { StepBreakdown(design, all, $0) }
  }

  private init(_ design: ReplicaDesign, _ all: StepOperators, _ shape: StepShape) {
    let parts = StepParts(design, all, shape)
    let list = Self.merged(parts.operators)
    operators = list
    let sum = list.seconds
    overlappedSeconds = parts.overlappedSeconds
    acceleratorSeconds = sum - overlappedSeconds
    let sequences = shape.decodingSequences + shape.prompts
    let host = Double(
      design.host.femtoseconds(sequences: sequences, prompts: shape.prompts))
    let gap = design.gap
    let tokens = shape.decodingSequences + shape.promptTokens * shape.prompts
    let launch =
      design.host.launches(tokens: tokens, prompts: shape.prompts)
      ? Double(gap.launch) * 1e-15 : 0
    let pace = max(acceleratorSeconds, launch)
    let hostSeconds =
      design.host.overlapsAccelerator ? max(0, host * 1e-15 - pace) : host * 1e-15
    exposedHostSeconds =
      pace - acceleratorSeconds + hostSeconds + Double(gap.of(sequences: sequences)) * 1e-15
  }

  package var seconds: Double { acceleratorSeconds + exposedHostSeconds }

  /// The step at the machine's peaks: operators one after the other, but for transfers that go on
  /// beside computing, where the longer of the two counts.
  package var speedOfLightSeconds: Double {
    let all = operators.reduce(0) { $0 + $1.speedOfLightSeconds }
    guard overlappedSeconds > 0 else { return all }
    let transfers = operators.filter(\.isExchange).reduce(0) { $0 + $1.speedOfLightSeconds }
    return max(transfers, all - transfers)
  }

  /// Operators of one name in several layer groups as one line, in order of first appearance.
  static func merged(_ list: [OperatorCost]) -> [OperatorCost] {
    var result: [OperatorCost] = []
    for cost in list {
      guard let index = result.firstIndex(where: { $0.name == cost.name }) else {
        result.append(cost)
        continue
      }
      // The larger part decides what the line is bound by.
      if cost.seconds > result[index].seconds { result[index].bottleneck = cost.bottleneck }
      result[index].layers += cost.layers
      result[index].flops += cost.flops
      result[index].bytes += cost.bytes
      result[index].seconds += cost.seconds
      result[index].peakSeconds += cost.peakSeconds
      result[index].speedOfLightSeconds += cost.speedOfLightSeconds
      result[index].imbalanceSeconds += cost.imbalanceSeconds
      result[index].heldSeconds += cost.heldSeconds
    }
    return result
  }
}

/// The operators of a step, as one batch or as two.
private struct StepParts {
  private(set) var operators: [OperatorCost] = []
  private(set) var overlappedSeconds = 0.0

  init(_ design: ReplicaDesign, _ all: StepOperators, _ shape: StepShape) {
    let (graph, draft) = (all.graph, all.draft)
    let sequences = shape.decodingSequences
    let computed = shape.promptTokens > 0 ? sequences : design.host.padded(sequences)
    let tokens = computed * graph.queries.tokens + shape.promptTokens * shape.prompts
    let ranks = design.layout.attentionData
    var context: [OperatorCost] = []
    var floors: [OperatorCost] = []
    // Time that reading the contexts takes.
    var read = 0.0
    if sequences > 0 {
      context += graph.decodeCosts(sequences: sequences, context: shape.contextPerSequence)
      read = context.seconds - graph.decodeCosts(sequences: sequences, context: 0).seconds
      floors += graph.decodeCosts(sequences: 0, context: 0)
      if let draft {
        func attention(_ sequences: Int, _ context: Int) -> [OperatorCost] {
          draft.decodeCosts(
            sequences: sequences, context: context, verified: graph.queries.tokens)
        }
        let reading = attention(sequences, shape.contextPerSequence)
        context += reading
        read += reading.seconds - attention(sequences, 0).seconds
        floors += attention(0, 0)
        context += draft.costs(sequences: sequences)
      }
      context += graph.contextCosts(sequences: sequences)
    }
    for graph in [graph, draft?.first].compactMap({ $0 }) where shape.promptTokens > 0 {
      // One kernel takes all prompts, so that its floor is there once.
      let each = graph.prefillCosts(new: shape.promptTokens, prior: shape.promptContext)
      let promptFloors = graph.prefillFloors
      floors += promptFloors
      for (index, cost) in each.enumerated() {
        let floor = index < promptFloors.count ? promptFloors[index].seconds : 0
        context.append(cost.times(shape.prompts, floorSeconds: floor))
      }
    }
    let sampled = sequences * graph.queries.tokens + (shape.answersPrompts ? shape.prompts : 0)
    let head = sampled > 0 ? graph.headCosts(sampled: sampled) : []
    operators =
      all.tokenCosts(tokens: tokens) + all.jointCosts(tokens: tokens * ranks) + context + head
    guard design.overlapsBatches, graph.exchangeLayers > 0, tokens > 1 else { return }

    let half = all.tokenCosts(tokens: (tokens + 1) / 2)
    let halves = (half + all.jointCosts(tokens: (tokens * ranks + 1) / 2)).map { $0.repeated(2) }
    let exchange = halves.filter(\.isExchange).seconds
    let held = halves.reduce(0) { $0 + $1.heldSeconds }
    let last = exchange / 2 / Double(graph.exchangeLayers)
    let list = halves + context + floors + head
    let sum = list.seconds
    let total = max(sum - exchange + held, exchange) + last
    // Chosen as the simulation does: without the context that is read, so that a run of steps and
    // single ones are cut alike.
    let unread = max(sum - read - exchange + held, exchange) + last
    guard unread < operators.reduce(-read, { $0 + $1.seconds }) else { return }
    operators = list
    overlappedSeconds = sum - total
  }
}

extension OperatorCost {
  /// This kernel over a number of equal prompts, its floor once.
  fileprivate func times(_ prompts: Int, floorSeconds: Double) -> OperatorCost {
    var copy = self
    let more = Double(prompts - 1)
    copy.flops += more * flops
    copy.bytes += more * bytes
    copy.peakSeconds += more * peakSeconds
    copy.seconds += more * (seconds - floorSeconds)
    copy.speedOfLightSeconds += more * speedOfLightSeconds
    return copy
  }
}
