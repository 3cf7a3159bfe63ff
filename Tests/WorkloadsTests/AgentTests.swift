import Statistics
import TestSupport
import Testing
import Units

@testable import Workloads

/// Conversations of agents: tools that fail, contexts that are summed up.
struct AgentTests {
  private func item(_ change: (inout Sessions) -> Void) -> RequestClass {
    var sessions = Sessions(turns: .fixed(10), thinkTime: .exponential(meanSeconds: 4))
    change(&sessions)
    return RequestClass(
      name: "agent", input: .fixed(100), output: .fixed(20),
      sharedPrefix: SharedPrefix(tokens: .fixed(1_000), variants: 3), sessions: sessions)
  }

  /// All requests of the first conversations, each answered at once.
  private func conversations(_ item: RequestClass, count: Int) -> [[Request]] {
    let workload = Workload(
      arrivals: .poisson(rate: 1), requests: 1_000_000, classes: [item])
    var source = RequestSource(workload, seed: 7)
    return (0..<count).map { _ in
      var all = [source.nextArrival()!]
      while let next = source.nextAfterCompletion(of: all[all.count - 1], at: .zero) {
        all.append(next)
      }
      return all
    }
  }

  @Test func aContextIsSummedUpBeforeItGrowsOn() {
    let agent = item { $0.compaction = Compaction(at: 1_400, instruction: 7, summary: .fixed(60)) }
    for requests in conversations(agent, count: 5) {
      // After the answer to 1,460 there are 1,480 tokens.
      let prompts = requests.prefix(6).map { Int($0.inputTokens) }
      #expect(prompts == [1_100, 1_220, 1_340, 1_460, 1_487, 1_160])
      #expect(requests.prefix(6).map { Int($0.outputTokens) } == [20, 20, 20, 20, 60, 20])
      #expect(requests[4].course.kind == .compaction)
      #expect(requests[5].arrival == .zero)
      #expect(requests.prefix(6).map { Int($0.course.compactions) } == [0, 0, 0, 0, 0, 1])
      #expect(requests.count { $0.course.kind == .turn } == 10)
      #expect(requests.map { Int($0.turn) } == Array(0..<requests.count))
    }
  }

  @Test func whatFollowsASummaryIsAnotherText() {
    let agent = item { $0.compaction = Compaction(at: 1_400, instruction: 7, summary: .fixed(60)) }
    let workload = Workload(arrivals: .offline, requests: 1_000, classes: [agent])
    let prefixes = PrefixSource(workload, seed: 7, blockTokens: 10)
    let requests = conversations(agent, count: 1)[0]
    let chains = requests.prefix(7).map { prefixes.ids(of: $0) }
    func common(_ first: Int, _ second: Int) -> Int {
      zip(chains[first], chains[second]).prefix { $0 == $1 }.count
    }
    #expect(common(0, 1) == 110)
    #expect(common(3, 4) == 146)
    // The shared text alone.
    #expect(common(4, 5) == 100)
    #expect(common(5, 6) == 116)
  }

  @Test func failuresAreNoTurns() {
    let agent = item { $0.failures = ToolFailures(share: 0.25, input: .fixed(9)) }
    let all = conversations(agent, count: 400)
    #expect(all.allSatisfy { $0.count { $0.course.kind == .turn } == 10 })
    let retries = all.joined().count { $0.course.kind == .retry }
    // Nine times in a conversation a tool runs until it works: 9 x 0.25 / 0.75 failures.
    #expect(abs(Double(retries) / 400 - 3) < 0.4, "\(retries)")
    for requests in all {
      for (before, after) in zip(requests, requests.dropFirst()) where after.course.kind == .retry {
        #expect(after.inputTokens == before.inputTokens + 20 + 9)
      }
    }
    let mean = Workload.meanRequests(of: agent)
    #expect(abs(mean - 13) < 0.3, "\(mean)")
  }

  @Test func aTurnWaitsForTheLastOfItsToolsAndReadsAll() {
    let one = conversations(item { _ in }, count: 200)
    let three = conversations(item { $0.tools = 3 }, count: 200)
    #expect(three[0][1].inputTokens == 1_100 + 20 + 300)
    func mean(_ all: [[Request]]) -> Double {
      let pauses = all.flatMap { $0.dropFirst().map(\.arrival.seconds) }
      return pauses.reduce(0, +) / Double(pauses.count)
    }
    #expect(abs(mean(one) - 4) < 0.4)
    // The longest of three: 1 + 1/2 + 1/3 means.
    #expect(abs(mean(three) - 4 * 11 / 6) < 0.6)
  }

  @Test func plainConversationsAreAsTheyWere() {
    #expect(Workload.meanRequests(of: item { _ in }) == 10)
    #expect(conversations(item { _ in }, count: 3).allSatisfy { $0.count == 10 })
  }
}
