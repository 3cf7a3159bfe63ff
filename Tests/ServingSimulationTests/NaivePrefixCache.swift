@testable import ServingSimulation

/// What a prefix cache is meant to do, written without regard to time: a list of blocks in the
/// order of their last use.
struct NaivePrefixCache {
  struct Block: Equatable {
    var id: UInt64
    var references = 0
    var isOnHost = false
  }

  var hostCapacity: Int
  /// Least recently released first; held blocks wherever they are.
  var blocks: [Block] = []
  var counters = PrefixCache.Counters()

  private func index(_ id: UInt64) -> Int? { blocks.firstIndex { $0.id == id } }

  func holds(_ id: UInt64) -> Bool { index(id) != nil }
  var deviceBlocks: Int { blocks.count { !$0.isOnHost } }
  var hostBlocks: Int { blocks.count { $0.isOnHost } }
  var heldBlocks: Int { blocks.count { $0.references > 0 } }

  func match(_ ids: [UInt64]) -> PrefixCache.Match {
    let found = ids.map { id in blocks.first { $0.id == id } }.prefix { $0 != nil }.map { $0! }
    let device = found.prefix { !$0.isOnHost }.count
    return PrefixCache.Match(
      device: device, host: found.dropFirst(device).prefix { $0.isOnHost }.count,
      idle: found.prefix(device).count { $0.references == 0 })
  }

  mutating func acquire(_ ids: [UInt64], _ count: Int) -> PrefixCache.Acquisition {
    var result = PrefixCache.Acquisition()
    for id in ids.prefix(count) {
      let index = index(id)!
      if blocks[index].isOnHost {
        result.loaded += 1
      } else if blocks[index].references == 0 {
        result.woken += 1
      }
      blocks[index].isOnHost = false
      blocks[index].references += 1
    }
    counters.lookups += 1
    counters.sought += ids.count
    counters.deviceHits += count - result.loaded
    counters.hostHits += result.loaded
    return result
  }

  mutating func insert(_ ids: [UInt64], _ range: Range<Int>) -> Int {
    var duplicates = 0
    for id in ids[range] {
      if let index = index(id) {
        if !blocks[index].isOnHost, blocks[index].references > 0 { duplicates += 1 }
        blocks[index].isOnHost = false
        blocks[index].references += 1
      } else {
        blocks.append(Block(id: id, references: 1))
      }
    }
    counters.inserted += range.count - duplicates
    counters.duplicates += duplicates
    return duplicates
  }

  mutating func release(_ ids: [UInt64], _ count: Int) {
    for id in ids.prefix(count).reversed() {
      var block = blocks.remove(at: index(id)!)
      block.references -= 1
      blocks.append(block)
    }
  }

  mutating func evict(_ count: Int) -> Int {
    for evicted in 0..<count {
      guard let victim = blocks.firstIndex(where: { $0.references == 0 && !$0.isOnHost }) else {
        return evicted
      }
      counters.evicted += 1
      guard hostCapacity > 0 else {
        blocks.remove(at: victim)
        continue
      }
      if hostBlocks == hostCapacity {
        blocks.remove(at: blocks.firstIndex { $0.isOnHost }!)
        counters.dropped += 1
        // The one dropped stood before the victim or behind it: find it again.
        blocks[blocks.firstIndex { $0.references == 0 && !$0.isOnHost }!].isOnHost = true
      } else {
        blocks[victim].isOnHost = true
      }
      counters.stored += 1
    }
    return count
  }
}
