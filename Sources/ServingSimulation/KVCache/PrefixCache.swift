package import Workloads

/// What the paged cache of one attention rank keeps so that prompts that begin alike are computed
/// once.
///
/// It knows blocks by their place in a chain alone, which stands for a block's tokens *and all
/// tokens before it* (`PrefixChain`), so equal places mean equal prefixes. A block is on the
/// device, where running requests hold it or it is idle, or on the host, or gone. Idle blocks are
/// evicted least recently used first, to the host if there is one; what the host has no room for is
/// dropped.
///
/// The caller keeps to one protocol, with the chain of a request:
///
///     match(chain)            how much of it is there; changes nothing
///     acquire(chain, n)       on admission: holds the first n blocks, loads those on the host
///     insert(chain, n..<m)    as prompt and answer fill blocks: the request's own become shared
///     release(chain, m)       when it finishes or is preempted: every block it holds, once
///
/// Whoever holds a block so holds all blocks before it. A chain is released from its end, so its
/// later blocks are older: **no block is there without those before it**, and a parent is never on
/// a lower tier than its child.
///
/// The cache counts blocks, not memory: the caller asks for evictions when its pool runs short, and
/// takes `deviceBlocks` out of what the pool has.
///
/// Blocks of one origin that follow each other and fare alike are one run (`PrefixRun`), which is
/// cut where they part and joined where they meet again. Every operation takes about constant time
/// for each run, however many blocks it has, and none allocates once the arrays have grown.
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
    /// Blocks that another request had inserted first and holds: there twice.
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

  private var runs = PrefixRuns()
  private var idle = PrefixList()
  private var host = PrefixList()
  private var present = 0

  /// - Parameter hostBlocks: room on the host tier; 0 for none.
  package init(hostBlocks: Int = 0) { hostCapacity = hostBlocks }

  /// Blocks on the device: held ones, each counted once however many hold it, and idle ones.
  package var deviceBlocks: Int { present - host.count }
  package var heldBlocks: Int { present - host.count - idle.count }
  package var idleBlocks: Int { idle.count }
  package var hostBlocks: Int { host.count }

  /// The longest leading part of a chain that is there.
  package func match(_ chain: PrefixChain) -> Match {
    var match = Match()
    for stretch in chain.stretches {
      var position = stretch.first
      let end = position + stretch.count
      var index = runs.first(of: stretch.key, behind: position)
      while position < end {
        guard index >= 0, runs[index].first <= position else { return match }
        let run = runs[index]
        let count = Int(min(run.end, end) - position)
        if run.isOnHost {
          match.host += count
        } else if match.host == 0 {
          match.device += count
          if run.references == 0 { match.idle += count }
        } else {
          return match
        }
        position = run.end
        index = Int(run.following)
      }
    }
    return match
  }

  /// Holds the first `count` blocks of a chain; those on the host come to the device.
  ///
  /// - Precondition: `match` found as many, and nothing was evicted since.
  package mutating func acquire(_ chain: PrefixChain, _ count: Int) -> Acquisition {
    var result = Acquisition()
    for number in chain.parts(of: 0..<count) {
      let part = chain.part(number, of: 0..<count)
      var position = part.first
      while position < part.end {
        let index = runs.run(of: part.key, at: position)
        precondition(index >= 0, "law L4 (KV blocks conserved) broken: a matched block is gone")
        let run = hold(index, from: position, to: part.end)
        if run.isOnHost {
          result.loaded += run.count
        } else if run.references == 0 {
          result.woken += run.count
        }
        position = run.end
      }
    }
    counters.lookups += 1
    counters.sought += chain.count
    counters.deviceHits += count - result.loaded
    counters.hostHits += result.loaded
    return result
  }

  /// Shares blocks that a request has computed, and holds them for it.
  ///
  /// A block that somebody else holds stays as it is and is held as well, so that it does not go
  /// before its children; the request's own copy remains outside of the cache until the request
  /// ends. A copy that nobody holds, or that is on the host, gives way to the new one.
  ///
  /// - Precondition: the request holds the blocks before the range.
  /// - Returns: how many of the blocks are such copies, and so still the request's own.
  package mutating func insert(_ chain: PrefixChain, _ range: Range<Int>) -> Int {
    var duplicates = 0
    for number in chain.parts(of: range) {
      let part = chain.part(number, of: range)
      var position = part.first
      while position < part.end {
        let index = runs.first(of: part.key, behind: position)
        if index >= 0, runs[index].first <= position {
          let run = hold(index, from: position, to: part.end)
          if run.references > 0 { duplicates += run.count }
          position = run.end
        } else {
          let end = index >= 0 ? min(part.end, runs[index].first) : part.end
          join(runs.add(part.key, position, end, before: index))
          present += Int(end - position)
          position = end
        }
      }
    }
    counters.inserted += range.count - duplicates
    counters.duplicates += duplicates
    return duplicates
  }

  /// Gives up the first `count` blocks of a chain; what nobody else holds is idle.
  ///
  /// From the end, so that a chain's last blocks are the first to be evicted.
  package mutating func release(_ chain: PrefixChain, _ count: Int) {
    for number in chain.parts(of: 0..<count).reversed() {
      let part = chain.part(number, of: 0..<count)
      var end = part.end
      while end > part.first {
        var index = runs.run(of: part.key, at: end - 1)
        precondition(
          index >= 0 && runs[index].references > 0,
          "law L4 (KV blocks conserved) broken: a released block is not held")
        index = isolate(index, from: max(runs[index].first, part.first), to: end)
        end = runs[index].first
        runs.setReferences(index, runs[index].references - 1)
        if runs[index].references == 0 {
          runs.append(index, to: &idle)
        } else {
          joinFollowing(index)
        }
      }
    }
  }

  /// Frees the device of its least recently used idle blocks.
  ///
  /// - Returns: how many it freed: as many as asked for, or all that were idle.
  package mutating func evict(_ blocks: Int) -> Int {
    let count = min(blocks, idle.count)
    var left = count
    while left > 0 {
      let index = runs.takeOldest(of: &idle, atMost: left)
      left -= runs[index].count
      moveOff(index)
    }
    counters.evicted += count
    return count
  }

  /// To the host, or nowhere.
  private mutating func moveOff(_ index: Int) {
    guard hostCapacity > 0 else { return drop(index) }
    counters.stored += runs[index].count
    runs.setReferences(index, PrefixRun.onHost)
    runs.append(index, to: &host)
    while host.count > hostCapacity {
      let oldest = runs.takeOldest(of: &host, atMost: host.count - hostCapacity)
      counters.dropped += runs[oldest].count
      drop(oldest)
    }
  }

  // MARK: Between turns

  /// Holds the first blocks of a chain that are on the device, for nobody who runs.
  ///
  /// - Returns: how many it holds, and how many of them nobody held.
  package mutating func pin(_ chain: PrefixChain, _ count: Int) -> (held: Int, woken: Int) {
    var (held, woken) = (0, 0)
    for number in chain.parts(of: 0..<count) {
      let part = chain.part(number, of: 0..<count)
      var position = part.first
      while position < part.end {
        let index = runs.run(of: part.key, at: position)
        guard index >= 0, !runs[index].isOnHost else { return (held, woken) }
        let run = hold(index, from: position, to: part.end)
        held += run.count
        if run.references == 0 { woken += run.count }
        position = run.end
      }
    }
    return (held, woken)
  }

  /// Moves idle blocks at the end of a chain off the device, the last one first.
  ///
  /// - Precondition: nothing that is not of the chain follows them.
  /// - Returns: how many have gone.
  package mutating func offload(_ chain: PrefixChain, _ range: Range<Int>) -> Int {
    let before = deviceBlocks
    takeIdle(at: chain, range) { cache, index in
      if cache.runs[index].isOnHost { return }
      cache.takeFromList(index)
      cache.moveOff(index)
    }
    counters.evicted += before - deviceBlocks
    return before - deviceBlocks
  }

  /// Forgets idle blocks at the end of a chain, wherever they are, the last one first.
  ///
  /// - Precondition: nothing that is not of the chain follows them.
  /// - Returns: how many are gone.
  package mutating func forget(_ chain: PrefixChain, _ range: Range<Int>) -> Int {
    let before = present
    takeIdle(at: chain, range) { cache, index in
      cache.takeFromList(index)
      cache.drop(index)
    }
    counters.forgotten += before - present
    return before - present
  }

  /// Visits what nobody holds of a part of a chain from its end on, until somebody holds it.
  private mutating func takeIdle(
    at chain: PrefixChain, _ range: Range<Int>, _ take: (inout PrefixCache, Int) -> Void
  ) {
    for number in chain.parts(of: range).reversed() {
      let part = chain.part(number, of: range)
      var end = part.end
      while end > part.first {
        var index = runs.last(of: part.key, before: end)
        guard index >= 0, runs[index].end > part.first else { break }
        guard runs[index].references <= 0 else { return }
        let first = max(runs[index].first, part.first)
        index = isolate(index, from: first, to: min(runs[index].end, end))
        end = first
        take(&self, index)
      }
    }
  }

  // MARK: Runs

  /// Cuts a run so that it has the blocks between two positions and no others.
  ///
  /// - Returns: the run that has them.
  private mutating func isolate(_ index: Int, from first: Int32, to end: Int32) -> Int {
    var index = index
    if runs[index].first < first { index = split(index, at: first) }
    if runs[index].end > end { _ = split(index, at: end) }
    return index
  }

  private mutating func split(_ index: Int, at position: Int32) -> Int {
    switch runs[index].references {
    case 0: runs.split(index, at: position, in: &idle)
    case PrefixRun.onHost: runs.split(index, at: position, in: &host)
    default: runs.splitOff(index, position)
    }
  }

  /// One more holds the blocks of a run between two positions, which are in no list then.
  ///
  /// - Returns: the run of those blocks as it was.
  @inline(__always)
  private mutating func hold(_ index: Int, from first: Int32, to end: Int32) -> PrefixRun {
    let index = isolate(index, from: first, to: end)
    let run = runs[index]
    takeFromList(index)
    runs.setReferences(index, max(0, run.references) + 1)
    join(index)
    return run
  }

  /// Takes a run that nobody holds out of its list; one that is held is in none.
  @inline(__always)
  private mutating func takeFromList(_ index: Int) {
    let references = runs[index].references
    if references == 0 {
      runs.take(index, from: &idle)
    } else if references == PrefixRun.onHost {
      runs.take(index, from: &host)
    }
  }

  /// Makes a run that is held one with its neighbours, where as many hold those: they are the same.
  @inline(__always)
  private mutating func join(_ index: Int) {
    joinFollowing(index)
    let preceding = Int(runs[index].preceding)
    if preceding >= 0 { joinFollowing(preceding) }
  }

  @inline(__always)
  private mutating func joinFollowing(_ index: Int) {
    let next = Int(runs[index].following)
    guard next >= 0, runs[next].first == runs[index].end,
      runs[next].references == runs[index].references, runs[index].references > 0
    else { return }
    runs.joinFollowing(index)
  }

  private mutating func drop(_ index: Int) {
    present -= runs[index].count
    runs.remove(index)
  }
}
