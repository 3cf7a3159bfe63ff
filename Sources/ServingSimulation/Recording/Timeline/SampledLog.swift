/// The first entries of a list whose length nobody knows, then every k-th, never more than a
/// number.
///
/// When it is full, every second of those behind the first half goes and k doubles: what is kept
/// depends on the list alone.
struct SampledLog<Entry> {
  private(set) var entries: [Entry] = []
  private let limit: Int
  private var offered = 0
  private var stride = 1

  /// - Parameter limit: at least 2.
  init(limit: Int) { self.limit = limit }

  private var first: Int { limit / 2 }

  /// Whether the next one is to be added. Asked once for each.
  mutating func wantsNext() -> Bool {
    defer { offered += 1 }
    return offered < first || (offered - first) % stride == 0
  }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    guard entries.count > limit else { return }
    stride *= 2
    entries =
      Array(entries[..<first])
      + Swift.stride(from: first, to: entries.count, by: 2).map { entries[$0] }
  }

  var sample: TimelineSample {
    TimelineSample(all: offered, kept: entries.count, first: min(first, offered), stride: stride)
  }
}
