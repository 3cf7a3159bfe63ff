internal import Workloads

/// The stretches of a part of a chain.
struct Parts: BidirectionalCollection {
  struct Part {
    let key: UInt64
    /// Positions of the first block and behind the last one, within the origin.
    let first: Int32
    let end: Int32
  }

  private let chain: PrefixChain
  private let range: Range<Int>
  let startIndex: Int
  let endIndex: Int

  init(of chain: PrefixChain, _ range: Range<Int>) {
    self.chain = chain
    self.range = range
    startIndex = chain.stretch(of: range.lowerBound)
    endIndex = range.isEmpty ? startIndex : chain.stretch(of: range.upperBound - 1) + 1
  }

  func index(after index: Int) -> Int { index + 1 }
  func index(before index: Int) -> Int { index - 1 }

  subscript(_ index: Int) -> Part {
    let stretch = chain.stretches[index]
    let first = Int32(Swift.max(0, range.lowerBound - stretch.start))
    let end = Int32(Swift.min(Int(stretch.count), range.upperBound - stretch.start))
    return Part(key: stretch.key, first: stretch.first + first, end: stretch.first + end)
  }
}
