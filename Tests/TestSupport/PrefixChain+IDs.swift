package import Workloads

extension PrefixChain {
  /// A chain of blocks that have nothing to do with each other but their order.
  package init(_ ids: [UInt64]) {
    self.init()
    for id in ids { append(id, 0..<1) }
  }

  /// A number for each block, equal for equal blocks.
  package var ids: [UInt64] {
    stretches.flatMap { stretch in
      // An odd number: no two positions of an origin have the same.
      (0..<stretch.count).map { offset in
        stretch.key &+ UInt64(stretch.first + offset) &* 0x9e37_79b9_7f4a_7c15
      }
    }
  }
}

extension PrefixSource {
  /// Numbers of the blocks of a request.
  package func ids(of request: Request, includingAnswer: Bool = false) -> [UInt64] {
    var chain = PrefixChain()
    find(&chain, of: request, includingAnswer: includingAnswer)
    return chain.ids
  }
}
