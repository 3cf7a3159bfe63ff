/// A block that a prefix cache keeps, and its place in one of the lists.
struct PrefixEntry: Sendable {
  static let onHost: Int32 = -1

  var id: UInt64
  /// How many requests hold it; 0 is idle, `onHost` is on the host.
  var references: Int32
  var previous: Int32 = -1
  var next: Int32 = -1

  var isOnHost: Bool { references == Self.onHost }
}

/// A list through the entries of a prefix cache, oldest first.
struct PrefixList: Sendable {
  private var first: Int32 = -1
  private var last: Int32 = -1
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ index: Int, _ entries: inout [PrefixEntry]) {
    entries[index].previous = last
    entries[index].next = -1
    if last >= 0 { entries[Int(last)].next = Int32(index) } else { first = Int32(index) }
    last = Int32(index)
    count += 1
  }

  @inline(__always)
  mutating func remove(_ index: Int, _ entries: inout [PrefixEntry]) {
    let previous = entries[index].previous
    let next = entries[index].next
    if previous >= 0 { entries[Int(previous)].next = next } else { first = next }
    if next >= 0 { entries[Int(next)].previous = previous } else { last = previous }
    count -= 1
  }

  /// - Precondition: the list is not empty.
  @inline(__always)
  mutating func popFirst(_ entries: inout [PrefixEntry]) -> Int {
    let index = Int(first)
    remove(index, &entries)
    return index
  }
}

/// Where the entry of an id is: open addressing with linear probing, at most half full.
///
/// A cell has the upper half of the id's hash and the entry's index plus one; an empty one is 0.
/// The hash is enough to move cells, so that growing and removing need no look at the entries.
/// Removal closes the gap at once: there are no tombstones, and long runs stay as fast as new ones.
struct PrefixTable: Sendable {
  private var cells: [UInt64]
  private var bits: UInt64
  private var count = 0

  init(expected: Int) {
    var size = 64
    while size < 2 * expected { size *= 2 }
    cells = [UInt64](repeating: 0, count: size)
    bits = UInt64(size.trailingZeroBitCount)
  }

  /// The entry of an id, or -1.
  @inline(__always)
  func find(_ id: UInt64, _ entries: [PrefixEntry]) -> Int {
    let hash = Self.hash(id)
    var place = home(hash)
    while true {
      let cell = cells[place]
      if cell == 0 { return -1 }
      if (cell ^ hash) >> 32 == 0 {
        let index = Int(cell & 0xffff_ffff) - 1
        if entries[index].id == id { return index }
      }
      place = after(place)
    }
  }

  /// - Precondition: the id is not there.
  mutating func insert(_ id: UInt64, _ index: Int) {
    if 2 * (count + 1) > cells.count { grow() }
    place(Self.cell(id, index))
    count += 1
  }

  /// - Precondition: the id is there, with this entry.
  mutating func remove(_ id: UInt64, _ index: Int) {
    let sought = Self.cell(id, index)
    var hole = home(sought)
    while cells[hole] != sought { hole = after(hole) }
    var probe = after(hole)
    while cells[probe] != 0 {
      // A cell may fill the hole unless it would then stand before its home.
      let fromHome = (probe - home(cells[probe])) & (cells.count - 1)
      if fromHome >= (probe - hole) & (cells.count - 1) {
        cells[hole] = cells[probe]
        hole = probe
      }
      probe = after(probe)
    }
    cells[hole] = 0
    count -= 1
  }

  private mutating func grow() {
    let old = cells
    cells = [UInt64](repeating: 0, count: 2 * old.count)
    bits += 1
    for cell in old where cell != 0 { place(cell) }
  }

  @inline(__always)
  private mutating func place(_ cell: UInt64) {
    var place = home(cell)
    while cells[place] != 0 { place = after(place) }
    cells[place] = cell
  }

  /// Fibonacci hashing (Knuth, TAOCP 3, 6.4): 2^64 / golden ratio.
  @inline(__always)
  private static func hash(_ id: UInt64) -> UInt64 { id &* 0x9e37_79b9_7f4a_7c15 }

  @inline(__always)
  private static func cell(_ id: UInt64, _ index: Int) -> UInt64 {
    hash(id) & 0xffff_ffff_0000_0000 | UInt64(index + 1)
  }

  @inline(__always)
  private func home(_ hash: UInt64) -> Int { Int(hash >> (64 - bits)) }

  @inline(__always)
  private func after(_ place: Int) -> Int { (place + 1) & (cells.count - 1) }
}
