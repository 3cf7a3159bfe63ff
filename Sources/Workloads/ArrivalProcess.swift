package import Units

/// When requests come.
package enum ArrivalProcess: Equatable, Sendable {
  /// Independent arrivals at a mean rate [req/s].
  case poisson(rate: Double)
  /// Gaps with a gamma distribution: a coefficient of variation above 1 is bursty, 1 is Poisson.
  case gamma(rate: Double, coefficientOfVariation: Double)
  /// Independent arrivals at a rate that rises and falls over the day.
  case diurnal(DiurnalRate)
  /// A fixed number of clients; each sends its next request a think time after its last answer.
  case closedLoop(clients: Int, thinkTime: SimDuration)
  /// Independent arrivals at rates that follow each other.
  case staged(StagedRate)
  /// Everything is there at the start.
  case offline
  /// Arrivals and lengths as recorded.
  case trace(Trace)

  /// The trace whose requests come when they came; nil of every other process.
  package var trace: Trace? {
    if case .trace(let trace) = self { trace } else { nil }
  }

  /// Whether an arrival waits for a completion.
  package var isClosed: Bool {
    if case .closedLoop = self { true } else { false }
  }

  /// Whether requests come at times of their own, however many are waiting.
  package var isOpen: Bool {
    switch self {
    case .poisson, .gamma, .diurnal, .staged, .trace: true
    case .closedLoop, .offline: false
    }
  }

  /// Whether they come for as long as anybody looks, whatever was served before.
  package var isEndless: Bool {
    switch self {
    case .poisson, .gamma, .diurnal: true
    case .staged(let rate): rate.repeats
    case .closedLoop, .offline, .trace: false
    }
  }

  /// Mean rate of the arrivals [req/s]; nil of a process that has none.
  package var meanRate: Double? {
    switch self {
    case .poisson(let rate), .gamma(let rate, _): rate
    case .diurnal(let rate): rate.mean
    case .staged(let rate): rate.mean
    case .closedLoop, .offline, .trace: nil
    }
  }

  /// Highest rate that the arrivals come to [req/s], which a deployment must be able to serve; nil
  /// of a process that has none.
  package var highestRate: Double? {
    switch self {
    case .diurnal(let rate): rate.highest
    case .staged(let rate): rate.highest
    default: meanRate
    }
  }

  /// Time after which an endless process begins anew [s]; nil where it is always the same.
  package var periodSeconds: Double? {
    switch self {
    case .diurnal(let rate) where rate.swing > 0: rate.periodSeconds
    case .staged(let rate) where rate.repeats: rate.seconds
    default: nil
    }
  }

  /// The process as it is when it is busiest, all along.
  package var atPeak: ArrivalProcess {
    switch self {
    case .diurnal(let rate): .poisson(rate: rate.highest)
    case .staged(let rate): .poisson(rate: rate.highest)
    default: self
    }
  }
}

/// The part of a run by which a deployment is judged.
package enum Judgement: String, CaseIterable, Sendable {
  /// A load that never ends by what is always the case, one that ends as it is.
  case byArrivals = "by-arrivals"
  /// By what is always the case, also of clients who would stop.
  case steady
  /// By all of it, filling and draining included, as a benchmark campaign is measured.
  case whole
}

/// The traffic of a scenario.
package struct Workload: Equatable, Sendable {
  package var arrivals: ArrivalProcess
  /// How many requests the run has in all, the later turns of conversations included; of a load
  /// that never ends, at the least.
  package var requests: Int
  package var judgement = Judgement.byArrivals
  /// Classes of requests, at least one; ignored by a trace, which has its own lengths, but for the
  /// first one's name.
  package var classes: [RequestClass]
  /// The trace whose requests come one after the other, again and again, when other arrivals than
  /// its own ask for them; nil draws from the classes.
  package var replayed: Trace?
  /// Work that nobody waits for, sent while a window is open.
  package var batch: BatchWindow?

  package init(arrivals: ArrivalProcess, requests: Int, classes: [RequestClass]) {
    self.arrivals = arrivals
    self.requests = requests
    self.classes = classes
  }

  /// Whether it is judged by what is always the case, and not by how it begins and ends.
  package var isJudgedSteady: Bool {
    // Questions that are open when a part begins or ends belong to none.
    if classes.contains(where: { $0.strategy != nil }) { return false }
    return switch judgement {
    case .byArrivals: arrivals.isEndless
    case .steady: arrivals.isEndless || arrivals.isClosed
    case .whole: false
    }
  }

  /// Whether prompts are read for vectors or scores, and nothing is written.
  package var answersNothing: Bool {
    recorded?.answersNothing ?? classes.allSatisfy(\.answersNothing)
  }

  /// Whether a completion may lead to another request.
  package var hasFollowUps: Bool {
    arrivals.isClosed || hasConversations || batch != nil
      || classes.contains { $0.strategy != nil }
  }

  /// Whether a request's prompt begins with those before it and their answers.
  package var hasConversations: Bool {
    classes.contains { $0.sessions != nil } || recorded?.hasTurns == true
  }

  /// Whether calls of a question begin with what those of an earlier round were given.
  package var hasQuestionsOfRounds: Bool {
    classes.contains { $0.strategy.map { $0.mostRounds > 1 } ?? false }
  }

  /// The trace whose requests come, whenever they come.
  package var recorded: Trace? {
    arrivals.trace ?? replayed
  }

  /// Tokens of prompt and answer of the longest request that can come.
  package var longestRequest: Int {
    if let trace = recorded { return trace.longestRequest }
    return classes.reduce(0) { longest, item in
      let written = (item.thinking?.longest ?? 0) + item.output.longest
      let call =
        item.strategy?.longestCall(
          prompt: item.input.longest, written: written, answer: item.output.longest)
        ?? item.input.longest + item.mediaTokens + written
      return max(longest, call)
    }
  }
}
