/// What one attention rank brings into a step.
package struct RankLoad: Sendable {
  /// Prompt and decode tokens.
  package var tokens = 0
  /// Tokens whose successor is drawn.
  package var sampled = 0
  /// Sequences that decode, and the context they read.
  package var sequences = 0
  package var views = ContextViews()
  /// Sum of the prompt chunks' attention, and their number.
  package var prompts = PartCost()
  package var promptCount = 0

  package init() {}
}

extension StepModel {
  /// A step of a replica with one attention rank, host included.
  @inline(__always)
  package mutating func price(_ load: RankLoad) -> StepPrice {
    price(
      tokens: load.tokens, sampled: load.sampled, sequences: load.sequences, views: load.views,
      prompts: load.prompts, promptCount: load.promptCount)
  }
}
