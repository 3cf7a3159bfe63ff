internal import Dispatch
internal import Synchronization

/// Cores of this computer that nobody works on at the moment, shared by all who could use one more.
///
/// What is done on them changes how long something takes, never what comes of it.
package final class IdleCores: Sendable {
  private let count: Atomic<Int>

  package init(_ count: Int) { self.count = Atomic(max(0, count)) }

  /// How many are idle now.
  package var idle: Int { max(0, count.load(ordering: .relaxed)) }

  /// Does something on one of them.
  ///
  /// - Parameter tell: who waits for it that it is done; the core is idle then, for what they do
  ///   next.
  /// - Returns: whether one was idle; nothing is done where none was.
  package func begin(
    _ work: @escaping @Sendable () -> Void, then tell: @escaping @Sendable () -> Void = {}
  ) -> Bool {
    guard take() else { return false }
    DispatchQueue.global().async {
      work()
      self.count.add(1, ordering: .relaxed)
      tell()
    }
    return true
  }

  /// Waits for what others do; the core of who waits is idle meanwhile.
  package func lendWhile<Result>(_ wait: () -> Result) -> Result {
    count.add(1, ordering: .relaxed)
    defer { count.subtract(1, ordering: .relaxed) }
    return wait()
  }

  private func take() -> Bool {
    var seen = count.load(ordering: .relaxed)
    while seen > 0 {
      let (isTaken, now) = count.compareExchange(
        expected: seen, desired: seen - 1, ordering: .relaxed)
      if isTaken { return true }
      seen = now
    }
    return false
  }
}
