package import Units
internal import Workloads

/// What a request must meet to count towards goodput; nil means that it does not matter.
package struct Objectives: Equatable, Sendable {
  package var timeToFirstToken: SimDuration?
  package var timePerOutputToken: SimDuration?
  package var endToEndLatency: SimDuration?

  package init(
    timeToFirstToken: SimDuration? = nil, timePerOutputToken: SimDuration? = nil,
    endToEndLatency: SimDuration? = nil
  ) {
    self.timeToFirstToken = timeToFirstToken
    self.timePerOutputToken = timePerOutputToken
    self.endToEndLatency = endToEndLatency
  }

  /// The objectives that are set, with the latency that each is about.
  package var limits: [(latency: Latency, limit: SimDuration)] {
    zip(Latency.limited, [timeToFirstToken, timePerOutputToken, endToEndLatency])
      .compactMap { latency, limit in limit.map { (latency, $0) } }
  }

  package var isEmpty: Bool {
    timeToFirstToken == nil && timePerOutputToken == nil && endToEndLatency == nil
  }

  /// The objectives that a request does not meet. An answer of one token has no time per output
  /// token and meets any; a request without an answer has no first token either.
  @inline(__always)
  func missed(by record: RequestRecord) -> Missed {
    var missed: Missed = []
    if let limit = timeToFirstToken, record.timeToFirstToken > limit,
      record.request.outputTokens > 0
    {
      missed.insert(.timeToFirstToken)
    }
    if let limit = endToEndLatency, record.endToEndLatency > limit {
      missed.insert(.endToEndLatency)
    }
    if let limit = timePerOutputToken, let value = record.timePerOutputTokenNanoseconds,
      value > Double(limit.nanoseconds)
    {
      missed.insert(.timePerOutputToken)
    }
    return missed
  }

  struct Missed: OptionSet {
    let rawValue: UInt8
    static let timeToFirstToken = Missed(rawValue: 1)
    static let timePerOutputToken = Missed(rawValue: 2)
    static let endToEndLatency = Missed(rawValue: 4)
  }
}
