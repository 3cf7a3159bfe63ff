public import HeapModule

/// Pending events by (time, order of scheduling), earliest first.
///
/// Generic over a small payload, so that queueing laws can be tested with another one than the
/// serving simulation's. It is the one generic that crosses a module boundary in the hot loop:
/// without `@inlinable` on all of it, it runs about ten times slower, and nothing warns.
@frozen
public struct EventQueue<Payload> {
  @frozen
  public struct Entry: Comparable {
    @usableFromInline let nanoseconds: Int64
    /// A rising sequence number decides ties.
    @usableFromInline let order: UInt64
    public let payload: Payload

    @inlinable
    init(nanoseconds: Int64, order: UInt64, payload: Payload) {
      self.nanoseconds = nanoseconds
      self.order = order
      self.payload = payload
    }

    @inlinable
    public static func < (left: Entry, right: Entry) -> Bool {
      left.nanoseconds != right.nanoseconds
        ? left.nanoseconds < right.nanoseconds : left.order < right.order
    }

    @inlinable
    public static func == (left: Entry, right: Entry) -> Bool {
      left.nanoseconds == right.nanoseconds && left.order == right.order
    }
  }

  @usableFromInline var heap = Heap<Entry>()
  @usableFromInline var sequence: UInt64 = 0

  @inlinable
  public init() {}

  @inlinable
  public var isEmpty: Bool { heap.isEmpty }

  @inlinable
  public var count: Int { heap.count }

  /// - Parameter nanoseconds: simulated time.
  @inlinable
  public mutating func push(_ payload: Payload, nanoseconds: Int64) {
    heap.insert(Entry(nanoseconds: nanoseconds, order: sequence, payload: payload))
    // Safe: 2^64 events at 10 ns each are 5,800 years of computing.
    sequence &+= 1
  }

  /// Time of the earliest event [ns], or nil when none is pending.
  @inlinable
  public var nextNanoseconds: Int64? { heap.min?.nanoseconds }

  /// The earliest event with its time in nanoseconds, or nil when none is pending.
  @inlinable
  public mutating func pop() -> (nanoseconds: Int64, payload: Payload)? {
    guard let entry = heap.popMin() else { return nil }
    return (entry.nanoseconds, entry.payload)
  }
}
