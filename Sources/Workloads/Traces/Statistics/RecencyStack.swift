/// Blocks in the order in which they were last used, and how many lie above each.
///
/// A cache that evicts what was used longest ago holds a block if and only if fewer others than it
/// has room for were used since (Mattson et al., "Evaluation techniques for storage hierarchies",
/// IBM Systems Journal 9, 1970): one pass over a trace answers for caches of all sizes.
struct RecencyStack {
  private static let group = 4096

  /// Slots by key, open addressing; -1 is free.
  private var slots: [Int32] = Array(repeating: -1, count: 1 << 12)
  private var keys: [UInt64] = []
  /// Where each block lies: later is used more lately; -1 for nowhere yet.
  private var positions: [Int32] = []
  private var occupied: [UInt64] = []
  /// Occupied positions of each group.
  private var counts: [Int32] = []
  private var next = 0

  /// Blocks ever used.
  var count: Int { keys.count }

  /// - Returns: nil for a block that was never used.
  func slot(of key: UInt64) -> Int32? {
    var place = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[place] >= 0 {
      if keys[Int(slots[place])] == key { return slots[place] }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  mutating func add(_ key: UInt64) -> Int32 {
    if keys.count * 2 >= slots.count { grow() }
    let slot = Int32(keys.count)
    keys.append(key)
    positions.append(-1)
    place(slot)
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for slot in keys.indices { place(Int32(slot)) }
  }

  private mutating func place(_ slot: Int32) {
    var place = Int(truncatingIfNeeded: keys[Int(slot)]) & (slots.count - 1)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  /// Whether a block lies right under another one.
  func lies(_ slot: Int32, rightUnder other: Int32) -> Bool {
    positions[Int(slot)] == positions[Int(other)] - 1
  }

  /// How many blocks a cache must hold to hold this one: itself and those used since.
  func depth(of slot: Int32) -> Int {
    let position = Int(positions[Int(slot)])
    var above = 0
    for word in (position >> 6)..<((position / Self.group + 1) * (Self.group >> 6)) {
      guard word < occupied.count else { break }
      var bits = occupied[word]
      if word == position >> 6 { bits &= ~0 << UInt64(position & 63) }
      above += bits.nonzeroBitCount
    }
    for group in (position / Self.group + 1)..<max(counts.count, position / Self.group + 1) {
      above += Int(counts[group])
    }
    return above
  }

  /// Puts a block on top.
  mutating func use(_ slot: Int32) {
    let old = Int(positions[Int(slot)])
    if old >= 0 { clear(old) }
    if next == occupied.count * 64 { makeRoom() }
    occupied[next >> 6] |= 1 << UInt64(next & 63)
    counts[next / Self.group] += 1
    positions[Int(slot)] = Int32(next)
    next += 1
  }

  private mutating func clear(_ position: Int) {
    occupied[position >> 6] &= ~(1 << UInt64(position & 63))
    counts[position / Self.group] -= 1
  }

  /// Closes the gaps, and leaves as much room again.
  private mutating func makeRoom() {
    var order: [Int32] = Array(repeating: -1, count: next)
    var used = 0
    for slot in positions.indices where positions[slot] >= 0 && isHeld(slot) {
      order[Int(positions[slot])] = Int32(slot)
      used += 1
    }
    next = 0
    for slot in order where slot >= 0 {
      positions[Int(slot)] = Int32(next)
      next += 1
    }
    let room = (max(2 * used, Self.group) / Self.group + 1) * Self.group
    occupied = Array(repeating: 0, count: room / 64)
    counts = Array(repeating: 0, count: room / Self.group)
    for position in 0..<next {
      occupied[position >> 6] |= 1 << UInt64(position & 63)
      counts[position / Self.group] += 1
    }
  }

  /// Whether a block's position is its own, and not one that it has just left.
  private func isHeld(_ slot: Int) -> Bool {
    let position = Int(positions[slot])
    return occupied[position >> 6] & (1 << UInt64(position & 63)) != 0
  }
}
