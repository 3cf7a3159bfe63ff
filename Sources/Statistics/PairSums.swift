extension [Double] {
  /// Of batches twice as long: each two neighbours together. The last of an odd number is left out.
  package var pairSums: [Double] {
    stride(from: 0, to: count - 1, by: 2).map { self[$0] + self[$0 + 1] }
  }
}
