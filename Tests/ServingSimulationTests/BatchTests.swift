import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Work that nobody waits for, sent while a window is open.
struct BatchTests {
  /// A request of 10 tokens in 10 ms, alone or with others; online ones come once a second.
  private func run(_ window: BatchWindow, seconds: Double) -> RunSummary {
    let classes = [("chat", 1.0), ("batch", 0.0)].map {
      RequestClass(name: $0.0, share: $0.1, input: .fixed(10), output: .fixed(10))
    }
    var workload = Workload(
      arrivals: .staged(StagedRate([.init(rate: 20, seconds: seconds)], repeats: false)),
      requests: 1_000_000, classes: classes)
    workload.batch = window
    let summary = Simulation(
      SimulationConfiguration(
        model: StepModel(secondsPerStep: 0.001),
        limits: SchedulerLimits(
          policy: .chunkedPrefill, tokenBudget: 1_000, maximumSequences: 100),
        capacity: CacheCapacity(totalBlocks: 1_000, blockTokens: 16), workload: workload,
        keepsRecords: true)
    ).finish()
    #expect(summary.brokenLaws == [])
    return summary
  }

  private func window(_ requests: Int, opens: Double, length: Double) -> BatchWindow {
    BatchWindow(
      classIndex: 1, requests: requests, inFlight: 4, opens: opens, length: length, period: 10)
  }

  @Test func asManyAreUnderWayAsMayBeUntilTheWindowCloses() throws {
    let summary = run(window(1_000_000, opens: 2, length: 1), seconds: 24)
    let windows = try #require(summary.batch?.whole)
    #expect(windows.map(\.opening.seconds) == [2, 12, 22])
    // Four at a time, a request in ten steps of a millisecond: four hundred in a second, and those
    // that were under way at its end.
    for window in windows {
      #expect((380...404).contains(window.done), "\(window.done)")
      #expect(window.done == window.sent)
      #expect(window.last < window.closing + SimDuration(seconds: 0.02))
    }
    let arrivals = summary.records.filter { $0.request.classIndex == 1 }.map(\.request.arrival)
    #expect(
      arrivals.allSatisfy { time in
        summary.batch!.windows.contains { $0.opening <= time && time < $0.closing }
      })
  }

  @Test func aBatchThatIsDoneIsSentAgainInTheNextWindowOnly() throws {
    let summary = run(window(10, opens: 2, length: 5), seconds: 24)
    #expect(summary.batch?.windows.map(\.done) == [10, 10, 10])
    #expect(summary.batch?.whole.count == 3)
    // Fewer than may be under way at a time.
    let few = run(window(3, opens: 2, length: 5), seconds: 24)
    #expect(few.batch?.windows.map(\.done) == [3, 3, 3])
  }

  @Test func aWindowOverTheEndOfThePeriodIsCutByTheStart() throws {
    let summary = run(window(1_000_000, opens: 8, length: 4), seconds: 23)
    #expect(summary.batch?.windows.map(\.opening.seconds) == [0, 8, 18])
    #expect(summary.batch?.windows.map(\.closing.seconds) == [2, 12, 22])
    #expect(summary.batch?.whole.count == 2)
  }

  @Test func nobodyWaitsForABatch() {
    let summary = run(window(1_000_000, opens: 2, length: 5), seconds: 9)
    let chat = summary.records.count { $0.request.classIndex == 0 }
    #expect(summary.timeToFirstToken.count == Int64(chat))
    #expect(summary.endToEnd.count == Int64(chat))
    #expect(summary.counts.judged == Int64(chat))
    #expect(summary.completed > Int64(chat))
  }
}
