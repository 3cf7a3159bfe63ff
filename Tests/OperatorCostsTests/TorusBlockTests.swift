import Hardware
import Testing

@testable import OperatorCosts

/// Groups of ranks in a torus, by hand.
struct TorusBlockTests {
  @Test func workedExample() throws {
    let link = try HardwareCatalogue.load(nameOrPath: "tpu-v6e").scaleUp
    let block = try #require(TorusBlock(ranks: 8, in: link))
    #expect(block.lengths == [4, 2])
    #expect(block.hops == 4)
    // 400 GB/s over four links: a corner has two of them.
    #expect(block.linkFraction * 400 == 200)
    #expect(block.crossingFraction * 400 == 100)
    #expect(TorusBlock.pairFraction(in: link) * 400 == 100)
  }

  @Test func threeAxesAreFilledInTurn() throws {
    let link = try HardwareCatalogue.load(nameOrPath: "tpu-v7").scaleUp
    #expect(TorusBlock(ranks: 2, in: link)?.lengths == [2, 1, 1])
    #expect(TorusBlock(ranks: 8, in: link)?.lengths == [2, 2, 2])
    #expect(TorusBlock(ranks: 32, in: link)?.lengths == [4, 4, 2])
    #expect(TorusBlock(ranks: 6, in: link)?.lengths == [3, 2, 1])
    #expect(TorusBlock(ranks: 1, in: link) == nil)
  }

  /// p = 8, 103 MB over 200 GB/s, four hops of 1 us: 4 + 450.6 us; reduced and gathered twice that.
  @Test func collectivesTakeTheLinksOfTheBlock() throws {
    let link = try HardwareCatalogue.load(nameOrPath: "tpu-v6e").scaleUp
    let gather = AllGather(ranks: 8, over: link).seconds(bytes: 103e6)
    #expect(abs(gather - 454.6e-6) < 0.1e-6)
    let reduce = AllReduce(ranks: 8, over: link).seconds(bytes: 103e6)
    #expect(abs(reduce - 2 * gather) < 1e-9)
  }

  @Test func aLinkThatIsNoTorusIsWhole() throws {
    let link = try HardwareCatalogue.load(nameOrPath: "h200-sxm").scaleUp
    #expect(TorusBlock(ranks: 8, in: link) == nil)
    #expect(TorusBlock.pairFraction(in: link) == 1)
  }
}
