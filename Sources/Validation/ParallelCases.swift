internal import Dispatch
internal import Synchronization

/// Many independent cases on some of the machine's cores, results in the order of the cases.
package enum ParallelCases {
  /// - Parameter jobs: cases under way at a time, at least one.
  package static func map<Case: Sendable, Result: Sendable>(
    _ cases: [Case], jobs: Int, _ work: @escaping @Sendable (Case) -> Result
  ) -> [Result] {
    let next = Atomic(0)
    let results = Mutex([Result?](repeating: nil, count: cases.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, cases.count))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < cases.count else { return }
        let result = work(cases[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.map { $0! } }
  }
}
