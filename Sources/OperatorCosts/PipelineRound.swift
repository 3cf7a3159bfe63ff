/// A step of a pipeline: all work of the replica once through all stages, in micro-batches.
///
/// The sequences are spread over as many micro-batches as there are stages, so that every stage has
/// one to work on; a token's successor leaves the last stage before its micro-batch enters the
/// first again. A round takes p turns of the heaviest stage, and the hand-overs on the way:
///
///     t = p · stage(⌈n / p⌉) + (p - 1) · send(⌈n / p⌉)
///
/// - p: stages      - n: tokens, at least one in a micro-batch
/// - stage(u) [s]: the heaviest stage's layers for u tokens, embedding and head included
///
/// With one sequence that is the time of the whole model. Context is read once by its sequence's
/// micro-batch, p / m of a stage's time for it with m micro-batches under way: the whole model's
/// for one sequence, a p-th of it when all stages are busy. Prompt chunks are cut into p.
/// Source: Narayanan et al., "Efficient large-scale language model training on GPU clusters", SC
/// 2021, section 2.2 (its forward pass); vLLM runs p batches at once.
/// Check: 4 stages, 10 tokens: 4 turns of 3 tokens; 2 tokens: 4 turns of 1, half of them idle
/// (`PipelineTests.aRoundWorkedExample`).
struct PipelineRound: Sendable {
  /// Tokens or sequences of one micro-batch.
  let batch: Double
  private let stages: Int
  /// Share of the turns that a stage works in.
  private let busyShare: Double

  init(_ tokens: Int, stages: Int) {
    self.stages = stages
    let each = (tokens + stages - 1) / stages
    batch = Double(each)
    busyShare = each > 0 ? Double((tokens + each - 1) / each) / Double(stages) : 1
  }

  /// In fractions of a sequence, as the affine decode attention needs it.
  init(evenly sequences: Int, stages: Int) {
    self.stages = stages
    let batches = min(stages, max(1, sequences))
    batch = Double(sequences) / Double(batches)
    busyShare = Double(batches) / Double(stages)
  }

  /// A stage's operator over the whole round.
  func cost(of one: OperatorCost, layers: Int) -> OperatorCost {
    var cost = one.repeated(layers * stages)
    if stages > 1 {
      cost.flops *= busyShare
      cost.bytes *= busyShare
      cost.peakSeconds *= busyShare
    }
    return cost
  }
}
