package import Units

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

  package var isEmpty: Bool {
    timeToFirstToken == nil && timePerOutputToken == nil && endToEndLatency == nil
  }

  /// Whether a request meets every objective. An answer of one token has no time per output token
  /// and meets any.
  @inline(__always)
  func isMet(by record: RequestRecord) -> Bool {
    if let limit = timeToFirstToken, record.timeToFirstToken > limit { return false }
    if let limit = endToEndLatency, record.endToEndLatency > limit { return false }
    if let limit = timePerOutputToken, let value = record.timePerOutputTokenNanoseconds,
      value > Double(limit.nanoseconds)
    {
      return false
    }
    return true
  }
}
