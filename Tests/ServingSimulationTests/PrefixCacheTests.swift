import TestSupport
import Testing
import Workloads

@testable import ServingSimulation

struct PrefixCacheTests {
  private let chain = PrefixChain([11, 12, 13, 14, 15])

  /// A cache in which one request has computed a chain and gone.
  private func cache(_ chain: PrefixChain, hostBlocks: Int = 0) -> PrefixCache {
    var cache = PrefixCache(hostBlocks: hostBlocks)
    run(chain, &cache)
    return cache
  }

  /// A request that reuses what it can, computes the rest, and ends.
  private func run(_ chain: PrefixChain, _ cache: inout PrefixCache) {
    let match = cache.match(chain)
    _ = cache.acquire(chain, match.blocks)
    _ = cache.insert(chain, match.blocks..<chain.count)
    cache.release(chain, chain.count)
  }

  @Test func aFinishedRequestLeavesItsBlocks() {
    var cache = cache(chain)
    #expect(
      cache.match(PrefixChain([11, 12, 99, 14])) == PrefixCache.Match(device: 2, host: 0, idle: 2))
    #expect(cache.match(PrefixChain([12])).blocks == 1, "a block stands for all before it")
    #expect(cache.match(PrefixChain()).blocks == 0 && cache.match(PrefixChain([99])).blocks == 0)
    #expect(cache.idleBlocks == 5 && cache.heldBlocks == 0 && cache.deviceBlocks == 5)
    #expect(cache.acquire(chain, 3) == PrefixCache.Acquisition(woken: 3, loaded: 0))
    #expect(cache.acquire(chain, 4) == PrefixCache.Acquisition(woken: 1, loaded: 0))
    #expect(cache.idleBlocks == 1 && cache.heldBlocks == 4)
  }

  @Test func heldBlocksAreNotEvicted() {
    var cache = cache(chain)
    _ = cache.acquire(chain, 2)
    #expect(cache.evict(9) == 3 && cache.deviceBlocks == 2)
    #expect(cache.evict(1) == 0)
    cache.release(chain, 2)
    #expect(cache.evict(1) == 1 && cache.match(chain).device == 1)
  }

  @Test func aChainIsEvictedFromItsEnd() {
    var cache = cache(chain)
    for left in stride(from: 4, through: 0, by: -1) {
      #expect(cache.evict(1) == 1)
      #expect(cache.match(chain).device == left)
    }
  }

  @Test func theLeastRecentlyUsedChainGoesFirst() {
    let (one, other) = (PrefixChain([1, 2]), PrefixChain([3, 4]))
    var cache = cache(one)
    run(other, &cache)
    run(one, &cache)
    #expect(cache.evict(2) == 2)
    #expect(cache.match(one).device == 2 && cache.match(other).device == 0)
  }

  @Test func whatTwoComputeAtOnceIsKeptOnce() {
    var cache = PrefixCache()
    _ = cache.acquire(chain, 0)
    _ = cache.acquire(chain, 0)
    #expect(cache.insert(chain, 0..<3) == 0)
    #expect(cache.insert(chain, 0..<5) == 3)
    #expect(cache.deviceBlocks == 5)
    cache.release(chain, 3)
    // The second one's blocks are held with those before them, though it has copies of these.
    #expect(cache.idleBlocks == 0 && cache.evict(5) == 0)
    cache.release(chain, 5)
    #expect(cache.idleBlocks == 5)
    #expect(cache.counters.duplicates == 3 && cache.counters.inserted == 5)
  }

  @Test func theHostTakesWhatLeavesTheDevice() {
    var cache = cache(chain, hostBlocks: 2)
    #expect(cache.evict(2) == 2)
    #expect(cache.match(chain) == PrefixCache.Match(device: 3, host: 2, idle: 3))
    // No room: the end of the chain is dropped.
    #expect(cache.evict(1) == 1)
    #expect(cache.match(chain) == PrefixCache.Match(device: 2, host: 2, idle: 2))
    #expect(cache.acquire(chain, 3) == PrefixCache.Acquisition(woken: 2, loaded: 1))
    #expect(cache.hostBlocks == 1 && cache.deviceBlocks == 3)
    // Computed again: the copy on the host gives way.
    #expect(cache.insert(chain, 3..<5) == 0)
    #expect(cache.hostBlocks == 0 && cache.heldBlocks == 5)
    let counters = cache.counters
    #expect(counters.evicted == 3 && counters.stored == 3 && counters.dropped == 1)
    #expect(counters.lookups == 2 && counters.sought == 10)
    #expect(counters.deviceHits == 2 && counters.hostHits == 1)
  }

  @Test func whatGoesOnDifferentlySharesAStretchUntilThen() {
    var long = PrefixChain()
    long.append(7, 0..<100)
    long.append(8, 0..<50)
    var other = PrefixChain()
    other.append(7, 0..<60)
    other.append(9, 0..<10)
    var cache = cache(long)
    #expect(cache.match(other) == PrefixCache.Match(device: 60, host: 0, idle: 60))
    run(other, &cache)
    #expect(cache.idleBlocks == 160)
    // The oldest are what the first chain alone has, from its end on.
    #expect(cache.evict(80) == 80)
    #expect(cache.match(long).device == 70 && cache.match(other).device == 70)
    #expect(cache.evict(11) == 11)
    #expect(cache.match(long).device == 60 && cache.match(other).device == 69)
  }

  @Test func everyBlockInOneRunOfTheTableIsFound() {
    // Keys that all hash to the start of the table: multiples of the inverse of its multiplier.
    let inverse: UInt64 = 0xf1de_83e1_9937_733d
    #expect(inverse &* 0x9e37_79b9_7f4a_7c15 == 1)
    let chain = PrefixChain((1...1000).map { inverse &* UInt64($0) })
    var cache = cache(chain)
    #expect(cache.match(chain).device == 1000)
    #expect(cache.evict(500) == 500)
    #expect(cache.match(chain).device == 500)
    run(chain, &cache)
    #expect(cache.match(chain).device == 1000)
  }

  @Test func aReleaseTooManyBreaksALaw() async {
    await #expect(processExitsWith: .failure) {
      var cache = PrefixCache()
      let chain = PrefixChain([1])
      _ = cache.insert(chain, 0..<1)
      cache.release(chain, 1)
      cache.release(chain, 1)
    }
  }

  @Test func sizesAreWholeBlocksOfTheEngine() {
    let sizes = PrefixBlockSizes(hashTokens: 512, engineTokens: 16)
    #expect(sizes.engineBlocks == 32)
    #expect(sizes.reusableTokens(matched: 2, promptTokens: 1024) == 1008)
    #expect(sizes.reusableTokens(matched: 2, promptTokens: 1025) == 1024)
    #expect(sizes.reusableTokens(matched: 2, promptTokens: 1000) == 992)
    #expect(sizes.reusableTokens(matched: 0, promptTokens: 1) == 0)
    #expect(PrefixBlockSizes(hashTokens: 512, engineTokens: 528).engineBlocks == 1)
    #expect(PrefixBlockSizes(hashTokens: 512, engineTokens: 48).engineBlocks == 11)
  }
}
