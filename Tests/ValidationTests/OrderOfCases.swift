import Synchronization

/// What several threads saw, in the order in which they saw it.
final class OrderOfCases: Sendable {
  private let seen = Mutex<[Int]>([])

  func add(_ number: Int) { seen.withLock { $0.append(number) } }

  var all: [Int] { seen.withLock { $0 } }
}
