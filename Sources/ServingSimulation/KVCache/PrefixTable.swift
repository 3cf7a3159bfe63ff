/// Where the first run of an origin is: open addressing with linear probing, at most half full.
///
/// A cell has the upper half of the key's hash and the run's index plus one; an empty one is 0.
/// The hash is enough to move cells, so that growing and removing need no look at the runs.
/// Removal closes the gap at once: there are no tombstones, and long runs stay as fast as new ones.
struct PrefixTable: Sendable {
  private var cells = [UInt64](repeating: 0, count: 64)
  private var bits: UInt64 = 6
  private var count = 0

  /// The first run of an origin, or -1.
  @inline(__always)
  func find(_ key: UInt64, _ runs: [PrefixRun]) -> Int {
    let hash = Self.hash(key)
    var place = home(hash)
    while true {
      let cell = cells[place]
      if cell == 0 { return -1 }
      if (cell ^ hash) >> 32 == 0 {
        let index = Int(cell & 0xffff_ffff) - 1
        if runs[index].key == key { return index }
      }
      place = after(place)
    }
  }

  /// - Precondition: the key is not there.
  mutating func insert(_ key: UInt64, _ index: Int) {
    if 2 * (count + 1) > cells.count { grow() }
    place(Self.cell(key, index))
    count += 1
  }

  /// - Precondition: the key is there, with the first run.
  mutating func replace(_ key: UInt64, _ index: Int, _ other: Int) {
    cells[cell(of: key, index)] = Self.cell(key, other)
  }

  /// - Precondition: the key is there, with this run.
  mutating func remove(_ key: UInt64, _ index: Int) {
    var hole = cell(of: key, index)
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

  private func cell(of key: UInt64, _ index: Int) -> Int {
    let sought = Self.cell(key, index)
    var place = home(sought)
    while cells[place] != sought { place = after(place) }
    return place
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
  private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9e37_79b9_7f4a_7c15 }

  @inline(__always)
  private static func cell(_ key: UInt64, _ index: Int) -> UInt64 {
    hash(key) & 0xffff_ffff_0000_0000 | UInt64(index + 1)
  }

  @inline(__always)
  private func home(_ hash: UInt64) -> Int { Int(hash >> (64 - bits)) }

  @inline(__always)
  private func after(_ place: Int) -> Int { (place + 1) & (cells.count - 1) }
}
