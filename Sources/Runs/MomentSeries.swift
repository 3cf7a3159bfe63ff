internal import OperatorCosts
package import ServingSimulation
package import Statistics
internal import Units
internal import Workloads

/// Moments of a run at equal distances: its batches.
package struct MomentSeries: Sendable {
  /// The distance is doubled when there are more.
  static let most = 64
  /// Between two moments the requests in the system are counted as often.
  static let countsPerStretch = 8

  package private(set) var moments: [RunMoment]
  private(set) var spacing: SimDuration
  /// Requests in the system and those of them that wait, mean over each eighth of a stretch.
  private var present: [Double] = []
  private var waiting: [Double] = []
  private var last: (present: Int128, waiting: Int128) = (0, 0)
  let configuration: SimulationConfiguration
  private let conversations: [ConversationLength]
  /// Stretches of a period of a load that rises and falls, after which they are alike again; nil of
  /// other loads.
  var stretchesPerPeriod: Int?

  init(_ first: RunMoment, spacing: SimDuration, of configuration: SimulationConfiguration) {
    moments = [first]
    self.spacing = spacing
    self.configuration = configuration
    conversations = configuration.workload.classes.compactMap { item in
      item.sessions.map { ConversationLength($0) }
        ?? item.strategy.map { ConversationLength($0) }
    }
  }

  package var start: RunMoment { moments[0] }
  package var end: RunMoment { moments[moments.count - 1] }
  package var count: Int { moments.count - 1 }
  package var seconds: Double { (end.time - start.time).seconds }

  /// When something is to be looked at next.
  var next: SimTime {
    let counts = present.count % Self.countsPerStretch + 1
    return SimTime(
      nanoseconds: end.time.nanoseconds
        + spacing.nanoseconds * Int64(counts) / Int64(Self.countsPerStretch))
  }

  /// Looks at a simulation that has come to `next`.
  ///
  /// - Returns: whether that was a moment.
  mutating func look(at simulation: inout Simulation) -> Bool {
    let time = next
    let seconds = Double(spacing.nanoseconds) / Double(Self.countsPerStretch)
    let counted = simulation.counted(until: time)
    present.append(Double(nearest: counted.present - last.present) / seconds)
    waiting.append(Double(nearest: counted.waiting - last.waiting) / seconds)
    last = counted
    guard present.count % Self.countsPerStretch == 0 else { return false }
    moments.append(simulation.moment(at: time))
    return true
  }

  /// Leaves out every second moment.
  mutating func thin() {
    moments = stride(from: 0, to: moments.count, by: 2).map { moments[$0] }
    spacing = spacing + spacing
    present = present.pairSums.map { $0 / 2 }
    waiting = waiting.pairSums.map { $0 / 2 }
  }

  /// From the end of a number of leading stretches on.
  func dropping(_ stretches: Int) -> MomentSeries {
    var rest = self
    rest.moments.removeFirst(stretches)
    rest.present.removeFirst(stretches * Self.countsPerStretch)
    rest.waiting.removeFirst(stretches * Self.countsPerStretch)
    return rest
  }

  /// The first stretch with which the system is as it is later on; nil when it is still on its way.
  var beginning: Int? {
    InitialTransient.length(of: present).map {
      ($0 + Self.countsPerStretch - 1) / Self.countsPerStretch
    }
  }

  /// How long the system remembers how many requests were in it, or waited [s].
  var correlationSeconds: Double {
    let counts = max(
      CorrelationTime.integrated(of: present), CorrelationTime.integrated(of: waiting))
    return counts * spacing.seconds / Double(Self.countsPerStretch)
  }

  /// What happened in all of it.
  package var summary: RunSummary { RunSummary(from: start, to: end, of: configuration) }

  /// Within which 99 of 100 requests came to their end [ns]. It is asked for at every look.
  var slowestNanoseconds: Double { end.values(of: .endToEnd, since: start).quantile(0.99) ?? 0 }

  /// Twice what the conversation around a request takes in the mean, or the question that it is a
  /// call of, of the class where that is longest [ns]; zero where there are none. A system that
  /// starts empty first sees nothing but first turns, and the long conversations are the last to be
  /// as many as they will be.
  var longConversationNanoseconds: Double {
    guard !conversations.isEmpty, let request = estimate(.mean(.endToEnd))?.value else { return 0 }
    return conversations.reduce(0) { max($0, $1.nanoseconds(request: request)) } * 2
  }

  // MARK: Estimates

  /// A figure with its sampling error; nil when the part has none.
  package func estimate(_ quantity: Criterion.Quantity) -> BatchEstimate? {
    switch quantity {
    case .attainment, .share:
      Self.counts(of: quantity).flatMap { ratio($0.held, over: $0.all) }
    case .mean(let latency): ratio({ $0.total(of: latency) }, over: { $0.count(of: latency) })
    case .servedRate(let lengths): servedRate(of: lengths)
    case .tokenRate:
      ratio(
        { Double($0.counts.inputTokens + $0.counts.outputTokens) }, over: { $0.time.seconds })
    case .other(let figure): batches(figure)
    }
  }

  /// The ratio of two quantities that grow over a run, from what they grew by in each stretch.
  private func ratio(
    _ numerator: (RunMoment) -> Double, over denominator: (RunMoment) -> Double
  ) -> BatchEstimate? {
    let (parts, wholes) = (growth(numerator), growth(denominator))
    guard let stretchesPerPeriod else { return BatchEstimate(ratioOf: parts, over: wholes) }
    return BatchEstimate(ratioOf: parts, over: wholes, alikeAfter: stretchesPerPeriod)
  }

  /// What holds and what there is in all until a moment, of a share; nil of any other figure.
  private static func counts(
    of quantity: Criterion.Quantity
  ) -> (held: (RunMoment) -> Double, all: (RunMoment) -> Double)? {
    switch quantity {
    case .attainment: ({ Double($0.counts.good) }, { Double($0.counts.judged) })
    case .share(let latency, let limit, let index):
      (
        { $0.count(of: latency, ofClass: index, upTo: limit) },
        { $0.count(of: latency, ofClass: index) }
      )
    case .mean, .servedRate, .tokenRate, .other: nil
    }
  }

  /// Stretches in which something missed: bursts of misses that do not hang together.
  func stretchesWithMisses(of quantity: Criterion.Quantity) -> Int {
    guard let (held, all) = Self.counts(of: quantity) else { return 0 }
    return growth { all($0) - held($0) }.count { $0 > 0.5 }
  }

  private func growth(_ value: (RunMoment) -> Double) -> [Double] {
    zip(moments.dropFirst(), moments).map { value($0) - value($1) }
  }

  private func servedRate(of lengths: MixLengths?) -> BatchEstimate? {
    let served = ControlVariates.adjusted(
      growth { Double($0.counts.completed) }, by: flows + (lengths.map(excess) ?? []))
    return BatchEstimate(
      ratioOf: served.values, over: growth { $0.time.seconds }, fitted: served.used)
  }

  /// Tokens that were computed in each stretch, less those of the requests that ended in it: what
  /// ends was mostly computed before, and in the long run as much is computed as ends.
  ///
  ///     decoded - (output - completed - preemptions)        prefilled - (input - cached)
  ///
  /// The first token of an answer comes out of its prompt, and so does the next one after a
  /// preemption. Neither is known where it also counts what was computed in vain: wrong guesses,
  /// prompts that are computed again.
  private var flows: [[Double]] {
    var flows: [[Double]] = []
    if configuration.pools.allSatisfy({ $0.model.verifiedTokens == 1 }) {
      flows.append(
        growth { moment in
          let counts = moment.counts
          let expected = counts.outputTokens - counts.answers - counts.preemptions
          return Double(moment.decodedTokens - expected)
        })
    }
    if end.counts.preemptions == start.counts.preemptions {
      flows.append(
        growth { moment in
          let expected = moment.counts.inputTokens - moment.counts.cachedTokens
          return Double(moment.prefilledTokens - expected)
        })
    }
    return flows
  }

  /// Tokens of the requests that ended in each stretch, less what so many should have. Nothing
  /// where requests were refused: those that are left have other lengths than the mix.
  private func excess(over lengths: MixLengths) -> [[Double]] {
    guard end.counts.completed == end.counts.ended else { return [] }
    return [
      growth { Double($0.counts.inputTokens) - lengths.input * Double($0.counts.completed) },
      growth { Double($0.counts.outputTokens) - lengths.output * Double($0.counts.completed) },
    ]
  }

  /// The mean of a figure that is no ratio of sums: what it is in each stretch, about what it is in
  /// all.
  private func batches(_ figure: (RunSummary) -> Double?) -> BatchEstimate? {
    guard let value = figure(summary) else { return nil }
    let values = zip(moments, moments.dropFirst()).compactMap {
      figure(RunSummary(from: $0, to: $1, of: configuration))
    }
    guard stretchesPerPeriod == nil, values.count > 1,
      let spread = BatchEstimate(ratioOf: values, over: values.map { _ in 1 })
    else { return nil }
    return BatchEstimate(
      value: value, standardError: spread.standardError,
      degreesOfFreedom: spread.degreesOfFreedom)
  }
}
