internal import Results
package import Runs
package import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

extension Outcome {
  /// Runs a deployment under its load for as long as the answer needs.
  ///
  /// A load that never ends is judged in its steady state, one that rises and falls over whole
  /// periods and at its peak. One that is beyond the capacity is run for a while, and said to be.
  /// What ends is run to its end.
  package static func simulate(
    _ deployment: Deployment, _ question: OutcomeQuestion = OutcomeQuestion(),
    _ watch: RunWatch = RunWatch()
  ) throws(RunFailure) -> Outcome {
    var configuration = deployment.configuration(mode: question.mode)
    configuration.keepsHistory = question.keepsHistory
    configuration.timelineEvents = question.timelineEvents
    let workload = deployment.scenario.workload
    var capacity = question.capacity
    if capacity == nil, question.hasCapacity {
      capacity = try measuredCapacity(deployment, watch)
    }
    guard workload.isJudgedSteady, !deployment.hasPlannedOutages else {
      let summary = try Simulation(configuration).toEnd(watch)
      guard summary.completed > 0 || summary.rejected + summary.lost + summary.abandoned == 0,
        answersSome(summary, of: workload)
      else { throw .nothingServed(summary.counts) }
      return whole(deployment, summary, capacity)
    }
    guard workload.arrivals.periodSeconds != nil else {
      return try steady(deployment, configuration, question, capacity, watch)
    }
    var peak: [Outcome] = []
    if question.hasPeak || !question.hasWholePeriods {
      var busiest = configuration
      busiest.workload = workload.atPeak
      busiest.keepsHistory = false
      busiest.timelineEvents = nil
      let found = try steady(deployment, busiest, question, capacity, watch)
      guard question.hasWholePeriods else { return found }
      peak = [found]
    }
    return try periodic(deployment, configuration, capacity, peak, watch)
  }

  /// False where all questions failed, although calls of theirs were served.
  private static func answersSome(_ summary: RunSummary, of workload: Workload) -> Bool {
    guard let questions = summary.questions, questions.failed > 0,
      workload.classes.allSatisfy({ $0.strategy != nil })
    else { return true }
    return questions.answered > 0
  }

  /// Nil when nothing is ever served: the run itself says why.
  private static func measuredCapacity(
    _ deployment: Deployment, _ watch: RunWatch
  ) throws(RunFailure) -> Capacity? {
    do throws(RunFailure) {
      return try Capacity.measure(deployment.configuration(), .exact, watch)
    } catch .nothingServed {
      return nil
    }
  }

  private static func whole(
    _ deployment: Deployment, _ summary: RunSummary, _ capacity: Capacity?
  ) -> Outcome {
    let seconds = summary.makespan.seconds
    return Outcome(
      deployment: deployment, summary: summary,
      load: LoadOutcome(
        .finite, summary, of: deployment.scenario.workload, capacity),
      sample: Sample(
        kind: .whole, requests: summary.arrived, warmUpSeconds: 0, seconds: seconds),
      part: nil, peak: [])
  }

