internal import BasicContainers
internal import DequeModule
internal import Workloads

/// Requests that wait behind those that a rank's scheduler looks at, in order of arrival.
///
/// A state is four times as large as what is known of a request that nobody has scheduled, and an
/// overloaded replica has millions of these. They lie in pieces, which are neither moved nor kept
/// when they are empty.
struct Backlog: ~Copyable {
  struct Entry {
    let request: Request
    /// When a scheduler could first take notice of it [ns].
    var queuedAt: Int64
  }

  private static let piece = 4_096

  /// Requests that come next, from `head` on; then whole pieces; then the one that is being filled.
  private var first: [Entry] = []
  private var head = 0
  private var full = UniqueDeque<[Entry]>()
  private var last: [Entry] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ request: Request) {
    if last.count == Self.piece {
      full.append(last)
      last = []
    }
    if last.isEmpty, !full.isEmpty { last.reserveCapacity(Self.piece) }
    last.append(Entry(request: request, queuedAt: .min))
    count += 1
  }

  /// When a scheduler could first take notice of the one that came last.
  mutating func setQueued(at nanoseconds: Int64) { last[last.count - 1].queuedAt = nanoseconds }

  mutating func popFirst() -> Entry? {
    guard count > 0 else { return nil }
    if head == first.count {
      if full.isEmpty {
        first = last
        last = []
      } else {
        first = full.removeFirst()
      }
      head = 0
    }
    let entry = first[head]
    head += 1
    count -= 1
    return entry
  }

  /// Prompt tokens as far as a limit, of requests that were queued by an instant.
  ///
  /// - Returns: also whether one came later.
  func waitingTokens(limit: Int, knownUntil: Int64) -> (tokens: Int, isCut: Bool) {
    var tokens = 0
    func add(_ entries: ArraySlice<Entry>) -> Bool {
      for entry in entries {
        guard tokens < limit else { return false }
        guard entry.queuedAt <= knownUntil else { return true }
        tokens += Int(entry.request.inputTokens)
      }
      return false
    }
    var isCut = add(first[head...])
    for position in 0..<full.count where !isCut && tokens < limit {
      isCut = add(full[position][...])
    }
    if !isCut, tokens < limit { isCut = add(last[...]) }
    return (tokens, isCut)
  }
}
