internal import BasicContainers

/// Decoding sequences in the order of their admission, of which the last one is preempted first.
///
/// Nothing is kept until somebody asks, since most ranks never preempt. From then on what joins is
/// added in its place, and what has left is dropped when it comes to the end or is in the way.
struct AdmissionOrder: ~Copyable {
  struct Entry {
    var slot: Int32
    var admission: Int64
  }

  private var entries = UniqueArray<Entry>()
  private var isKept = false

  /// A sequence begins to decode.
  @inline(__always)
  mutating func join(_ slot: Int32, _ table: borrowing SequenceTable) {
    if isKept { insert(slot, table) }
  }

  private mutating func insert(_ slot: Int32, _ table: borrowing SequenceTable) {
    let entry = Entry(slot: slot, admission: table.states[Int(slot)].admission)
    entries.append(entry)
    // Mostly in order: prompts are computed one after the other.
    var place = entries.count - 1
    while place > 0, entries[place - 1].admission > entry.admission {
      entries[place] = entries[place - 1]
      place -= 1
    }
    entries[place] = entry
  }

  /// The one of the decoding sequences, at least one, that was admitted last.
  mutating func latest(
    of decoding: borrowing UniqueArray<Int32>, _ table: borrowing SequenceTable
  ) -> Int32 {
    if !isKept || entries.count > 2 * decoding.count + 32 { keep(decoding, table) }
    while !entries.isEmpty {
      let entry = entries[entries.count - 1]
      let state = Int(entry.slot)
      if table.states[state].decodingIndex >= 0,
        table.states[state].admission == entry.admission
      {
        return entry.slot
      }
      entries.removeLast()
    }
    preconditionFailure("every sequence that decodes has joined")
  }

  private mutating func keep(
    _ decoding: borrowing UniqueArray<Int32>, _ table: borrowing SequenceTable
  ) {
    isKept = true
    var ordered: [Entry] = []
    ordered.reserveCapacity(decoding.count)
    for position in decoding.indices {
      let slot = decoding[position]
      ordered.append(Entry(slot: slot, admission: table.states[Int(slot)].admission))
    }
    ordered.sort { $0.admission < $1.admission }
    entries.removeAll(keepingCapacity: true)
    for entry in ordered { entries.append(entry) }
  }

  /// Forgets everything.
  mutating func clear() {
    entries.removeAll()
    isKept = false
  }
}
