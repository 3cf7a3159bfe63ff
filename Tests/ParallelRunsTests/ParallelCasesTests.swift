import Synchronization
import Testing

@testable import ParallelRuns

struct ParallelCasesTests {
  @Test(arguments: [1, 2, 3, 16])
  func resultsStandInTheOrderOfTheCases(jobs: Int) {
    let cases = Array(0..<200)
    let weight = { (item: Int) in 7 * item % 13 }
    let squares = ParallelCases.map(cases, jobs: jobs, weight: weight) { $0 * $0 }
    #expect(squares == cases.map { $0 * $0 })
    #expect(ParallelCases.map([Int](), jobs: jobs) { $0 } == [])
  }

  @Test func longCasesAreBegunFirst() {
    let begun = Mutex<[Int]>([])
    let weight = { (item: Int) in item }
    _ = ParallelCases.map([3, 1, 2, 3], jobs: 1, weight: weight) { item in
      begun.withLock { $0.append(item) }
    }
    #expect(begun.withLock(\.self) == [3, 3, 2, 1])
  }

  @Test func casesWithinCasesEndAndLeaveEveryCoreIdle() {
    let cores = IdleCores(2)
    let sums = ParallelCases.map(Array(0..<40), on: cores) { outer in
      ParallelCases.map(Array(0..<40), on: cores) { inner in outer * inner }.reduce(0, +)
    }
    #expect(sums == (0..<40).map { $0 * 780 })
    // A core comes back a moment after its work has ended.
    while cores.idle != 2 {}
  }
}
