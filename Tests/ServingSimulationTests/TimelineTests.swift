import OperatorCosts
import TestSupport
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// What a timeline says of a run is what its summary says, and keeping one changes nothing.
struct TimelineTests {
  private func summary(_ configuration: SimulationConfiguration, events: Int?) -> RunSummary? {
    var configuration = configuration
    configuration.timelineEvents = events
    return RandomCluster.summary(configuration, .fastForward)
  }

  @Test func keepingATimelineChangesNothing() throws {
    for seed in UInt64(1)...40 {
      let cluster = RandomCluster(seed: seed)
      guard let plain = summary(cluster.configuration, events: nil),
        let kept = summary(cluster.configuration, events: 1_000)
      else { continue }
      #expect(plain.fingerprint == kept.fingerprint, "\(cluster)")
      #expect(SummaryDifferences.between(plain, kept).isEmpty, "\(cluster)")
      #expect(plain.timeline == nil && kept.timeline != nil)
    }
  }

  @Test func aWholeTimelineAddsUpToTheSummary() throws {
    var seen: Set<Timeline.Incident.Kind> = []
    for seed in UInt64(1)...120 {
      let cluster = RandomCluster(seed: seed)
      guard let summary = summary(cluster.configuration, events: 10_000_000) else { continue }
      let timeline = try #require(summary.timeline)
      #expect(timeline.requestSample.isComplete && timeline.stepSample.isComplete, "\(cluster)")
      #expect(timeline.requests.map(\.record) == summary.records, "\(cluster)")
      #expect(timeline.steps.reduce(0) { $0 + $1.count } == summary.steps, "\(cluster)")
      #expect(timeline.steps.count == Int(summary.runs), "\(cluster)")
      let busy = timeline.steps.reduce(0) { $0 + ($1.end - $1.start).seconds }
      #expect(
        abs(busy - summary.busySeconds) <= 1e-9 * Double(timeline.steps.count) + 1e-9,
        "\(cluster)")
      let prefilled = timeline.steps.reduce(0) { $0 + $1.load.promptTokens }
      #expect(prefilled == Int(summary.prefilledTokens), "\(cluster)")
      func count(_ kind: Timeline.Incident.Kind) -> Int64 {
        Int64(timeline.incidents.count { $0.kind == kind })
      }
      #expect(count(.preempted) == summary.preemptions, "\(cluster)")
      #expect(count(.rejected) == summary.rejected, "\(cluster)")
      #expect(count(.retried) == summary.retried, "\(cluster)")
      #expect(count(.lost) == summary.lost, "\(cluster)")
      let outages = summary.pools.reduce(0) { $0 + $1.outages }
      #expect(count(.failure) + count(.maintenance) == outages, "\(cluster)")
      expectNoOverlap(timeline, "\(cluster)")
      seen.formUnion(timeline.incidents.map(\.kind))
    }
    #expect(seen == Set(Timeline.Incident.Kind.allCases))
  }

  private func expectNoOverlap(_ timeline: Timeline, _ comment: Comment) {
    var ends: [Int32: SimTime] = [:]
    for step in timeline.steps {
      #expect(step.start >= ends[step.replica] ?? .zero && step.end >= step.start, comment)
      ends[step.replica] = step.end
    }
    for transfer in timeline.transfers {
      #expect(transfer.ready <= transfer.start && transfer.start <= transfer.end, comment)
    }
  }

  // MARK: Samples

  @Test(arguments: [1, 7, 8, 9, 12, 13, 100, 1_000])
  func aLogKeepsTheFirstThenEveryKth(count: Int) {
    var log = SampledLog<Int>(limit: 8)
    for number in 0..<count where log.wantsNext() { log.add(number) }
    let sample = log.sample
    #expect(sample.all == count && sample.kept == log.entries.count && sample.kept <= 8)
    let expected = (0..<count).filter { $0 < 4 || ($0 - 4) % sample.stride == 0 }
    #expect(log.entries == expected)
    // No less than half of what there is room for behind the first ones.
    #expect(count <= 8 ? sample.isComplete : sample.kept > 5)
  }

  @Test func fewRequestsAreAllKeptAndLeaveTheirEventsToTheSteps() {
    let budget = TimelineBudget(events: 200_000, requests: 20, pools: [])
    #expect(budget.first == 20 && budget.stride == 1 && budget.requests == 20)
    #expect(budget.steps == (200_000 - 20 * 8 - 10_000) / 5)
  }

  /// 200,000 / 2 / 8 = 12,500 requests: the first 6,250 and every 159th of the other 993,750.
  @Test func ofManyRequestsHalfOfTheRoomIsForTheFirst() {
    let budget = TimelineBudget(events: 200_000, requests: 1_000_000, pools: [])
    #expect(budget.first == 6_250 && budget.stride == 159)
    let kept = (Int32(0)..<1_000_000).count { budget.keeps($0) }
    #expect(kept == 6_250 + 6_250)
    #expect(budget.requests * 8 + budget.steps * 5 + budget.incidents <= 200_000)
  }
}
