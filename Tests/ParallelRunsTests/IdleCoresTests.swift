import Dispatch
import Testing

@testable import ParallelRuns

struct IdleCoresTests {
  @Test func whatIsBegunTakesACoreUntilItsEnd() {
    let cores = IdleCores(1)
    let (mayEnd, hasEnded) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let isBegun = cores.begin({ mayEnd.wait() }, then: { hasEnded.signal() })
    #expect(isBegun)
    #expect(cores.idle == 0)
    #expect(!cores.begin { Issue.record("there is no core") })
    mayEnd.signal()
    hasEnded.wait()
    #expect(cores.idle == 1)
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
