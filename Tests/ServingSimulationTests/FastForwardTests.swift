import OperatorCosts
import ServingSimulation
import TestSupport
import Testing
import Units

/// A run of undisturbed steps taken at once is the same as its steps taken one by one.
struct FastForwardTests {
  @Test func fastForwardEqualsStepByStep() {
    var seen = Coverage()
    for seed in LongTests.seeds(short: 300, long: 20_000) {
      let scenario = RandomScenario(seed: seed)
      let fast = scenario.summary(.fastForward)
      let slow = scenario.summary(.stepwise)
      let differences = Self.differences(fast, slow)
      guard differences.isEmpty else {
        Issue.record("\(scenario)\n  \(differences.joined(separator: "\n  "))")
        return
      }
      let frontEnd = scenario.configuration.pools[0].frontEnd
      let broken =
        LawChecker.brokenLaws(of: fast, behind: frontEnd)
        + LawChecker.brokenLaws(of: slow, behind: frontEnd)
      guard broken.isEmpty else {
        Issue.record("\(scenario)\n  \(broken.joined(separator: "\n  "))")
        return
      }
      seen.add(fast, scenario.configuration)
    }
    seen.expectEverything()
  }

  static func differences(_ fast: RunSummary, _ slow: RunSummary) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ value: (RunSummary) -> Value) {
      if value(fast) != value(slow) { found.append("\(name): \(value(fast)) != \(value(slow))") }
    }
    compare("completed", \.completed)
    compare("rejected", \.rejected)
    compare("preemptions", \.preemptions)
    compare("preempted requests", \.preemptedRequests)
    compare("fingerprint", \.fingerprint.text)
    compare("steps", \.steps)
    compare("prefilled tokens", \.prefilledTokens)
    compare("decoded tokens", \.decodedTokens)
    compare("busy time", \.pools[0].busyFemtoseconds)
    compare("prefill time", \.pools[0].prefillFemtoseconds)
    compare("makespan", \.makespan)
    compare("largest batch", \.pools[0].largestBatch)
    compare("largest used blocks", \.pools[0].largestUsedBlocks)
    compare("requests in system", \.inSystem)
    compare("requests in queue", \.queue)
    compare("sum of gaps", \.interTokenFemtoseconds)
    // Whole sketches and records are too long to print.
    compare("gaps between tokens") { $0.interToken == fast.interToken }
    compare("time per output token") { $0.timePerOutputToken == fast.timePerOutputToken }
    if let pair = zip(fast.records, slow.records).first(where: { $0 != $1 }) {
      found.append("record: \(pair.0) != \(pair.1)")
    }
    let work: [(String, (RunSummary) -> Double)] = [
      ("compute", \.work.compute), ("memory", \.work.memory), ("host", \.work.host),
      ("interconnect", \.work.interconnect), ("FLOPs", \.work.flops), ("bytes", \.work.bytes),
      ("mean batch", \.pools[0].meanBatch),
      ("blocks in use", { Self.blockSeconds($0) }),
    ]
    for (name, value) in work {
      let size = max(abs(value(fast)), abs(value(slow)))
      // Parts of the busy time may cancel to nothing beside it.
      let tolerance = 1e-9 * max(size, fast.busySeconds)
      if abs(value(fast) - value(slow)) > tolerance {
        found.append("\(name): \(value(fast)) != \(value(slow))")
      }
    }
    return found
  }

  private static func blockSeconds(_ summary: RunSummary) -> Double {
    let seconds = summary.makespan.seconds
    return summary.pools.reduce(0) {
      $0 + $1.meanOccupancy(over: seconds) * seconds * Double($1.totalBlocks)
    }
  }

  /// What the random scenarios must have met at least once, or they prove little.
  private struct Coverage {
    var preempted = 0
    var rejected = 0
    var answered = 0
    var savedSteps = 0
    var hostBound = 0
    /// Runs that would be others without a setting of the engine.
    var changed: [String: Int] = [:]

    mutating func add(_ summary: RunSummary, _ configuration: SimulationConfiguration) {
      note("plans ahead", summary, configuration) { $0.limits.plansAhead = false }
      note("gathers", summary, configuration) { $0.limits.gathering = nil }
      note("front end", summary, configuration) { $0.pools[0].frontEnd = .none }
      if configuration.limits.policy == .wholePrompts {
        note("whole prompts", summary, configuration) { $0.limits.policy = .chunkedPrefill }
      }
      if summary.preemptions > 5 { preempted += 1 }
      if summary.rejected > 0 { rejected += 1 }
      if summary.thinkingTokens > 0 { answered += 1 }
      if summary.runs * 2 < summary.steps { savedSteps += 1 }
      if summary.pools[0].work.host > 0, summary.pools[0].work.compute > 0 { hostBound += 1 }
    }

    private mutating func note(
      _ name: String, _ summary: RunSummary, _ configuration: SimulationConfiguration,
      without change: (inout SimulationConfiguration) -> Void
    ) {
      guard changed[name, default: 0] < 15 else { return }
      var other = configuration
      change(&other)
      let isOther = Simulation(other).finish().fingerprint.text != summary.fingerprint.text
      changed[name, default: 0] += isOther ? 1 : 0
    }

    func expectEverything() {
      for (name, count) in changed.sorted(by: { $0.key < $1.key }) {
        #expect(count >= 15, "\(name) matters in only \(count) runs")
      }
      #expect(preempted >= 20, "runs with more than five preemptions")
      #expect(rejected >= 10)
      #expect(answered >= 20)
      #expect(savedSteps >= 20, "runs that took less than half as many events as steps")
      #expect(hostBound >= 20)
    }
  }
}
