/// A decode step at which something happens to one sequence.
struct Milestone: Comparable {
  enum Kind: Equatable {
    case finish
    /// The first token after the thinking.
    case answer
    /// The first block, where tokens are written as blocks.
    case firstBlock
    /// A sliding window is full.
    case windowFull(view: Int8)
    /// A chunk of chunked attention begins anew.
    case chunkRestart(view: Int8)
  }

  var step: Int64
  /// Ties are handled in the order in which they were set.
  var order: Int64
  var slot: Int32
  var generation: Int32
  var kind: Kind

  @inline(__always)
  static func < (left: Milestone, right: Milestone) -> Bool {
    left.step != right.step ? left.step < right.step : left.order < right.order
  }
}
