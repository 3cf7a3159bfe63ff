package import Units

/// When replicas of a pool are not there.
package struct Availability: Equatable, Sendable {
  /// What becomes of the requests that a failing replica had.
  package enum Loss: String, CaseIterable, Sendable {
    /// They begin anew on another replica, as often as `retries` says.
    case retry
    case lose
  }

  package enum Kind: String, CaseIterable, Sendable {
    /// The replica stops at the end of the step under way; what it had is gone.
    case failure
    /// The replica gets no new requests and finishes those it has.
    case maintenance
  }

  package struct Outage: Equatable, Sendable {
    package var kind: Kind
    /// Counted from the pool's first.
    package var replica: Int
    package var start: SimTime
    package var duration: SimDuration

    package init(kind: Kind, replica: Int, start: SimTime, duration: SimDuration) {
      self.kind = kind
      self.replica = replica
      self.start = start
      self.duration = duration
    }
  }

  /// Outages that are known beforehand.
  package var planned: [Outage]
  /// Mean time between the failures of one replica, exponentially distributed; nil for none but the
  /// planned outages.
  package var meanTimeBetweenFailures: SimDuration?
  /// From such a failure until the replica is there again, loading the model included.
  package var restart: SimDuration
  package var loss: Loss
  /// How often a request begins anew before it is given up.
  package var retries: Int

  /// Status `assumed`: what four replicas in turn do not answer is given up.
  package static let usualRetries = 3

  package init(
    planned: [Outage] = [], meanTimeBetweenFailures: SimDuration? = nil,
    restart: SimDuration = SimDuration(seconds: 0), loss: Loss = .retry,
    retries: Int = Availability.usualRetries
  ) {
    self.planned = planned
    self.meanTimeBetweenFailures = meanTimeBetweenFailures
    self.restart = restart
    self.loss = loss
    self.retries = retries
  }

  package static let always = Availability()

  /// Share of the time in which a replica is there, planned outages apart.
  package var share: Double {
    guard let mean = meanTimeBetweenFailures?.seconds, mean > 0 else { return 1 }
    return mean / (mean + restart.seconds)
  }
}
