import Statistics
import Testing

@testable import ServingSimulation

/// Random requests against a cache and its naive model: equal results at every step.
struct PrefixCacheModelTests {
  private struct Holder {
    var ids: [UInt64]
    var held: Int
  }

  /// A tree of prefixes: chains that begin alike and part ways.
  private struct Chains {
    var random: RandomStream

    mutating func next() -> [UInt64] {
      var id: UInt64 = 1
      return (0..<random.integer(in: 1...12)).map { _ in
        // The parent's id in it: a block stands for all before it.
        id = id &* 8 &+ UInt64(random.integer(in: 0...1))
        return id
      }
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
        let ids = chains.next()
        let match = cache.match(ids)
        #expect(match == naive.match(ids), place)
        let count = random.integer(in: 0...match.blocks)
        #expect(cache.acquire(ids, count) == naive.acquire(ids, count), place)
        holders.append(Holder(ids: ids, held: count))
      case 3...5 where !holders.isEmpty:
        let one = random.integer(in: 0...(holders.count - 1))
        let ids = holders[one].ids
        let range = holders[one].held..<random.integer(in: holders[one].held...ids.count)
        #expect(cache.insert(ids, range) == naive.insert(ids, range), place)
        holders[one].held = range.upperBound
      case 6...7 where !holders.isEmpty:
        let one = holders.remove(at: random.integer(in: 0...(holders.count - 1)))
        cache.release(one.ids, one.held)
        naive.release(one.ids, one.held)
      default:
        let count = random.integer(in: 0...6)
        #expect(cache.evict(count) == naive.evict(count), place)
      }
      #expect(cache.deviceBlocks == naive.deviceBlocks, place)
      #expect(cache.heldBlocks == naive.heldBlocks, place)
      #expect(cache.hostBlocks == naive.hostBlocks, place)
      if operation % 16 == 0 { expectWholeChains(naive, place) }
    }
    #expect(cache.counters == naive.counters, "seed \(seed)")
    #expect(cache.counters.evicted > 1000 && cache.counters.duplicates > 1000)
  }

  /// No block without those before it, and none on a higher tier.
  private func expectWholeChains(_ cache: NaivePrefixCache, _ place: Comment) {
    for block in cache.blocks where block.id / 8 > 1 {
      let parent = cache.blocks.first { $0.id == block.id / 8 }
      #expect(parent != nil, place)
      #expect(parent.map { !$0.isOnHost || block.isOnHost } ?? false, place)
      #expect(parent.map { $0.references >= block.references } ?? false, place)
    }
  }
}
