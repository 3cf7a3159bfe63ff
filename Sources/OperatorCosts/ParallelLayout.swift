/// How a replica's ranks share the model and its requests.
///
/// A replica has `pipeline` stages of `tensor · attentionData` ranks. Inside a stage `tensor` ranks
/// together hold one copy of the attention and one share of the requests; `attentionData` such
/// groups batch separately and step together. The experts of a layer are spread over all ranks of
/// the stage: whole experts over `expert` of them, each expert cut over the rest.
package struct ParallelLayout: Equatable, Hashable, Sendable {
  /// Ranks that each hold a slice of every layer and add up their results.
  package var tensor: Int
  /// Groups of ranks with requests and a cache of their own that step together.
  package var attentionData: Int
  /// Stages that each hold a part of the layers; as many micro-batches are in flight.
  package var pipeline: Int
  /// Ranks over which whole experts are spread; 1 cuts every expert over all ranks of the stage.
  package var expert: Int
  /// Tensor ranks over which the cached tokens of a sequence are spread, where they would hold
  /// copies of the same keys and values; divides `tensor`.
  package var context: Int
  /// Copies of experts beyond one each, given to the most used ones.
  package var redundantExperts: Int

  package init(
    tensor: Int = 1, attentionData: Int = 1, pipeline: Int = 1, expert: Int = 1, context: Int = 1,
    redundantExperts: Int = 0
  ) {
    self.tensor = tensor
    self.attentionData = attentionData
    self.pipeline = pipeline
    self.expert = expert
    self.context = context
    self.redundantExperts = redundantExperts
  }

  /// Ranks of one pipeline stage.
  package var ranksPerStage: Int { tensor * attentionData }

  /// Accelerators of one replica.
  package var accelerators: Int { ranksPerStage * pipeline }

  /// Ranks over which one expert is cut.
  package var ranksPerExpert: Int { ranksPerStage / expert }

  /// Layers of a group that the heaviest stage holds.
  ///
  /// Every group is spread evenly over the stages and rounded up by itself, so the heaviest stage
  /// may be a layer heavier than one that an engine would cut by the whole model's layers.
  func layersPerStage(_ count: Int) -> Int { (count + pipeline - 1) / pipeline }

  /// Whether tokens travel to the ranks of their experts and back.
  var exchangesTokens: Bool { attentionData > 1 && expert > 1 }
}
