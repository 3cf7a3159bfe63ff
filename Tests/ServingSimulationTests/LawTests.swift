import OperatorCosts
import Statistics
import TestSupport
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// Each law catches the fault it is there for: a deliberately wrong part breaks exactly it.
struct LawTests {
  /// A sound recording of two requests, to be spoilt.
  private func recorded(
    _ spoil: (inout Recorder, RequestRecord) -> Void = { _, _ in }
  ) -> RunSummary {
    var recorder = Recorder(
      SimulationConfiguration(
        model: StepModel(secondsPerStep: 1),
        limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 1, maximumSequences: 1),
        capacity: CacheCapacity(totalBlocks: 10, blockTokens: 16),
        workload: Workload(arrivals: .offline, requests: 2, classes: []), keepsRecords: true))
    let records = (0..<2).map { index in
      record(index: index, times: [index * 10, index * 10, 40 + index, 40 + index, 90])
    }
    for record in records {
      recorder.arrived(record.request)
      recorder.queued(at: record.request.arrival)
      recorder.admitted(at: record.scheduled)
    }
    for record in records {
      recorder.gap(femtoseconds: 50_000_000)
      recorder.finished(record)
    }
    spoil(&recorder, records[1])
    return recorder.finish(outstanding: 0, heldBlocks: 0)
  }

  private func record(index: Int, times: [Int]) -> RequestRecord {
    let at = times.map { SimTime(nanoseconds: Int64($0)) }
    return RequestRecord(
      request: Request(
        index: Int32(index), arrival: at[0], inputTokens: 5, outputTokens: 2),
      scheduled: at[1], firstToken: at[2], firstAnswer: at[3], finish: at[4], preemptions: 0)
  }

  private func laws(_ summary: RunSummary, outstanding: Int = 0, heldBlocks: Int = 0) -> [String] {
    var summary = summary
    summary.brokenLaws = []
    summary.checkLaws(outstanding: outstanding, heldBlocks: heldBlocks)
    return summary.brokenLaws.map { String($0.dropFirst(4).prefix(2)) }
  }

  @Test func aSoundRecordingBreaksNoLaw() { #expect(laws(recorded()) == []) }

  @Test func conservationCatchesARecorderThatCountsTwice() {
    let summary = recorded { recorder, record in recorder.finished(record) }
    let broken = laws(summary)
    #expect(broken.contains("L1") && broken.contains("L5") && broken.contains("L6"))
  }

  @Test func conservationCatchesALostRequest() {
    let summary = recorded { recorder, record in recorder.arrived(record.request) }
    #expect(laws(summary).contains("L1"))
  }

  @Test func tokensCatchALostGap() {
    let summary = recorded { recorder, _ in recorder.gap(femtoseconds: 1) }
    #expect(laws(summary) == ["L5"])
  }

  /// An engine whose calendar is set back: the step of a replica ends before what has happened.
  @Test func theClockCatchesACalendarThatIsSetBack() {
    func broken(setBack: Bool) -> [String] {
      let configuration = RandomScenario(seed: 1).configuration
      var engine = Engine(configuration, prefixes: nil, reportsEnds: false)
      for index: Int32 in 0..<2 {
        engine.submit(
          Request(
            index: index, arrival: SimTime(nanoseconds: 5_000), inputTokens: 8, outputTokens: 4))
      }
      for _ in 0..<3 { _ = engine.advance(before: .max, arrival: .max) }
      if setBack { engine.calendar.set(0, nanoseconds: 4_000) }
      while case .handled = engine.advance(before: .max, arrival: .max) {}
      return engine.finish(questions: nil).brokenLaws.map { String($0.dropFirst(4).prefix(2)) }
    }
    #expect(broken(setBack: false) == [])
    #expect(broken(setBack: true).contains("L2"))
  }

  /// A recorder that is told of a token before its request was scheduled.
  @Test func theLifecycleIsHeldInEveryRun() {
    let disordered = record(index: 1, times: [10, 50, 41, 41, 90])
    let summary = recorded { recorder, _ in recorder.finished(disordered) }
    #expect(summary.brokenLaws.contains { $0.hasPrefix("law L3") })
    #expect(!recorded().brokenLaws.contains { $0.hasPrefix("law L3") })
  }

  @Test func blocksCatchALeak() {
    // A pool whose user forgets the block that a decoding sequence took last.
    var leaky = BlockPool(total: 10, blockTokens: 16)
    leaky.take(3)
    leaky.take(1)
    leaky.release(3)
    #expect(laws(recorded(), heldBlocks: leaky.used) == ["L4"])
  }

  @Test func conservationCatchesARouterThatForgetsADeparture() {
    var summary = recorded()
    summary.checkLaws(outstanding: 0, heldBlocks: 0, routed: 1)
    #expect(summary.brokenLaws.count == 1 && summary.brokenLaws[0].hasPrefix("law L1"))
  }

  @Test func workCatchesASchedulerThatStarves() {
    #expect(laws(recorded(), outstanding: 1).contains("L8"))
  }

  @Test func timeCatchesABusierReplicaThanTheClockAllows() {
    var summary = recorded()
    summary.pools[0].busyFemtoseconds = 91 * 1_000_000
    summary.pools[0].work.compute = 91e-9
    #expect(laws(summary) == ["L7"])
    summary.pools[0].busyFemtoseconds = 80 * 1_000_000
    #expect(laws(summary) == ["L7"])
    summary.pools[0].work.compute = 80e-9
    #expect(laws(summary) == [])
  }

  @Test func theLifecycleCatchesATokenBeforeItsRequest() {
    #expect(LawChecker.isInOrder(record(index: 0, times: [1, 2, 3, 4, 5])))
    #expect(LawChecker.isInOrder(record(index: 0, times: [1, 1, 1, 1, 1])))
    for swapped in 0..<4 {
      var times = [1, 2, 3, 4, 5]
      times.swapAt(swapped, swapped + 1)
      #expect(!LawChecker.isInOrder(record(index: 0, times: times)))
    }
  }

  @Test func workCatchesAReplicaThatRestsWithARequestWaiting() {
    let scenario = RandomScenario(seed: 1)
    var summary = scenario.summary()
    #expect(LawChecker.brokenLaws(of: summary) == [])
    summary.pools[0].busyFemtoseconds -= 5_000_000_000
    #expect(LawChecker.brokenLaws(of: summary).contains { $0.contains("L8") })
    summary.pools[0].busyFemtoseconds += 10_000_000_000
    #expect(LawChecker.brokenLaws(of: summary).contains { $0.contains("L8") })
  }

  #if os(Linux) || os(macOS)
    @Test func aPoolThatGivesMoreThanItHasStopsTheRun() async {
      await #expect(processExitsWith: .failure) {
        var pool = BlockPool(total: 2, blockTokens: 16)
        pool.take(3)
      }
      await #expect(processExitsWith: .failure) {
        var pool = BlockPool(total: 2, blockTokens: 16)
        pool.take(1)
        pool.release(2)
      }
    }
  #endif
}