  private static func steady(
    _ deployment: Deployment, _ configuration: SimulationConfiguration,
    _ question: OutcomeQuestion, _ capacity: Capacity?, _ watch: RunWatch
  ) throws(RunFailure) -> Outcome {
    let offered = configuration.workload.offeredRate
    // What is far from its capacity on either side forgets soon.
    let losesClients = configuration.workload.losesClients
    let isBeyond = configuration.workload.isBeyond(capacity)
    var steadyQuestion = SteadyQuestion(
      requests: question.requests, criteria: question.criteria,
      capacity: losesClients ? nil : capacity?.rate,
      depth: question.depth, mostRequests: question.mostRequests)
    if capacity?.limit == .cache {
      steadyQuestion.variation = configuration.workload.holdingVariation
    }
    // So near to the capacity that the run which would say how long the queue is has no end.
    let isTooNear =
      !isBeyond && steadyQuestion.leastRequests(of: configuration.workload) > question.mostRequests
    if question.depth.isReported, offered != nil { steadyQuestion.criteria.append(.tokenRate) }
    let mayHold = isBeyond && configuration.keepsConversations
    if mayHold {
      steadyQuestion.mostRequests = max(question.requests, fragileRequests)
      steadyQuestion.capacity = nil
    } else if isBeyond || isTooNear {
      // It says how things are, and nothing more can be learnt.
      steadyQuestion.criteria = []
      let excess = (offered ?? 0) / max(capacity?.rate ?? 0, 1e-9)
      steadyQuestion.mostRequests = max(
        question.requests,
        min(fragileRequests, max(overloadedRequests, Int(min(1e9, excess * overloadedServed)))))
    }
    let run = try SteadyRun.run(configuration, asking: steadyQuestion, watch)
    let summary = run.summary
    // Nothing is ever there in time where replicas fail before every answer.
    guard summary.completed > 0 || summary.lost == 0,
      answersSome(summary, of: configuration.workload)
    else {
      throw .nothingServed(summary.counts)
    }
    let state: LoadOutcome.State =
      if mayHold && run.isSettled && !run.fallsBehind {
        .fragile
      } else if isBeyond
        || (!isTooNear && !losesClients && offered != nil && run.queueGrows)
      {
        .overloaded
      } else {
        run.isSettled || run.isHopeless ? .sustained : .undecided
      }
    let isBacklog = state != .sustained && state != .fragile
    return Outcome(
      deployment: deployment, summary: summary,
      load: LoadOutcome(state, summary, of: configuration.workload, capacity),
      sample: Sample(
        kind: isBacklog ? .backlog : .steady, requests: run.arrived,
        warmUpSeconds: run.warmUp.seconds, seconds: run.part.seconds, memories: run.memories),
      part: run.part, peak: [])
  }

  private static func periodic(
    _ deployment: Deployment, _ configuration: SimulationConfiguration, _ capacity: Capacity?,
    _ peak: [Outcome], _ watch: RunWatch
  ) throws(RunFailure) -> Outcome {
    let run = try PeriodicRun.run(configuration, watch)
    let isBeyond = configuration.workload.isBeyond(capacity)
    return Outcome(
      deployment: deployment, summary: run.summary,
      load: LoadOutcome(
        isBeyond ? .overloaded : .sustained, run.summary, of: configuration.workload, capacity),
      sample: Sample(
        kind: isBeyond ? .backlog : .periods, requests: run.arrived,
        warmUpSeconds: run.part.start.time.seconds, seconds: run.part.seconds,
        periods: run.periods),
      part: run.part, peak: peak)
  }

  /// Requests with which an overload is shown, and those of them that are served at the least: of
  /// twenty times what can be served hardly any would be.
  private static let overloadedRequests = 5_000
  private static let overloadedServed = 3_000.0
  /// Requests after which a load that is beyond what a full system serves is taken to be served
  /// while nothing happens.
  private static let fragileRequests = 200_000
}

extension Workload {
  /// Whether more comes than can be served; where clients go away no queue grows without end.
  fileprivate func isBeyond(_ capacity: Capacity?) -> Bool {
    guard let capacity, !losesClients else { return false }
    return capacity.rate <= offeredRate ?? 0
  }
}

extension LoadOutcome {
  /// A load that lasts is served, or refused, as it comes in the mean, however many came in the
  /// sample.
  fileprivate init(
    _ state: State, _ summary: RunSummary, of workload: Workload, _ capacity: Capacity?
  ) {
    let seconds = summary.makespan.seconds
    let (completed, ended) = (Double(summary.completed), Double(summary.counts.ended))
    let offered = workload.offeredRate
    let lasts = state == .sustained && ended > 0 && workload.isCounted
    self.init(
      state: state, offered: offered,
      served: (lasts ? offered.map { $0 * completed / ended } : nil)
        ?? (seconds > 0 ? completed / seconds : 0), capacity: capacity,
      waitingShare: seconds > 0
        ? Double(summary.queue.timeAboveZero) / Double(summary.makespan.nanoseconds) : 0)
  }
}

extension Deployment {
  /// Whether something happens once, so that no time is like another.
  fileprivate var hasPlannedOutages: Bool { pools.contains { !$0.availability.planned.isEmpty } }
}
