internal import HeapModule

/// Puts what is nearly in order into order, with as much of it in memory as it is out of order.
struct ReorderWindow<Payload> {
  private struct Entry: Comparable {
    let nanoseconds: Int64
    let sequence: Int
    let payload: Payload

    static func == (left: Entry, right: Entry) -> Bool { left.sequence == right.sequence }

    static func < (left: Entry, right: Entry) -> Bool {
      (left.nanoseconds, left.sequence) < (right.nanoseconds, right.sequence)
    }
  }

  private var heap = Heap<Entry>()
  private var added = 0

  var count: Int { heap.count }

  mutating func add(_ payload: Payload, at nanoseconds: Int64) {
    heap.insert(Entry(nanoseconds: nanoseconds, sequence: added, payload: payload))
    added += 1
  }

  /// The first one, when nothing earlier can come: nothing before `horizon` does.
  mutating func take(before horizon: Int64) -> (nanoseconds: Int64, payload: Payload)? {
    guard let first = heap.min, first.nanoseconds < horizon else { return nil }
    _ = heap.removeMin()
    return (first.nanoseconds, first.payload)
  }
}
