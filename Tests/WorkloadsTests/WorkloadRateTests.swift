import Statistics
import Testing
import Units
import Workloads

struct LengthMeanTests {
  @Test func workedExample() {
    let lengths = LengthDistribution.logNormal(
      mean: 3, coefficientOfVariation: 1, within: 1...10)
    #expect(abs(lengths.mean - 2.904) < 0.0005, "\(lengths.mean)")
  }

  @Test(arguments: [
    LengthDistribution.fixed(7), .uniform(3...9),
    .empirical(lengths: [2, 8], cumulative: [0.25, 1]),
    .logNormal(mean: 1_000, coefficientOfVariation: 1.2, within: 1...60_000),
    .logNormal(mean: 3, coefficientOfVariation: 0.6, within: 1...5),
    .logNormal(mu: 7.64, sigma: 1.03, within: 1...20_000),
    .logNormal(mu: 2, sigma: 0, within: 1...20_000),
  ])
  func meanIsThatOfManySamples(_ lengths: LengthDistribution) {
    var random = RandomStream(seed: 11, name: "lengths")
    let count = 200_000
    let values = (0..<count).map { _ in Double(lengths.sample(&random)) }
    let mean = values.reduce(0, +) / Double(count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    let error = (variance / Double(count)).squareRoot()
    #expect(abs(lengths.mean - mean) <= 4 * error + 1e-3 * mean, "\(lengths.mean), sampled \(mean)")
  }
}

struct WorkloadRateTests {
  private func workload(_ arrivals: ArrivalProcess, turns: LengthDistribution?) -> Workload {
    var item = RequestClass(name: "all", input: .fixed(1), output: .fixed(1))
    item.sessions = turns.map { Sessions(turns: $0, thinkTime: .fixed(seconds: 1)) }
    return Workload(arrivals: arrivals, requests: 10, classes: [item])
  }

  @Test func turnsOfConversationsCount() {
    #expect(workload(.poisson(rate: 2), turns: nil).offeredRate == 2)
    #expect(workload(.poisson(rate: 2), turns: .uniform(1...5)).offeredRate == 6)
    #expect(workload(.offline, turns: nil).offeredRate == nil)
  }

  @Test func dayHasTheRateOfItsMeanAndOfItsPeak() {
    let day = workload(.diurnal(DiurnalRate(mean: 4, swing: 0.5)), turns: .fixed(2))
    #expect(day.offeredRate == 8)
    #expect(day.highestOfferedRate == 12)
  }

  @Test func traceIsReplayedWhenOthersAskForIt() {
    let entries = [(10, 1), (20, 2), (30, 3)].map {
      Trace.Entry(
        arrival: .zero, inputTokens: Int32($0.0), outputTokens: Int32($0.1))
    }
    var workload = workload(.closedLoop(clients: 2, thinkTime: .zero), turns: nil)
    workload.replayed = Trace(entries: entries)
    var source = RequestSource(workload, seed: 1, isEndless: true)
    var inputs: [Int32] = []
    while let request = source.nextArrival() { inputs.append(request.inputTokens) }
    for _ in 0..<3 {
      if let request = source.nextAfterCompletion(at: .zero) { inputs.append(request.inputTokens) }
    }
    #expect(inputs == [10, 20, 30, 10, 20])
  }
}
