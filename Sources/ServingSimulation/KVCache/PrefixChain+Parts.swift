internal import Workloads

/// Blocks of one origin within a part of a chain.
struct ChainPart {
  let key: UInt64
  /// Positions of the first block and behind the last one, within the origin.
  let first: Int32
  let end: Int32
}

// The stretches of a part of a chain, by their numbers: a collection of them would hold the chain
// and let go of it in every operation of a cache.
extension PrefixChain {
  @inline(__always)
  func parts(of range: Range<Int>) -> Range<Int> {
    let start = stretch(of: range.lowerBound)
    return start..<(range.isEmpty ? start : stretch(of: range.upperBound - 1) + 1)
  }

  @inline(__always)
  func part(_ index: Int, of range: Range<Int>) -> ChainPart {
    let stretch = stretches[index]
    let first = Int32(max(0, range.lowerBound - stretch.start))
    let end = Int32(min(Int(stretch.count), range.upperBound - stretch.start))
    return ChainPart(key: stretch.key, first: stretch.first + first, end: stretch.first + end)
  }
}
