import Testing
import Workloads

struct ConversationTests {
  private func sessions(_ turns: LengthDistribution, pause: Double = 10) -> Sessions {
    Sessions(turns: turns, thinkTime: .fixed(seconds: pause))
  }

  @Test func mostTurnsAreOfTheLong() {
    #expect(sessions(.fixed(3)).turnsAroundATurn == 3)
    let halves = LengthDistribution.empirical(lengths: [1, 3], cumulative: [0.5, 1])
    #expect(abs(sessions(halves).turnsAroundATurn - 2.5) < 0.02)
  }

  @Test func aConversationIsLongerThanItsRequests() {
    let length = ConversationLength(sessions(.fixed(3)))
    #expect(length.nanoseconds(request: 2e9) == 26e9)
  }

  @Test func contextsGrowByTurns() {
    func workload(_ sessions: Sessions?) -> Workload {
      Workload(
        arrivals: .offline, requests: 1,
        classes: [
          RequestClass(name: "chat", input: .fixed(100), output: .fixed(40), sessions: sessions)
        ])
    }
    #expect(workload(sessions(.fixed(3))).meanContext == 240)
    #expect(workload(nil).meanContext == 100)
    #expect(workload(nil).meanHeld == 120)
  }

  @Test func pausesHaveTheMeanThatTheyWereGiven() {
    #expect(DurationDistribution.fixed(seconds: 3).meanSeconds == 3)
    #expect(DurationDistribution.exponential(meanSeconds: 4).meanSeconds == 4)
    let skewed = DurationDistribution.logNormal(meanSeconds: 6, coefficientOfVariation: 2)
    #expect(abs(skewed.meanSeconds - 6) < 1e-9)
  }
}
