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

  @Test(arguments: [
    (Strategy.tree(.init(width: 4, branches: 4, depth: 10, verdict: 2)), 20.0),
    (.vote(.init(samples: 7, atOnce: 3)), 3), (.best(.init(samples: 8, verdict: 4)), 2),
    (.debate(agents: 3, rounds: 4), 4), (.batch(.init(texts: 23, text: .fixed(480))), 1),
  ])
  func aQuestionIsAsLongAsItsRounds(strategy: Strategy, rounds: Double) {
    #expect(ConversationLength(strategy).nanoseconds(request: 2e9) == 2e9 * rounds)
  }

  /// A vote of four holds a quarter of its prompt for each of its samples.
  @Test func callsOfAQuestionHoldItsPromptOnce() {
    var item = RequestClass(name: "question", input: .fixed(100), output: .fixed(40))
    item.strategy = .vote(.init(samples: 4))
    let workload = Workload(arrivals: .offline, requests: 1, classes: [item])
    #expect(workload.meanHeld(sharing: true) == 45)
    #expect(workload.meanHeld(sharing: false) == 120)
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
    #expect(workload(nil).meanHeld(sharing: true) == 120)
  }

  @Test func pausesHaveTheMeanThatTheyWereGiven() {
    #expect(DurationDistribution.fixed(seconds: 3).meanSeconds == 3)
    #expect(DurationDistribution.exponential(meanSeconds: 4).meanSeconds == 4)
    let skewed = DurationDistribution.logNormal(meanSeconds: 6, coefficientOfVariation: 2)
    #expect(abs(skewed.meanSeconds - 6) < 1e-9)
  }
}
