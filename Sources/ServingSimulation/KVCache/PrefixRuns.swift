internal import Statistics

/// Blocks of one origin that follow each other in a prefix cache and fare alike, and their place in
/// one of the lists.
struct PrefixRun: Sendable {
  static let onHost: Int32 = -1

  var key: UInt64
  /// Positions of the first block and behind the last one, within the origin.
  var first: Int32
  var end: Int32
  /// How many requests hold each block; 0 is idle, `onHost` is on the host.
  var references: Int32
  var older: Int32 = -1
  var younger: Int32 = -1
  /// Neighbours among the runs of the same origin, in the order of positions.
  var preceding: Int32 = -1
  var following: Int32 = -1

  var isOnHost: Bool { references == Self.onHost }
  var count: Int { Int(end - first) }
}

/// A list through the runs of a prefix cache, oldest first; of a run the last block is the oldest.
///
/// Several fields are changed in one buffer: an array asks at each change whether it is its own.
struct PrefixList: Sendable {
  private(set) var oldest: Int32 = -1
  private(set) var youngest: Int32 = -1
  /// Blocks of all its runs.
  private(set) var count = 0

  @inline(__always)
  mutating func append(_ index: Int, _ runs: inout [PrefixRun]) {
    runs.withUnsafeMutableBufferPointer { runs in
      runs[index].older = youngest
      runs[index].younger = -1
      if youngest >= 0 { runs[Int(youngest)].younger = Int32(index) } else { oldest = Int32(index) }
      youngest = Int32(index)
      count += runs[index].count
    }
  }

  @inline(__always)
  mutating func remove(_ index: Int, _ runs: inout [PrefixRun]) {
    runs.withUnsafeMutableBufferPointer { runs in
      let (older, younger) = (runs[index].older, runs[index].younger)
      if older >= 0 { runs[Int(older)].younger = younger } else { oldest = younger }
      if younger >= 0 { runs[Int(younger)].older = older } else { youngest = older }
      count -= runs[index].count
    }
  }

  /// A run has become two, of which the new one has the last blocks.
  mutating func split(_ index: Int, off new: Int, _ runs: inout [PrefixRun]) {
    let older = runs[index].older
    runs[new].older = older
    runs[new].younger = Int32(index)
    if older >= 0 { runs[Int(older)].younger = Int32(new) } else { oldest = Int32(new) }
    runs[index].older = Int32(new)
  }
}

/// The runs of a prefix cache: which there are of each origin, in the order of their positions.
struct PrefixRuns: Sendable {
  private(set) var all: [PrefixRun] = []
  private var table = PrefixTable()
  /// Runs that are none any more, linked as if each followed the one before.
  private var unused: Int32 = -1

  subscript(_ index: Int) -> PrefixRun {
    @inline(__always) get { all[index] }
  }

  /// The first run of an origin that ends behind a position; -1 where there is none.
  @inline(__always)
  func first(of key: UInt64, behind position: Int32) -> Int {
    var index = table.find(key, all)
    while index >= 0, all[index].end <= position { index = Int(all[index].following) }
    return index
  }

  /// The run of an origin that has a block; -1 where none has.
  @inline(__always)
  func run(of key: UInt64, at position: Int32) -> Int {
    let index = first(of: key, behind: position)
    return index >= 0 && all[index].first <= position ? index : -1
  }

  /// The last run of an origin that begins before a position; -1 where there is none.
  func last(of key: UInt64, before position: Int32 = .max) -> Int {
    var last = -1
    var index = table.find(key, all)
    while index >= 0, all[index].first < position {
      last = index
      index = Int(all[index].following)
    }
    return last
  }

  /// A new run, held once, before one of its origin, or behind all of them.
  mutating func add(_ key: UInt64, _ first: Int32, _ end: Int32, before next: Int) -> Int {
    let preceding = next >= 0 ? Int(all[next].preceding) : last(of: key)
    let index = place(PrefixRun(key: key, first: first, end: end, references: 1))
    link(index, between: preceding, and: next)
    return index
  }

  /// Makes the blocks from a position on a run of their own, in the same list.
  ///
  /// - Returns: the new run.
  mutating func split(_ index: Int, at position: Int32, in list: inout PrefixList) -> Int {
    let new = splitOff(index, position)
    list.split(index, off: new, &all)
    return new
  }

  /// Makes blocks that are in no list a run of their own.
  mutating func splitOff(_ index: Int, _ position: Int32) -> Int {
    var part = all[index]
    part.first = position
    let new = place(part)
    all[index].end = position
    link(new, between: index, and: Int(part.following))
    return new
  }

  /// Lets a run have the blocks of the next one of its origin, which is none any more.
  mutating func joinFollowing(_ index: Int) {
    let next = Int(all[index].following)
    all[index].end = all[next].end
    remove(next)
  }

  /// - Precondition: the run is in no list.
  mutating func remove(_ index: Int) {
    let run = all[index]
    let next = unused
    all.withUnsafeMutableBufferPointer { all in
      if run.preceding >= 0 { all[Int(run.preceding)].following = run.following }
      if run.following >= 0 { all[Int(run.following)].preceding = run.preceding }
      all[index].following = next
    }
    unused = Int32(index)
    guard run.preceding < 0 else { return }
    if run.following >= 0 {
      table.replace(run.key, index, Int(run.following))
    } else {
      table.remove(run.key, index)
    }
  }

  @inline(__always)
  mutating func setReferences(_ index: Int, _ references: Int32) {
    all[index].references = references
  }

  /// Makes a run the youngest of a list, and one with the youngest so far where that follows it.
  mutating func append(_ index: Int, to list: inout PrefixList) {
    let youngest = Int(list.youngest)
    if youngest >= 0, all[index].following == list.youngest,
      all[youngest].first == all[index].end
    {
      list.remove(youngest, &all)
      joinFollowing(index)
    }
    list.append(index, &all)
  }

  /// Takes the oldest blocks out of a list: those at the end of its oldest run.
  mutating func takeOldest(of list: inout PrefixList, atMost count: Int) -> Int {
    var index = Int(list.oldest)
    if all[index].count > count {
      index = split(index, at: all[index].end - Int32(count), in: &list)
    }
    list.remove(index, &all)
    return index
  }

  @inline(__always)
  mutating func take(_ index: Int, from list: inout PrefixList) { list.remove(index, &all) }

  private mutating func place(_ run: PrefixRun) -> Int {
    guard unused >= 0 else {
      all.append(run)
      return all.count - 1
    }
    let index = Int(unused)
    unused = all[index].following
    all[index] = run
    return index
  }

  private mutating func link(_ index: Int, between preceding: Int, and following: Int) {
    all.withUnsafeMutableBufferPointer { all in
      all[index].preceding = Int32(preceding)
      all[index].following = Int32(following)
      if following >= 0 { all[following].preceding = Int32(index) }
      if preceding >= 0 { all[preceding].following = Int32(index) }
    }
    guard preceding < 0 else { return }
    let key = all[index].key
    if following >= 0 { table.replace(key, following, index) } else { table.insert(key, index) }
  }
}
