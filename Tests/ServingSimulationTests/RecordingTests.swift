import OperatorCosts
import Statistics
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// What a run reports of its requests, by the definitions of the benchmark tools.
struct RecordingTests {
  private let record = RequestRecord(
    request: Request(
      index: 0, arrival: SimTime(nanoseconds: 100), inputTokens: 10, outputTokens: 5,
      thinkingTokens: 2),
    scheduled: SimTime(nanoseconds: 150), firstToken: SimTime(nanoseconds: 200),
    firstAnswer: SimTime(nanoseconds: 260), finish: SimTime(nanoseconds: 320), preemptions: 0)

  @Test func latenciesAreMeasuredFromTheArrival() {
    #expect(record.timeToFirstToken.nanoseconds == 100)
    #expect(record.timeToFirstAnswerToken.nanoseconds == 160)
    #expect(record.endToEndLatency.nanoseconds == 220)
    // (320 - 200) / (5 - 1), thinking included.
    #expect(record.timePerOutputTokenNanoseconds == 30)
  }

  @Test func oneTokenHasNoTimePerOutputToken() {
    var single = record
    single.request.outputTokens = 1
    #expect(single.timePerOutputTokenNanoseconds == nil)
    let strict = Objectives(timePerOutputToken: SimDuration(nanoseconds: 0))
    #expect(strict.missed(by: single).isEmpty)
    #expect(strict.missed(by: record) == .timePerOutputToken)
  }

  @Test func everyObjectiveMustBeMetAndTheLimitItselfMeetsIt() {
    func objectives(_ first: Int64, _ each: Int64, _ whole: Int64) -> Objectives {
      Objectives(
        timeToFirstToken: SimDuration(nanoseconds: first),
        timePerOutputToken: SimDuration(nanoseconds: each),
        endToEndLatency: SimDuration(nanoseconds: whole))
    }
    #expect(objectives(100, 30, 220).missed(by: record).isEmpty)
    #expect(objectives(99, 30, 220).missed(by: record) == .timeToFirstToken)
    #expect(objectives(100, 29, 220).missed(by: record) == .timePerOutputToken)
    #expect(objectives(100, 30, 219).missed(by: record) == .endToEndLatency)
    #expect(Objectives().missed(by: record).isEmpty)
    #expect(Objectives().isEmpty && !objectives(1, 1, 1).isEmpty)
  }

  @Test func goodputCountsTheRequestsThatMeetTheObjectives() {
    let scenario = RandomScenario(seed: 2)
    var configuration = scenario.configuration
    let limit = SimDuration(seconds: scenario.summary().endToEnd.quantile(0.5)! * 1e-9)
    configuration.objectives = Objectives(endToEndLatency: limit)
    let simulation = Simulation(configuration)
    let summary = simulation.finish()
    let good = summary.records.count { $0.endToEndLatency <= limit }
    #expect(good > 0 && good < summary.records.count)
    #expect(summary.good == good)
  }

  @Test func theSketchesHoldTheRecords() {
    for seed: UInt64 in 1...20 {
      let summary = RandomScenario(seed: seed).summary()
      var first = QuantileSketch()
      var whole = QuantileSketch()
      var answer = QuantileSketch()
      for record in summary.records {
        if record.request.outputTokens > 0 { first.add(record.timeToFirstToken.nanoseconds) }
        whole.add(record.endToEndLatency.nanoseconds)
        if record.request.thinkingTokens > 0 {
          answer.add(record.timeToFirstAnswerToken.nanoseconds)
        }
      }
      #expect(summary.timeToFirstToken == first, "seed \(seed)")
      #expect(summary.endToEnd == whole, "seed \(seed)")
      #expect(summary.timeToFirstAnswer == answer, "seed \(seed)")
    }
  }

  @Test func theClockKeepsWhatIsLessThanANanosecond() {
    var clock = FineClock(SimTime(nanoseconds: 5))
    #expect(clock.time.nanoseconds == 5)
    clock.advance(by: 1)
    #expect(clock.time.nanoseconds == 6)
    let start = clock
    for _ in 0..<3 { clock.advance(by: 333_333) }
    #expect(clock.nanoseconds == 6 && clock.femtoseconds == 0)
    #expect(clock.femtoseconds(since: start) == 999_999)
  }
}
