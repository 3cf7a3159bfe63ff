import Statistics
import Testing
import Units
import Workloads

struct SessionTests {
  private func workload(
    _ arrivals: ArrivalProcess = .offline, requests: Int = 2000,
    turns: LengthDistribution = .uniform(1...5)
  ) -> Workload {
    Workload(
      arrivals: arrivals, requests: requests,
      classes: [
        RequestClass(
          name: "chat", input: .uniform(1...100), output: .uniform(1...50),
          sessions: Sessions(turns: turns, thinkTime: .exponential(meanSeconds: 30)))
      ])
  }

  /// All later turns of a session, each answered at once.
  private func turns(of first: Request, _ source: inout RequestSource) -> [Request] {
    var all: [Request] = []
    var last = first
    while let next = source.nextAfterCompletion(of: last, at: last.arrival) {
      all.append(next)
      last = next
    }
    return all
  }

  @Test func aSessionSaysTheSameWhateverTheOrderOfAnswers() throws {
    var forwards = RequestSource(workload(requests: 10_000), seed: 3)
    var backwards = forwards
    let first = (0..<50).compactMap { _ in forwards.nextArrival() }
    let same = (0..<50).compactMap { _ in backwards.nextArrival() }
    #expect(first == same && first.map(\.session) == Array(0..<50))
    let left = first.map { turns(of: $0, &forwards) }
    let right = Array(same.reversed().map { turns(of: $0, &backwards) }.reversed())
    #expect(Set(left.map(\.count)) == [0, 1, 2, 3, 4])
    for (left, right) in zip(left, right) {
      #expect(left.map(\.inputTokens) == right.map(\.inputTokens))
      #expect(left.map(\.outputTokens) == right.map(\.outputTokens))
      #expect(left.map(\.arrival) == right.map(\.arrival))
      #expect(left.map(\.turn) == (0..<left.count).map { Int16($0 + 1) })
    }
  }

  @Test func aPromptIsAllThatWasSaidAndMore() throws {
    var source = RequestSource(workload(turns: .fixed(200)), seed: 3)
    var last = try source.arrival()
    for next in turns(of: last, &source) {
      let added = next.inputTokens - last.inputTokens - last.answerTokens
      #expect((1...100).contains(added))
      #expect(next.arrival > last.arrival)
      last = next
    }
    #expect(last.turn == 199)
  }

  @Test func theRunEndsWithItsRequests() throws {
    var source = RequestSource(workload(requests: 3, turns: .fixed(9)), seed: 1)
    let first = try source.arrival()
    #expect(turns(of: first, &source).map(\.index) == [1, 2])
    #expect(source.nextArrival() == nil && source.remaining == 0)
  }

  @Test func aClientOfAClosedLoopTalksToTheEndAndBeginsAnew() throws {
    let thinkTime = SimDuration(nanoseconds: 30)
    let workload = workload(.closedLoop(clients: 1, thinkTime: thinkTime), turns: .fixed(2))
    var source = RequestSource(workload, seed: 1)
    #expect(workload.hasFollowUps)
    let first = try source.arrival()
    #expect(source.nextArrival() == nil)
    let second = try source.following(first)
    #expect(second.session == 0 && second.turn == 1)
    let third = try source.following(second, at: SimTime(nanoseconds: 1000))
    #expect(third.session == 1 && third.turn == 0 && third.arrival.nanoseconds == 1030)
    // A refused turn ends its session.
    let fourth = source.nextAfterCompletion(at: .zero)
    #expect(fourth?.session == 2 && fourth?.turn == 0)
  }

  @Test func firstTurnsAreTheTrafficWithoutSessions() {
    var plain = workload()
    plain.classes[0].sessions = nil
    #expect(!plain.hasFollowUps)
    var with = RequestSource(workload(), seed: 8)
    var without = RequestSource(plain, seed: 8)
    for _ in 0..<100 {
      let (left, right) = (with.nextArrival(), without.nextArrival())
      #expect(left?.inputTokens == right?.inputTokens && left?.outputTokens == right?.outputTokens)
    }
  }

  @Test func aConversationEndsBeforeItsPromptIsTooLong() throws {
    var workload = workload(turns: .fixed(10_000))
    workload.classes[0].input = .fixed(100_000_000)
    var source = RequestSource(workload, seed: 1)
    let first = try source.arrival()
    let turns = turns(of: first, &source)
    #expect(turns.count == 8 && turns.allSatisfy { $0.inputTokens <= 1_000_000_000 })
  }

  @Test func aStatedShareOfThePromptIsCached() throws {
    var workload = workload()
    workload.classes[0].sessions = nil
    workload.classes[0].input = .fixed(1001)
    workload.classes[0].cachedShare = 0.563
    var source = RequestSource(workload, seed: 1)
    #expect(source.nextArrival()?.cachedTokens == 564)
    let entry = Trace.Entry(arrival: .zero, inputTokens: 1001, outputTokens: 5)
    workload.arrivals = .trace(Trace(entries: [entry]))
    var replayed = RequestSource(workload, seed: 1)
    #expect(replayed.nextArrival()?.cachedTokens == 564)
    workload.classes[0].cachedShare = 1
    var whole = RequestSource(workload, seed: 1)
    #expect(whole.nextArrival()?.cachedTokens == 1000)
  }

  @Test(arguments: [
    (DurationDistribution.fixed(seconds: 20), 0.0),
    (.exponential(meanSeconds: 20), 1.0),
    (.logNormal(meanSeconds: 20, coefficientOfVariation: 0.7), 0.7),
  ])
  func pausesHaveTheirMoments(pause: DurationDistribution, cv: Double) {
    let count = 50_000.0
    var random = RandomStream(seed: 1, name: "pauses")
    let values = (0..<Int(count)).map { _ in pause.sample(&random).seconds }
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(mean - 20) <= 4 * 20 * cv / count.squareRoot() + 1e-9)
    #expect(abs(variance.squareRoot() / 20 - cv) < 0.03)
  }

  @Test func aPauseIsAtMostAYear() throws {
    var random = RandomStream(seed: 1, name: "pauses")
    let pause = DurationDistribution.logNormal(mu: 15, sigma: 100)
    let values = (0..<100).map { _ in pause.sample(&random).seconds }
    #expect(abs(try #require(values.max()) - 31_557_600) < 1e-6)
    #expect(
      DurationDistribution.logNormal(meanSeconds: 0, coefficientOfVariation: 2)
        .sample(&random) == .zero)
  }
}
