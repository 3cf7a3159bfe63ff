import Testing
import Units
import Workloads

struct RequestSourceTests {
  private func workload(_ arrivals: ArrivalProcess, requests: Int = 20_000) -> Workload {
    Workload(
      arrivals: arrivals, requests: requests,
      classes: [
        RequestClass(name: "chat", share: 3, input: .uniform(1...100), output: .uniform(1...50)),
        RequestClass(
          name: "think", share: 1, input: .fixed(7), thinking: .fixed(20), output: .fixed(5)),
      ])
  }

  private func all(_ workload: Workload, seed: UInt64 = 1) -> [Request] {
    var source = RequestSource(workload, seed: seed)
    var requests: [Request] = []
    while let request = source.nextArrival() { requests.append(request) }
    return requests
  }

  @Test func openArrivalsKeepTheirRateAndBurstiness() {
    for (arrivals, cv) in [
      (ArrivalProcess.poisson(rate: 4), 1.0),
      (.gamma(rate: 4, coefficientOfVariation: 2), 2.0),
      (.gamma(rate: 4, coefficientOfVariation: 0.5), 0.5),
    ] {
      let times = all(workload(arrivals)).map(\.arrival.seconds)
      let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
      let mean = gaps.reduce(0, +) / Double(gaps.count)
      let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
      #expect(abs(mean * 4 - 1) < 4 * cv / 20_000.0.squareRoot(), "\(arrivals)")
      #expect(abs(variance.squareRoot() / mean / cv - 1) < 0.1, "\(arrivals)")
    }
  }

  @Test func anotherRateLeavesTheLengthsAsTheyWere() {
    let slow = all(workload(.poisson(rate: 1), requests: 500))
    let fast = all(workload(.gamma(rate: 9, coefficientOfVariation: 3), requests: 500))
    #expect(slow.map(\.inputTokens) == fast.map(\.inputTokens))
    #expect(slow.map(\.outputTokens) == fast.map(\.outputTokens))
    #expect(slow.map(\.classIndex) == fast.map(\.classIndex))
    #expect(slow.map(\.arrival) != fast.map(\.arrival))
  }

  @Test func theSameSeedGivesTheSameTrafficAndAnotherAnother() {
    let workload = workload(.poisson(rate: 1), requests: 100)
    #expect(all(workload, seed: 5) == all(workload, seed: 5))
    #expect(all(workload, seed: 5) != all(workload, seed: 6))
  }

  @Test func classesComeInTheirProportions() {
    let requests = all(workload(.offline))
    let thinking = requests.filter { $0.classIndex == 1 }
    #expect(abs(Double(thinking.count) / 20_000 - 0.25) < 0.013)
    #expect(thinking.allSatisfy { $0.thinkingTokens == 20 && $0.answerTokens == 5 })
    #expect(requests.map(\.index) == Array(0..<20_000))
    #expect(requests.allSatisfy { $0.arrival == .zero })
  }

  @Test func aClosedLoopWaitsForItsAnswers() {
    let thinkTime = SimDuration(nanoseconds: 30)
    var source = RequestSource(
      workload(.closedLoop(clients: 3, thinkTime: thinkTime), requests: 5), seed: 1)
    let first = (0..<4).map { _ in source.nextArrival() }
    #expect(first.map { $0?.arrival } == [.zero, .zero, .zero, nil])
    let later = (1...3).map { source.nextAfterCompletion(at: SimTime(nanoseconds: $0 * 100)) }
    #expect(later.map { $0?.arrival.nanoseconds } == [130, 230, nil])
    #expect(source.issued == 5 && source.remaining == 0)
  }

  @Test func openArrivalsDoNotFollowACompletion() {
    var source = RequestSource(workload(.poisson(rate: 1)), seed: 1)
    #expect(source.nextAfterCompletion(at: .zero) == nil)
  }

  @Test func aTraceIsReplayedAsItIs() {
    let entries = [(0, 5, 6), (10, 7, 8)].map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: $0.0), inputTokens: Int32($0.1), outputTokens: Int32($0.2))
    }
    // More requests asked for than recorded: it ends with the trace.
    let requests = all(workload(.trace(Trace(entries: entries)), requests: 9))
    #expect(requests.map(\.arrival.nanoseconds) == [0, 10])
    #expect(requests.map(\.inputTokens) == [5, 7])
    #expect(requests.map(\.outputTokens) == [6, 8])
    #expect(requests.map(\.index) == [0, 1])
  }
}
