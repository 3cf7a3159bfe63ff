internal import Hardware

/// What every attention rank has in one step: how many sequences decode, over how much context, and
/// which prompt chunk.
package struct StepShape: Equatable, Sendable {
  package var decodingSequences: Int
  /// Context tokens of each decoding sequence, the new one included.
  package var contextPerSequence: Int
  package var promptTokens: Int
  /// Tokens of the prompt computed in earlier steps.
  package var promptContext: Int

  package init(
    decodingSequences: Int, contextPerSequence: Int, promptTokens: Int = 0, promptContext: Int = 0
  ) {
    self.decodingSequences = decodingSequences
    self.contextPerSequence = contextPerSequence
    self.promptTokens = promptTokens
    self.promptContext = promptContext
  }
}

/// The operators of one step on one rank, for people to read: the same list that the simulation
/// prices.
package struct StepBreakdown: Sendable {
  package let operators: [OperatorCost]
  /// Time of the accelerator's part, and of the engine's software that is not hidden behind it.
  package let acceleratorSeconds: Double
  package let exposedHostSeconds: Double

  package init(_ design: ReplicaDesign, shape: StepShape) {
    if design.hardware.kind == .lpu {
      self = StepBreakdown(dataflow: design, shape: shape)
      return
    }
    let graph = LayerGraph(design)
    let sequences = shape.decodingSequences
    let tokens = sequences + shape.promptTokens
    var list = graph.tokenCosts(tokens: tokens)
    list += graph.jointCosts(tokens: tokens * design.layout.attentionData)
    if sequences > 0 {
      list += graph.decodeCosts(sequences: sequences, context: shape.contextPerSequence)
    }
    if shape.promptTokens > 0 {
      list += graph.prefillCosts(new: shape.promptTokens, prior: shape.promptContext)
    }
    let prompts = shape.promptTokens > 0 ? 1 : 0
    list += graph.headCosts(sampled: sequences + prompts)
    operators = Self.merged(list)
    let accelerator = operators.reduce(0) { $0 + $1.seconds }
    let host = Double(design.host.femtoseconds(sequences: sequences + prompts, prompts: prompts))
    acceleratorSeconds = accelerator
    exposedHostSeconds =
      design.host.overlapsAccelerator ? max(0, host * 1e-15 - accelerator) : host * 1e-15
  }

  package var seconds: Double { acceleratorSeconds + exposedHostSeconds }

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
      result[index].speedOfLightSeconds += cost.speedOfLightSeconds
      result[index].imbalanceSeconds += cost.imbalanceSeconds
    }
    return result
  }
}
