import Diagnostics
import Testing
import Units
import Workloads

@testable import Commands

/// Requests that wait at once are refused by the arithmetic, not by the system's end of memory.
@Suite struct MemoryCheckTests {
  private func check(_ arrivals: ArrivalProcess, requests: Int) -> MemoryCheck {
    MemoryCheck(
      workload: Workload(arrivals: arrivals, requests: requests, classes: []), file: "a.yaml",
      availableBytes: 8e9)
  }

  private func refusal(_ check: () throws -> Void) -> String? {
    do {
      try check()
      return nil
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  @Test func requestsThatAreAllThereAtOnceAreCountedBeforehand() {
    #expect(
      refusal(check(.offline, requests: 1_000_000_000).checkBefore) == """
        error[scenario/too-many-at-once]: this computer cannot hold 1,000,000,000 requests at once\
        : 184 GB needed, 8.00 GB there
          --> a.yaml  workload.requests
          note: needed = 1,000,000,000 x 184 B
        hint: set `workload.requests` to 43,478,260 or less
        """)
    #expect(refusal(check(.offline, requests: 10_000_000).checkBefore) == nil)
    let closed = ArrivalProcess.closedLoop(clients: 100_000_000, thinkTime: .zero)
    #expect(
      refusal(check(closed, requests: 900_000_000).checkBefore) == """
        error[scenario/too-many-at-once]: this computer cannot hold 100,000,000 requests at once: \
        18.4 GB needed, 8.00 GB there
          --> a.yaml  workload.arrivals.clients
          note: needed = 100,000,000 x 184 B
        hint: set `workload.arrivals.clients` to 43,478,260 or less
        """)
    #expect(refusal(check(closed, requests: 1_000_000).checkBefore) == nil)
  }

  @Test func requestsThatPileUpAreCountedAsTheyCome() {
    let check = check(.poisson(rate: 1e9), requests: 1_000_000_000)
    #expect(refusal(check.checkBefore) == nil)
    #expect(refusal { try check.check(40_000_000) } == nil)
    #expect(
      refusal { try check.check(60_000_000) } == """
        error[scenario/too-many-at-once]: this computer cannot hold 60,000,000 requests at once: \
        11.0 GB needed, 8.00 GB there
          --> a.yaml  workload.requests
          note: needed = 60,000,000 x 184 B
        hint: they come faster than they are served: lower the rate, or set `workload.requests` \
        to less
        """)
  }
}
