/// What the paged cache of one attention rank keeps so that prompts that begin alike are computed
/// once.
///
/// It knows blocks by their ids alone: an id stands for a block's tokens *and all tokens before
/// it* (`PrefixSource`), so equal ids mean equal prefixes. A block is on the device, where running
/// requests hold it or it is idle, or on the host, or gone. Idle blocks are evicted least recently
/// used first, to the host if there is one; what the host has no room for is dropped.
///
/// The caller keeps to one protocol, with the ids of a request's chain:
///
///     match(ids)            how much of the chain is there; changes nothing
///     acquire(ids, n)       on admission: holds the first n blocks, loads those on the host
///     insert(ids, n..<m)    as prompt and answer fill blocks: the request's own become shared
///     release(ids, m)       when it finishes or is preempted: every block it holds, once
///
/// Whoever holds a block so holds all blocks before it. A chain is released from its end, so its
/// later blocks are older: **no block is there without those before it**, and a parent is never on
/// a lower tier than its child.
///
/// The cache counts blocks, not memory: the caller asks for evictions when its pool runs short, and
/// takes `deviceBlocks` out of what the pool has. Every operation takes constant time per block and
/// none allocates once the arrays have grown.
package struct PrefixCache: Sendable {
  /// The leading part of a chain that is there: first on the device, then on the host.
  package struct Match: Equatable, Sendable {
    package var device = 0
    package var host = 0
    /// Blocks of the match on the device that nobody holds.
    package var idle = 0
    package var blocks: Int { device + host }
  }

  /// What `acquire` moved.
  package struct Acquisition: Equatable, Sendable {
    /// Idle blocks that are now held: no longer to be evicted, no new memory.
    package var woken = 0
    /// Blocks copied from the host: each takes a new device block.
    package var loaded = 0
  }

  /// Blocks, since the start.
  package struct Counters: Equatable, Sendable {
    /// Calls of `acquire`, with or without a hit.
    package var lookups = 0
    /// Blocks of the chains looked up.
    package var sought = 0
    package var deviceHits = 0
    package var hostHits = 0
    /// Blocks that became shared.
    package var inserted = 0
    /// Blocks that another request had inserted first: computed twice.
    package var duplicates = 0
    /// Blocks that left the device.
    package var evicted = 0
    /// Blocks copied to the host when they left the device.
    package var stored = 0
    /// Blocks that left the host for want of room.
    package var dropped = 0
    /// Blocks that were forgotten because nobody will ask for them.
    package var forgotten = 0
  }

  package let hostCapacity: Int
  package private(set) var counters = Counters()

  private var table: PrefixTable
  private var entries: [PrefixEntry] = []
  private var idle = PrefixList()
  private var host = PrefixList()
  private var unused = PrefixList()
  private var present = 0

  /// - Parameters:
  ///   - hostBlocks: room on the host tier; 0 for none.
  ///   - expectedBlocks: blocks on both tiers for which to make room at once.
  package init(hostBlocks: Int = 0, expectedBlocks: Int = 0) {
    hostCapacity = hostBlocks
    table = PrefixTable(expected: expectedBlocks)
    entries.reserveCapacity(expectedBlocks)
  }

  /// Blocks on the device: held ones, each counted once however many hold it, and idle ones.
  package var deviceBlocks: Int { present - host.count }
  package var heldBlocks: Int { present - host.count - idle.count }
  package var idleBlocks: Int { idle.count }
  package var hostBlocks: Int { host.count }

  /// The longest leading run of a chain that is there.
  package mutating func match(_ ids: [UInt64]) -> Match {
    var match = Match()
    for id in ids {
      let index = table.find(id, entries)
      guard index >= 0 else { break }
      if entries[index].isOnHost {
        match.host += 1
      } else if match.host == 0 {
        match.device += 1
        if entries[index].references == 0 { match.idle += 1 }
      } else {
        break
      }
    }
    return match
  }

  /// Holds the first `count` blocks of a chain; those on the host come to the device.
  ///
  /// - Precondition: `match` found as many, and nothing was evicted since.
  package mutating func acquire(_ ids: [UInt64], _ count: Int) -> Acquisition {
    var result = Acquisition()
    for position in 0..<count {
      let index = table.find(ids[position], entries)
      precondition(index >= 0, "law L4 (KV blocks conserved) broken: a matched block is gone")
      if entries[index].isOnHost {
        host.remove(index, &entries)
        entries[index].references = 1
        result.loaded += 1
      } else {
        if entries[index].references == 0 {
          idle.remove(index, &entries)
          result.woken += 1
        }
        entries[index].references += 1
      }
    }
    counters.lookups += 1
    counters.sought += ids.count
    counters.deviceHits += count - result.loaded
    counters.hostHits += result.loaded
    return result
  }

  /// Shares blocks that a request has computed, and holds them for it.
  ///
  /// A block that somebody else inserted first stays as it is and is held as well, so that it does
  /// not go before its children; the request's own copy remains outside of the cache until the
  /// request ends. A copy on the host gives way to the new one.
  ///
  /// - Precondition: the request holds the blocks before the range.
  /// - Returns: how many of the blocks are such copies, and so still the request's own.
  package mutating func insert(_ ids: [UInt64], _ range: Range<Int>) -> Int {
    var duplicates = 0
    for position in range {
      let index = table.find(ids[position], entries)
      if index < 0 {
        add(ids[position])
      } else if entries[index].isOnHost {
        host.remove(index, &entries)
        entries[index].references = 1
      } else {
        if entries[index].references == 0 { idle.remove(index, &entries) }
        entries[index].references += 1
        duplicates += 1
      }
    }
    counters.inserted += range.count - duplicates
    counters.duplicates += duplicates
    return duplicates
  }

  /// Gives up the first `count` blocks of a chain; what nobody else holds is idle.
  ///
  /// From the end, so that a chain's last blocks are the first to be evicted.
  package mutating func release(_ ids: [UInt64], _ count: Int) {
    for position in stride(from: count - 1, through: 0, by: -1) {
      let index = table.find(ids[position], entries)
      precondition(
        index >= 0 && entries[index].references > 0,
        "law L4 (KV blocks conserved) broken: a released block is not held")
      entries[index].references -= 1
      if entries[index].references == 0 { idle.append(index, &entries) }
    }
  }

  /// Frees the device of its least recently used idle blocks.
  ///
  /// - Returns: how many it freed: as many as asked for, or all that were idle.
  package mutating func evict(_ blocks: Int) -> Int {
    let count = min(blocks, idle.count)
    for _ in 0..<count { moveOff(idle.popFirst(&entries)) }
    counters.evicted += count
    return count
  }

  /// To the host, or nowhere.
  private mutating func moveOff(_ index: Int) {
    guard hostCapacity > 0 else { return drop(index) }
    if host.count == hostCapacity {
      drop(host.popFirst(&entries))
      counters.dropped += 1
    }
    entries[index].references = PrefixEntry.onHost
    host.append(index, &entries)
    counters.stored += 1
  }

  // MARK: Between turns

  /// Holds the first blocks of a chain that are on the device, for nobody who runs.
  ///
  /// - Returns: how many it holds, and how many of them nobody held.
  package mutating func pin(_ ids: [UInt64], _ count: Int) -> (held: Int, woken: Int) {
    var woken = 0
    for position in 0..<count {
      let index = table.find(ids[position], entries)
      guard index >= 0, !entries[index].isOnHost else { return (position, woken) }
      if entries[index].references == 0 {
        idle.remove(index, &entries)
        woken += 1
      }
      entries[index].references += 1
    }
    return (count, woken)
  }

  /// Moves idle blocks at the end of a chain off the device, the last one first.
  ///
  /// - Precondition: nothing that is not of the chain follows them.
  /// - Returns: how many have gone.
  package mutating func offload(_ ids: [UInt64], _ range: Range<Int>) -> Int {
    let before = deviceBlocks
    for position in range.reversed() {
      let index = table.find(ids[position], entries)
      guard index >= 0, !entries[index].isOnHost else { continue }
      guard entries[index].references == 0 else { break }
      idle.remove(index, &entries)
      moveOff(index)
    }
    counters.evicted += before - deviceBlocks
    return before - deviceBlocks
  }

  /// Forgets idle blocks at the end of a chain, wherever they are, the last one first.
  ///
  /// - Precondition: nothing that is not of the chain follows them.
  /// - Returns: how many are gone.
  package mutating func forget(_ ids: [UInt64], _ range: Range<Int>) -> Int {
    let before = present
    for position in range.reversed() {
      let index = table.find(ids[position], entries)
      guard index >= 0 else { continue }
      guard entries[index].references <= 0 else { break }
      if entries[index].isOnHost {
        host.remove(index, &entries)
      } else {
        idle.remove(index, &entries)
      }
      drop(index)
    }
    counters.forgotten += before - present
    return before - present
  }

  // MARK: Entries

  private mutating func add(_ id: UInt64) {
    let index: Int
    if unused.count > 0 {
      index = unused.popFirst(&entries)
      entries[index].id = id
      entries[index].references = 1
    } else {
      index = entries.count
      entries.append(PrefixEntry(id: id, references: 1))
    }
    table.insert(id, index)
    present += 1
  }

  private mutating func drop(_ index: Int) {
    table.remove(entries[index].id, index)
    unused.append(index, &entries)
    present -= 1
  }
}
