internal import Dispatch
internal import Synchronization

/// Many independent cases on some of the machine's cores, results in the order of the cases.
package enum ParallelCases {
  /// - Parameters:
  ///   - jobs: cases under way at a time, at least one.
  ///   - weight: about how long a case takes, in any unit: the long ones are begun first, so that
  ///     no core is left with one of them at the end.
  package static func map<Case: Sendable, Result: Sendable>(
    _ cases: [Case], jobs: Int, weight: (Case) -> Int = { _ in 1 },
    _ work: @escaping @Sendable (Case) -> Result
  ) -> [Result] {
    map(cases, on: IdleCores(jobs - 1), weight: weight, work)
  }

  /// - Parameter cores: that take part beside the caller's own, as long as they are idle; whoever
  ///   runs out of cases leaves its core to others.
  package static func map<Case: Sendable, Result: Sendable>(
    _ cases: [Case], on cores: IdleCores, weight: (Case) -> Int = { _ in 1 },
    _ work: @escaping @Sendable (Case) -> Result
  ) -> [Result] {
    guard !cases.isEmpty else { return [] }
    let weights = cases.map(weight)
    let order = cases.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let turns = Turns(cases: order.map { cases[$0] }, work)
    turns.take(on: cores)
    turns.tell()
    cores.lendWhile { turns.wait() }
    var results = [Result?](repeating: nil, count: cases.count)
    for (place, result) in zip(order, turns.results) { results[place] = result }
    return results.map { $0! }
  }
}

/// Cases that several threads take, one after the other.
private final class Turns<Case: Sendable, Result: Sendable>: Sendable {
  private let cases: [Case]
  private let work: @Sendable (Case) -> Result
  private let next = Atomic(0)
  private let found: Mutex<(results: [Result?], left: Int)>
  private let end = DispatchSemaphore(value: 0)

  init(cases: [Case], _ work: @escaping @Sendable (Case) -> Result) {
    self.cases = cases
    self.work = work
    found = Mutex(([Result?](repeating: nil, count: cases.count), cases.count))
  }

  /// Takes cases as long as there are some, and lets idle cores take others.
  func take(on cores: IdleCores) {
    while true {
      let turn = next.add(1, ordering: .relaxed).oldValue
      guard turn < cases.count else { return }
      if turn + 1 < cases.count {
        _ = cores.begin({ self.take(on: cores) }, then: { self.tell() })
      }
      let result = work(cases[turn])
      found.withLock {
        $0.results[turn] = result
        $0.left -= 1
      }
    }
  }

  /// Ends the wait if every case has its result.
  func tell() {
    if found.withLock({ $0.left == 0 }) { end.signal() }
  }

  /// Until every case has its result, also those that others took.
  func wait() { end.wait() }

  var results: [Result?] { found.withLock(\.results) }
}
