internal import ByteStreams
internal import Diagnostics
internal import Units
internal import Workloads

/// Reads the `workload` of a scenario.
struct WorkloadReader {
  let source: ConfigSource
  /// Finds a file that the scenario names, relative to it.
  let openFile: (_ name: String) throws -> ByteSource
  let seed: UInt64

  static let mostRequests = 1_000_000_000

  func read(_ node: ConfigNode?) -> Workload {
    guard let node else {
      return Workload(arrivals: .offline, requests: 1, classes: [])
    }
    let map = node.mapping()
    var arrivals = ArrivalProcess.offline
    let isKnown = source.clean { arrivals = readArrivals(map.required("arrivals")) } != nil
    let requests = readRequests(map, arrivals)
    let replayed = map.optional("replay").flatMap { readReplay($0, arrivals) }
    var classes: [RequestClass] = []
    if let trace = arrivals.trace ?? replayed {
      classes = byPriority(readTraceClass(of: map, trace), trace)
    } else if let list = map.optional("classes") {
      classes = list.sequence().map { readClass($0) }
      if classes.count > WorkloadLimits.mostClasses {
        list.report(
          "too-many-classes",
          "`\(list.path)` has more than \(WorkloadLimits.mostClasses) entries: \(classes.count)")
      }
      if classes.isEmpty { list.report("empty-list", "`\(list.path)` must not be empty") }
    } else {
      classes = [readLengths(of: map, name: "all", share: 1)]
    }
    let judgement = readJudgement(map.optional("judge"), arrivals)
    let batch = map.optional("batch")
    map.finish()
    // What stands in for a rate that cannot be read says nothing of how long they take.
    if isKnown { checkDuration(arrivals, requests, at: node) }
    var workload = Workload(arrivals: arrivals, requests: requests, classes: classes)
    workload.judgement = judgement
    workload.replayed = replayed
    // Of arrivals that cannot be read nothing more is said.
    if let batch, isKnown { readBatch(batch, into: &workload) }
    return workload
  }

  /// By what a deployment is judged, where that is not left to the arrivals.
  private func readJudgement(_ node: ConfigNode?, _ arrivals: ArrivalProcess) -> Judgement {
    guard let node else { return .byArrivals }
    let judgement = node.choice(Judgement.self, default: .byArrivals)
    if judgement == .steady, !arrivals.isEndless, !arrivals.isClosed {
      node.report(
        "no-steady-state", "`\(node.path)` cannot be steady: the requests end",
        hint: "leave it out, and what comes is judged as it is")
    }
    return judgement
  }

  /// Simulated time is whole nanoseconds in 64 bits: 292 years.
  private func checkDuration(_ arrivals: ArrivalProcess, _ requests: Int, at node: ConfigNode) {
    let seconds: Double
    switch arrivals {
    case .poisson(let rate), .gamma(let rate, _): seconds = Double(requests) / rate
    case .diurnal(let rate): seconds = Double(requests) / rate.mean + rate.periodSeconds
    case .closedLoop(let clients, let thinkTime):
      seconds = Double(requests) / Double(clients) * thinkTime.seconds
    case .offline, .staged, .trace: seconds = 0
    }
    let years = seconds / WorkloadLimits.secondsPerYear
    guard years > WorkloadLimits.longestYears else { return }
    node.report(
      "too-long",
      "the requests take more than \(NumberText.fixed(WorkloadLimits.longestYears, 0)) years to "
        + "arrive: \(NumberText.significant(years))",
      hint: "lower `workload.requests`, or raise the rate")
  }

  private func readRequests(_ map: ConfigMapping, _ arrivals: ArrivalProcess) -> Int {
    if case .staged(let rate) = arrivals {
      // As many as come in the stages.
      let most = Double(Self.mostRequests)
      return map.optional("requests")?.integer(in: 1...Self.mostRequests)
        ?? max(1, Int(min(rate.requests.rounded(), most)))
    }
    guard case .trace(let trace) = arrivals else {
      return map.required("requests")?.integer(in: 1...Self.mostRequests) ?? 1
    }
    guard let node = map.optional("requests") else { return trace.requests }
    let requests = node.integer(in: 1...Self.mostRequests)
    if trace.requests > 0, requests > trace.requests {
      node.report(
        "trace-too-short",
        "the trace has fewer requests than asked for: \(trace.requests) of \(requests)",
        hint: "leave `workload.requests` out to use the whole trace")
      return 1
    }
    return requests
  }

  // MARK: Arrivals

  private enum Process: String, CaseIterable {
    case poisson, gamma, diurnal, stages
    case closedLoop = "closed-loop"
    case offline, trace
  }

  private func readArrivals(_ node: ConfigNode?) -> ArrivalProcess {
    guard let node else { return .offline }
    let map = node.mapping()
    let process = map.required("process")?.choice(Process.self, default: .offline) ?? .offline
    func rate() -> Double {
      if let node = map.optional("rate"), node.isSequence {
        node.report(
          "wrong-type", "`\(node.path)` is one rate, and a list",
          hint: "rates that follow each other are `process: stages`, `stages: [{rate: 2 req/s, "
            + "duration: 10 min}, {rate: 6 req/s, duration: 10 min}]`")
        return 1
      }
      return map.required("rate")?.quantity(.requestsPerSecond, .within(WorkloadLimits.rates)) ?? 1
    }
    let arrivals: ArrivalProcess
    switch process {
    case .poisson: arrivals = .poisson(rate: rate())
    case .gamma:
      let cv = map.required("cv")?.number(.within(0.01...100)) ?? 1
      arrivals = .gamma(rate: rate(), coefficientOfVariation: cv)
    case .diurnal: arrivals = .diurnal(readDiurnal(map, mean: rate()))
    case .stages: arrivals = .staged(readStages(map))
    case .closedLoop:
      let clients = map.required("clients")?.integer(in: 1...10_000_000) ?? 1
      let think =
        map.optional("think_time")?.quantity(.seconds, .within(WorkloadLimits.thinkTimes)) ?? 0
      arrivals = .closedLoop(clients: clients, thinkTime: SimDuration(seconds: think))
    case .offline: arrivals = .offline
    case .trace: arrivals = .trace(readTraceArrivals(map))
    }
    map.finish()
    return arrivals
  }

  private func readDiurnal(_ map: ConfigMapping, mean: Double) -> DiurnalRate {
    let swing = map.required("swing")?.number(.within(0...1)) ?? 0
    let period = map.optional("period")?.quantity(.seconds, .within(WorkloadLimits.periods))
    var rate = DiurnalRate(mean: mean, swing: swing, periodSeconds: period ?? 86_400)
    if let peak = map.optional("peak") {
      rate.peakSeconds = peak.quantity(.seconds, .within(0...rate.periodSeconds))
    }
    return rate
  }
}

enum WorkloadLimits {
  /// Longest prompt or answer: ten times the longest context of any model in 2026.
  static let longest = 100_000_000
  static let lengths = 1...longest
  /// From one request in four months to more than any machine could count.
  static let rates = 1e-7...1e9
  /// Up to 30 days.
  static let thinkTimes = 0...2_592_000.0
  /// Up to a year.
  static let periods = 1...31_557_600.0
  /// From a millisecond to a year.
  static let stages = 1e-3...31_557_600.0
  static let turns = 1...10_000
  static let variants = 1...1_000_000
  static let secondsPerDay = 86_400.0
  static let secondsPerYear = 365.25 * secondsPerDay
  static let longestYears = 100.0
  static let mostClasses = 1_000
  /// Largest weight of a class or a length against the others: sums of weights stay exact enough to
  /// compare.
  static let largestWeight = 1e12
}
