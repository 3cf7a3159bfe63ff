import Statistics
import Testing
import Units

@testable import Workloads

struct StagedRateTests {
  private let test = StagedRate(
    [
      StagedRate.Stage(rate: 2.5, seconds: 600), StagedRate.Stage(rate: 0, seconds: 100),
      StagedRate.Stage(rate: 6, seconds: 600),
    ], repeats: false)

  private func arrivals(_ rate: StagedRate, requests: Int, seed: UInt64) -> [Double] {
    let workload = Workload(
      arrivals: .staged(rate), requests: requests,
      classes: [RequestClass(name: "all", input: .fixed(1), output: .fixed(1))])
    var source = RequestSource(workload, seed: seed)
    var times: [Double] = []
    while times.count < requests, let request = source.nextArrival() {
      times.append(request.arrival.seconds)
    }
    return times
  }

  @Test func rateIsThatOfTheStage() {
    #expect(test.value(at: 0) == 2.5)
    #expect(test.value(at: 650) == 0)
    #expect(test.value(at: 700) == 6)
    #expect(test.seconds == 1_300)
    #expect(abs(test.mean - 5_100 / 1_300) < 1e-12)
    #expect(test.highest == 6)
  }

  /// Poisson counts: each within four standard deviations.
  @Test func asManyComeAsEachStageSays() {
    var counts = [0.0, 0, 0]
    let runs = 40
    for seed in 1...UInt64(runs) {
      for time in arrivals(test, requests: .max, seed: seed) {
        counts[time < 600 ? 0 : time < 700 ? 1 : 2] += 1
      }
    }
    for (count, expected) in zip(counts, [1_500.0, 0, 3_600]) {
      let mean = expected * Double(runs)
      #expect(abs(count - mean) <= 4 * mean.squareRoot(), "\(count) of \(mean)")
    }
  }

  @Test func stagesEndOnceAndRepeatForEver() {
    let times = arrivals(test, requests: .max, seed: 1)
    #expect(times == times.sorted())
    #expect((times.last ?? 0) <= 1_300)
    let again = StagedRate(test.stages, repeats: true)
    let longer = arrivals(again, requests: 20_000, seed: 1)
    #expect(longer.count == 20_000)
    #expect(longer == longer.sorted())
    // The first round is the same one.
    #expect(Array(longer.prefix(times.count)) == times)
    #expect(abs((longer.last ?? 0) / 1_300 - 20_000 / 5_100) < 0.1)
    // Nobody comes in the second stage of any round.
    #expect(
      longer.allSatisfy { time in
        let phase = time.truncatingRemainder(dividingBy: 1_300)
        return phase <= 600.001 || phase >= 699.999
      })
  }

  /// A second of many requests is no peak: an hour of a day is.
  @Test func burstIsNoPeak() {
    let hours = (0..<24).map { StagedRate.Stage(rate: $0 == 9 ? 8 : 2, seconds: 3_600) }
    #expect(abs(StagedRate(hours, repeats: true).highest - 8) < 1e-9)
    var burst = hours
    burst[9] = StagedRate.Stage(rate: 2, seconds: 3_590)
    burst.insert(StagedRate.Stage(rate: 600, seconds: 10), at: 10)
    #expect(abs(StagedRate(burst, repeats: true).highest - (2 * 3_590 + 6_000) / 3_600) < 0.01)
  }

  @Test func scalingKeepsTheTimes() {
    let double = test.scaled(by: 2)
    #expect(double.seconds == test.seconds)
    #expect(double.requests == 2 * test.requests)
    // 6 times 1.1 is 6.6000000000000005, which nobody types.
    #expect(test.scaled(by: 1.1).stages.map(\.rate) == [2.75, 0, 6.6])
  }
}
