import Diagnostics
import Outcomes
import Results
import Runs
import Scenarios
import ServingSimulation
import TestSupport
import Testing

/// Conversations that find their earlier turns in a cache as long as nothing happens.
struct FragileLoadTests {
  private func outcome(_ settings: String...) throws -> Outcome { try outcome(settings) }

  private func outcome(_ settings: [String]) throws -> Outcome {
    let talks = [
      "model=Qwen/Qwen3-8B", "memory={reserved: 90 GB}",
      """
      workload={requests: 2000, arrivals: {process: poisson, rate: 0.5 req/s}, input: 1200, \
      output: 20, sessions: {turns: 10, think_time: {distribution: exponential, mean: 2 s}}}
      """,
    ]
    let overrides = try (talks + settings).map { try ConfigOverride(argument: $0) }
    return try Outcome.simulate(
      try Deployment(ScenarioCatalogue.load(nameOrPath: "questions/agents", overrides: overrides)))
  }

  @Test func whatLastsUntilSomethingHappensIsNeitherHeldNorABacklog() throws {
    let capacity = try #require(try outcome().load.capacity).rate
    let states = try [0.9, 1.2, 2].map { factor in
      try outcome("workload.arrivals.rate=\(factor * capacity / 10) req/s")
    }
    #expect(states.map(\.load.state) == [.sustained, .fragile, .overloaded])
    #expect(states.map(\.load.isSustained) == [true, false, false])
    #expect(states.map(\.sample.kind) == [.steady, .steady, .backlog])
    #expect(
      LoadWarning(states[1])?.words.hasSuffix(
        "can be served once a burst or an outage has driven the conversations out of the caches: "
          + "figures are of the time before that") == true)
  }

  /// What is far behind after hours does not last until something happens.
  @Test func whatFallsBehindIsABacklogThoughItLooksSteady() throws {
    let talks = [
      "model=Qwen/Qwen3-30B-A3B", "hardware=h100-sxm", "engine=sglang", "memory={}",
      """
      workload={requests: 4000, arrivals: {process: poisson, rate: 0.8 req/s}, input: 220, \
      output: {distribution: lognormal, mean: 300, cv: 0.6, maximum: 3000}, \
      shared_prefix: {tokens: 1500}, sessions: {turns: {distribution: lognormal, mean: 5, \
      cv: 0.8}, think_time: {distribution: exponential, mean: 25 s}}}
      """,
    ]
    let load = try outcome(talks).load
    #expect(load.state == .overloaded, "\(load)")
  }

  /// Replicas that fail before every answer serve nothing, however long it takes.
  @Test func nothingIsServedBetweenFailuresThatComeFasterThanAnswers() throws {
    let failing = [
      "availability={mean_time_between_failures: 2 s, restart: 1 s}",
      "workload={requests: 5000, arrivals: {process: poisson, rate: 3 req/s}, input: 500, "
        + "output: 4000}",
    ]
    #expect {
      try outcome(failing)
    } throws: { error in
      guard case .nothingServed(let counts)? = error as? RunFailure else { return false }
      return counts.completed == 0 && counts.lost > 0
    }
  }

  /// Agents who read each other's answers find their rounds of before as long as nobody waits. A
  /// queue is served at what the capacity says, a load that is a little higher as it comes.
  @Test(.enabled(if: LongTests.areEnabled))
  func aDebateIsServedAtItsCapacityOnceItWaits() throws {
    func outcome(questions rate: Double) throws -> Outcome {
      try self.outcome(
        """
        workload={requests: 2000, arrivals: {process: poisson, rate: \(rate) req/s}, \
        input: 2000, output: 200, answering: {strategy: debate, agents: 3, rounds: 4}}
        """)
    }
    let capacity = try #require(try outcome(questions: 0.2).load.capacity).rate
    let served = try [1.2, 3].map { try outcome(questions: $0 * capacity / 12).load.served }
    #expect(served[0] > 1.1 * capacity)
    #expect(abs(served[1] / capacity - 1) < 0.05)
  }

  /// Ten minutes without the machine: below the capacity they are made good, above it never.
  @Test func anOutageTurnsAFragileLoadIntoABacklog() throws {
    let capacity = try #require(try outcome().load.capacity).rate
    for (factor, isMadeGood) in [(0.85, true), (1.2, false)] {
      let outcome = try outcome(
        "workload.arrivals.rate=\(factor * capacity / 10) req/s", "workload.requests=60000",
        "availability={outages: [{replica: 0, at: 20 min, for: 10 min}]}")
      #expect((outcome.load.waitingShare < 0.7) == isMadeGood, "\(factor): \(outcome.load)")
    }
  }
}
