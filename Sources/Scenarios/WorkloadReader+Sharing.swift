internal import Diagnostics
internal import Units
internal import Workloads

// What prompts have in common: shared texts, conversations, stated shares.
extension WorkloadReader {
  /// The keys beside a kind's lengths.
  func readSharing(of map: ConfigMapping, into item: inout RequestClass) {
    item.sharedPrefix = map.optional("shared_prefix").map(readSharedPrefix)
    item.sessions = map.optional("sessions").map(readSessions)
    if let node = map.optional("between_turns") { readBetweenTurns(node, into: &item) }
    let answering = map.optional("answering")
    defer { if let answering { readAnswering(answering, into: &item) } }
    guard let node = map.optional("cached_share") else { return }
    item.cachedShare = node.number(.within(0...1))
    if item.sharedPrefix != nil || item.sessions != nil {
      let other = item.sharedPrefix == nil ? "sessions" : "shared_prefix"
      node.report(
        "two-caches", "`\(node.path)` cannot be given together with `\(other)`",
        notes: ["a stated share is taken as it is; the other one is looked up in the cache"],
        hint: "leave out one of them")
    }
  }

  /// A trace has its own lengths, and may have its own ids.
  func readTraceClass(of map: ConfigMapping, _ trace: Trace) -> RequestClass {
    var item = RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))
    readClients(of: map, into: &item)
    if let node = map.optional("between_turns") { readBetweenTurns(node, of: trace, into: &item) }
    guard let node = map.optional("cached_share") else { return item }
    item.cachedShare = node.number(.within(0...1))
    if trace.blockTokens != nil {
      node.report(
        "two-caches", "`\(node.path)` cannot be given with a trace that has block ids",
        notes: ["a stated share is taken as it is; the ids are looked up in the cache"],
        hint: "leave it out")
    }
    return item
  }

  /// One class for each priority that a trace has.
  func byPriority(_ item: RequestClass, _ trace: Trace) -> [RequestClass] {
    guard trace.summary.priorities.count > 1 else { return [item] }
    return trace.summary.priorities.map { priority in
      var kind = item
      // As the file has it.
      let isReversed = trace.summary.format?.isHigherMoreUrgent ?? false
      kind.name = "priority \(isReversed ? -priority : priority)"
      kind.priority = priority
      return kind
    }
  }

  func readSharedPrefix(_ node: ConfigNode) -> SharedPrefix {
    let map = node.mapping()
    let prefix = SharedPrefix(
      tokens: readLength(map.required("tokens"), WorkloadLimits.lengths),
      variants: map.optional("variants")?.integer(in: WorkloadLimits.variants) ?? 1,
      popularity: map.optional("popularity")?.number(.within(0...10)) ?? 0)
    map.finish()
    return prefix
  }

  private func readSessions(_ node: ConfigNode) -> Sessions {
    let map = node.mapping()
    let turns = readLength(map.required("turns"), WorkloadLimits.turns)
    let pause = map.optional("think_time").map { readPause($0) } ?? (.fixed(seconds: 0), 0)
    var sessions = Sessions(turns: turns, thinkTime: pause.distribution)
    readAgents(map, into: &sessions)
    map.finish()
    let years = Double(turns.longest) * pause.meanSeconds / WorkloadLimits.secondsPerYear
    if years > WorkloadLimits.longestYears {
      node.report(
        "too-long",
        "a conversation may take more than \(NumberText.fixed(WorkloadLimits.longestYears, 0)) "
          + "years: \(NumberText.significant(years))",
        hint: "lower `\(node.path).turns` or `\(node.path).think_time`")
    }
    return sessions
  }

  private enum PauseShape: String, CaseIterable {
    case exponential, lognormal
  }

  /// A pause: a plain quantity, or a mapping with a `distribution`.
  func readPause(
    _ node: ConfigNode, _ range: ClosedRange<Double> = WorkloadLimits.thinkTimes
  ) -> (distribution: DurationDistribution, meanSeconds: Double) {
    let bounds = Bounds.within(range)
    guard node.isMapping else {
      let seconds = node.quantity(.seconds, bounds)
      return (.fixed(seconds: seconds), seconds)
    }
    let map = node.mapping()
    let shape =
      map.required("distribution")?.choice(PauseShape.self, default: .exponential) ?? .exponential
    let mean = map.required("mean")?.quantity(.seconds, bounds) ?? 0
    let distribution: DurationDistribution
    switch shape {
    case .exponential: distribution = .exponential(meanSeconds: mean)
    case .lognormal:
      let cv = map.required("cv")?.number(.within(0...100)) ?? 1
      // The logarithm of a mean of 0 s is minus infinity, and the pause then 0 s, as it should be.
      distribution = .logNormal(meanSeconds: mean, coefficientOfVariation: cv)
    }
    map.finish()
    return (distribution, mean)
  }
}
