import OperatorCosts
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Units
import Workloads

/// Requests that are more urgent than others, and clients that go away.
struct PriorityTests {
  private static let seconds = 0.01

  /// Geometric: the exponential on whole tokens.
  private static let service: LengthDistribution = {
    let ratio = 1 - 1.0 / 1000
    var power = 1.0
    let cumulative = (1...12_000).map { _ -> Double in
      power *= ratio
      return 1 - power
    }
    return .empirical(lengths: Array(1...12_000), cumulative: cumulative)
  }()

  /// One request at a time, whose prompt is its service and whose answer is one token.
  private func queue(
    _ classes: [RequestClass], load: Double, count: Int, _ priorities: PriorityOrder? = nil
  ) -> RunSummary {
    var limits = SchedulerLimits(
      policy: .chunkedPrefill, tokenBudget: 1_000_000, maximumSequences: 1)
    limits.priorities = priorities
    let summary = Simulation(
      SimulationConfiguration(
        model: StepModel(secondsPerStep: 0, secondsPerToken: Self.seconds / 1000), limits: limits,
        capacity: CacheCapacity(totalBlocks: 1_000_000, blockTokens: 16),
        workload: Workload(
          arrivals: .poisson(rate: load / Self.seconds), requests: count, classes: classes),
        seed: 2026, keepsRecords: true)
    ).finish()
    #expect(summary.brokenLaws == [])
    return summary
  }

  /// Cobham, "Priority assignment in waiting line problems", Operations Research 2, 1954: waits of
  /// rho / (1 - rho_1) and rho / ((1 - rho_1) (1 - rho)) mean services.
  @Test(arguments: [0.6, 0.9])
  func urgentRequestsWaitAsCobhamSays(_ load: Double) {
    let classes = ["urgent", "patient"].map {
      RequestClass(name: $0, input: Self.service, output: .fixed(1))
    }
    let summary = queue(
      classes, load: load, count: LongTests.areEnabled ? 1_000_000 : 60_000,
      PriorityOrder(ofClasses: [0, 5]))
    func wait(_ index: Int16) -> BatchMeans {
      BatchMeans(
        summary.records.filter { $0.request.classIndex == index }.map {
          ($0.scheduled - $0.request.arrival).seconds / Self.seconds
        })
    }
    let half = load / 2
    let expected = [load / (1 - half), load / ((1 - half) * (1 - load))]
    #expect(wait(0).agrees(with: expected[0]), "\(wait(0))")
    #expect(wait(1).agrees(with: expected[1]), "\(wait(1))")
    // The canary: they do not wait alike, and neither as if there were no order.
    #expect(!wait(0).agrees(with: load / (1 - load)))
  }

  /// Palm's queue with one server (Erlang-A): with n in the system, n - 1 of them may go.
  @Test(arguments: [0.8, 1.5])
  func clientsGoAwayAsFromAQueueOfErlangA(_ load: Double) {
    var item = RequestClass(name: "job", input: Self.service, output: .fixed(1))
    item.patience = Patience(firstToken: .exponential(meanSeconds: 2 * Self.seconds))
    let summary = queue([item], load: load, count: LongTests.areEnabled ? 1_000_000 : 60_000)
    var (weight, sum, gone) = (1.0, 1.0, 0.0)
    for present in 1...200 {
      weight *= load / (1 + Double(present - 1) / 2)
      sum += weight
      gone += weight * Double(present - 1) / 2
    }
    let expected = gone / sum / load
    let found = Double(summary.abandoned) / Double(summary.arrived)
    // Requests are not independent of each other: three times as far as if they were.
    let error = (expected * (1 - expected) / Double(summary.arrived)).squareRoot()
    #expect(abs(found - expected) < 9 * error, "\(found) of \(expected)")
    #expect(summary.completed + summary.abandoned == summary.arrived)
  }

  /// A slow one and then an urgent one, there at once: 16 tokens in, 10 out, a millisecond a step.
  private func slowAndUrgent(
    seats: Int, blocks: Int, patience: Patience? = nil
  ) -> RunSummary {
    var limits = SchedulerLimits(
      policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: seats)
    limits.priorities = PriorityOrder(ofClasses: [9, 0])
    var classes = ["slow", "urgent"].map {
      RequestClass(name: $0, input: .fixed(16), output: .fixed(10))
    }
    classes[0].patience = patience
    var configuration = SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.001), limits: limits,
      capacity: CacheCapacity(totalBlocks: blocks, blockTokens: 16),
      workload: Workload(arrivals: .offline, requests: 2, classes: classes), keepsRecords: true)
    configuration.seed = seed(ofClasses: configuration.workload)
    return Simulation(configuration).finish()
  }

  /// A seed with which the first request is of the first class and the other one of the second.
  private func seed(ofClasses workload: Workload) -> UInt64 {
    (1...1_000).first { seed in
      var source = RequestSource(workload, seed: seed)
      return source.nextArrival()?.classIndex == 0 && source.nextArrival()?.classIndex == 1
    }!
  }

  @Test func theLessUrgentOneLosesItsBlocksThoughItCameFirst() {
    let summary = slowAndUrgent(seats: 4, blocks: 3)
    let records = summary.records.sorted { $0.request.index < $1.request.index }
    #expect(records.map(\.preemptions) == [1, 0])
    #expect(summary.classes.map(\.preempted) == [1, 0])
  }

  @Test(arguments: [(nil, 0), (9, 0), (8, 1)] as [(Int32?, Int64)])
  func whoRunsGivesWayToWhatIsMoreUrgentByMoreThanTheMargin(
    _ margin: Int32?, _ preemptions: Int64
  ) {
    var limits = SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 100, maximumSequences: 1)
    limits.priorities = PriorityOrder(ofClasses: [9, 0], margin: margin)
    let classes = ["slow", "urgent"].map {
      RequestClass(
        name: $0, input: .fixed(16), output: .fixed(10),
        sessions: $0 == "slow"
          ? nil : Sessions(turns: .fixed(2), thinkTime: .fixed(seconds: 0.0035)))
    }
    var configuration = SimulationConfiguration(
      model: StepModel(secondsPerStep: 0.001), limits: limits,
      capacity: CacheCapacity(totalBlocks: 100, blockTokens: 16),
      workload: Workload(
        arrivals: .closedLoop(clients: 2, thinkTime: .zero), requests: 3, classes: classes),
      keepsRecords: true)
    configuration.seed = seed(ofClasses: configuration.workload)
    let summary = Simulation(configuration).finish()
    // The urgent one goes first; its second turn comes while the slow one writes.
    #expect(summary.preemptions == preemptions)
    let last = summary.records.max { $0.finish < $1.finish }
    #expect(last?.request.classIndex == (preemptions > 0 ? 0 : 1))
  }

  @Test func anAnswerThatIsLateIsGivenUpAndItsBlocksAreFree() {
    let patience = Patience(deadline: .fixed(seconds: 0.0045))
    let summary = slowAndUrgent(seats: 1, blocks: 100, patience: patience)
    // The slow one waits for ten steps of the urgent one, and has gone.
    #expect(summary.abandoned == 1)
    #expect(summary.classes.map(\.abandoned) == [1, 0])
    #expect(summary.brokenLaws == [])
  }
}
