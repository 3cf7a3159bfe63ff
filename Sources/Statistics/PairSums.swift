extension [Double] {
  /// Sums of each two neighbours: batches twice as long. The last of an odd number is left out.
  package var pairSums: [Double] {
    stride(from: 0, to: count - 1, by: 2).map { self[$0] + self[$0 + 1] }
  }
}
