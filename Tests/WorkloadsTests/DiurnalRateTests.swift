import Testing
import Units
import Workloads

struct DiurnalRateTests {
  private let day = DiurnalRate(mean: 4, swing: 0.6, peakSeconds: 14 * 3_600)

  private func arrivals(_ rate: DiurnalRate, _ count: Int, seed: UInt64 = 1) -> [Double] {
    let workload = Workload(
      arrivals: .diurnal(rate), requests: count,
      classes: [RequestClass(name: "all", input: .fixed(1), output: .fixed(1))])
    var source = RequestSource(workload, seed: seed)
    var times: [Double] = []
    while let request = source.nextArrival() { times.append(request.arrival.seconds) }
    return times
  }

  @Test func workedExample() {
    #expect(day.highest == 6.4)
    for (hour, rate) in [(14.0, 6.4), (8, 4), (2, 1.6), (20, 4), (38, 6.4)] {
      #expect(abs(day.value(at: hour * 3_600) - rate) < 1e-9, "at \(hour) h")
    }
  }

  @Test func periodIsADayAndItsPeakInTheMiddleIfLeftOut() {
    let rate = DiurnalRate(mean: 1, swing: 1)
    #expect(rate.periodSeconds == 86_400 && rate.peakSeconds == 43_200)
    #expect(rate.value(at: 0) == 0)
  }

  /// A Poisson number with mean n is within 4 sqrt(n) of it, but for one in 16,000.
  @Test func arrivalsOverWholePeriodsAreAsManyAsTheMeanRateGives() {
    let rate = DiurnalRate(mean: 4, swing: 0.9, periodSeconds: 100)
    let expected = 4.0 * 50 * 100
    let count = Double(arrivals(rate, 25_000).count { $0 < 50 * 100 })
    #expect(abs(count - expected) < 4 * expected.squareRoot())
  }

  /// In a slice of all periods the number is Poisson too, its mean the rate's integral.
  @Test func arrivalsFollowTheRateFromTroughToPeak() {
    let rate = DiurnalRate(mean: 4, swing: 0.6, periodSeconds: 1_000, peakSeconds: 300)
    let periods = 25.0
    let times = arrivals(rate, 100_000)
    #expect(times[times.count - 1] > periods * 900)
    var slices = [Double](repeating: 0, count: 20)
    for time in times where time < periods * 1_000 {
      slices[Int(time.truncatingRemainder(dividingBy: 1_000) / 50)] += 1
    }
    for (index, count) in slices.enumerated() {
      let start = Double(index) * 50
      // Simpson's rule, to 1e-5.
      let mean =
        (rate.value(at: start) + 4 * rate.value(at: start + 25) + rate.value(at: start + 50)) / 6
      let expected = mean * 50 * periods
      #expect(abs(count - expected) < 4 * expected.squareRoot(), "slice \(index)")
    }
    // 6.4 / 1.6, averaged over the slices around both.
    let peak = slices[5] + slices[6]
    let trough = slices[15] + slices[16]
    #expect(abs(peak / trough - 4) < 0.3)
  }

  @Test func withoutASwingTheGapsAreExponential() {
    let times = arrivals(DiurnalRate(mean: 4, swing: 0), 20_000)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    #expect(abs(mean * 4 - 1) < 0.03)
    #expect(abs(variance.squareRoot() / mean - 1) < 0.1)
  }

  @Test func theSameSeedGivesTheSameArrivalsAndAnotherAnother() {
    #expect(arrivals(day, 100, seed: 5) == arrivals(day, 100, seed: 5))
    #expect(arrivals(day, 100, seed: 5) != arrivals(day, 100, seed: 6))
  }

  @Test func onlyProcessesWithARateHaveAPeakRate() {
    #expect(ArrivalProcess.diurnal(day).highestRate == 6.4)
    #expect(ArrivalProcess.poisson(rate: 4).highestRate == 4)
    #expect(ArrivalProcess.gamma(rate: 3, coefficientOfVariation: 2).highestRate == 3)
    #expect(ArrivalProcess.offline.highestRate == nil)
    #expect(ArrivalProcess.closedLoop(clients: 1, thinkTime: .zero).highestRate == nil)
  }
}
