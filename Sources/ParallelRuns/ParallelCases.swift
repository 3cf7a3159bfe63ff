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
    let weights = cases.map(weight)
    let order = cases.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: cases.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, cases.count))) { _ in
      while true {
        let turn = next.add(1, ordering: .relaxed).oldValue
        guard turn < order.count else { return }
        let result = work(cases[order[turn]])
        results.withLock { $0[order[turn]] = result }
      }
    }
    return results.withLock { $0.map { $0! } }
  }
}
