import Statistics
import TestSupport
import Testing
import Workloads

@testable import ServingSimulation

/// Random requests against a cache and its naive model: equal results at every step.
struct PrefixCacheModelTests {
  private struct Holder {
    var chain: PrefixChain
    var ids: [UInt64]
    var held: Int
  }

  /// A tree of prefixes: chains that begin alike and part ways.
  private struct Chains {
    var random: RandomStream
    /// The block before each.
    var parents: [UInt64: UInt64] = [:]

    mutating func next() -> PrefixChain {
      var chain = PrefixChain()
      var key: UInt64 = 1
      for _ in 0..<random.integer(in: 1...4) {
        // What went before in it: a block stands for all before it.
        key = SplitMix64.scattered(key &* 8 &+ UInt64(random.integer(in: 0...1)))
        let count = random.integer(in: 1...4)
        chain.append(key, chain.count..<chain.count + count)
        key = SplitMix64.scattered(key &+ UInt64(count))
      }
      let ids = chain.ids
      for (parent, id) in zip(ids, ids.dropFirst()) { parents[id] = parent }
      return chain
    }
  }

  @Test(arguments: [(0, 1), (7, 2), (40, 3), (1, 4)])
  func theCacheDoesWhatTheNaiveOneDoes(hostBlocks: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "operations")
    var chains = Chains(random: RandomStream(seed: seed, name: "chains"))
    var cache = PrefixCache(hostBlocks: hostBlocks)
    var naive = NaivePrefixCache(hostCapacity: hostBlocks)
    var holders: [Holder] = []
    for operation in 0..<25_000 {
      let place: Comment = "seed \(seed), operation \(operation)"
      switch random.integer(in: 0...9) {
      case 0...2 where holders.count < 12:
        let chain = chains.next()
        let ids = chain.ids
        let match = cache.match(chain)
        #expect(match == naive.match(ids), place)
        let count = random.integer(in: 0...match.blocks)
        #expect(cache.acquire(chain, count) == naive.acquire(ids, count), place)
        holders.append(Holder(chain: chain, ids: ids, held: count))
      case 3...5 where !holders.isEmpty:
        let one = random.integer(in: 0...(holders.count - 1))
        let ids = holders[one].ids
        let range = holders[one].held..<random.integer(in: holders[one].held...ids.count)
        #expect(cache.insert(holders[one].chain, range) == naive.insert(ids, range), place)
        holders[one].held = range.upperBound
      case 6...7 where !holders.isEmpty:
        let one = holders.remove(at: random.integer(in: 0...(holders.count - 1)))
        cache.release(one.chain, one.held)
        naive.release(one.ids, one.held)
      default:
        let count = random.integer(in: 0...6)
        #expect(cache.evict(count) == naive.evict(count), place)
      }
      #expect(cache.deviceBlocks == naive.deviceBlocks, place)
      #expect(cache.heldBlocks == naive.heldBlocks, place)
      #expect(cache.hostBlocks == naive.hostBlocks, place)
      if operation % 16 == 0 { expectWholeChains(naive, chains.parents, place) }
    }
    #expect(cache.counters == naive.counters, "seed \(seed)")
    #expect(cache.counters.evicted > 1000 && cache.counters.duplicates > 1000)
  }

  /// No block without those before it, and none on a higher tier.
  private func expectWholeChains(
    _ cache: NaivePrefixCache, _ parents: [UInt64: UInt64], _ place: Comment
  ) {
    for block in cache.blocks {
      guard let id = parents[block.id] else { continue }
      let parent = cache.blocks.first { $0.id == id }
      #expect(parent != nil, place)
      #expect(parent.map { !$0.isOnHost || block.isOnHost } ?? false, place)
      #expect(parent.map { $0.references >= block.references } ?? false, place)
    }
  }
}
