import Dispatch
import Testing

@testable import ParallelRuns

struct IdleCoresTests {
  @Test func whatIsBegunTakesACoreUntilItsEnd() {
    let cores = IdleCores(1)
    let (mayEnd, hasEnded) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    #expect(cores.begin { mayEnd.wait() })
    #expect(cores.idle == 0)
    #expect(!cores.begin { Issue.record("there is no core") })
    mayEnd.signal()
    // The core comes back a moment after the work has ended.
    while !cores.begin({ hasEnded.signal() }) {}
    hasEnded.wait()
  }

  @Test func whoWaitsLendsACore() {
    let cores = IdleCores(0)
    #expect(!cores.begin {})
    let hasEnded = DispatchSemaphore(value: 0)
    let isBegun = cores.lendWhile {
      let isBegun = cores.begin { hasEnded.signal() }
      hasEnded.wait()
      return isBegun
    }
    #expect(isBegun)
  }
}
