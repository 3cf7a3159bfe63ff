internal import Synchronization

/// How much of a known amount of work several threads have done.
package final class WorkDone: Sendable {
  private let total: Int
  private let done = Atomic(0)

  package init(total: Int) { self.total = total }

  /// - Returns: the share that is done now, 0...1.
  package func add(_ amount: Int) -> Double {
    Double(done.add(amount, ordering: .relaxed).newValue) / Double(max(1, total))
  }
}
