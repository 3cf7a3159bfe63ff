/// What is asked of a deployment and what it could serve, in requests a second.
package struct LoadResults: Encodable, Equatable, Sendable {
  package enum State: String, Encodable, CaseIterable, Sendable {
    /// Requests come more slowly than they could be served: the queue is as long as it will be.
    case sustained
    /// Requests come faster than they are served: whatever is measured grows with the run.
    case overloaded
    /// Served as fast as they come, but only while the caches keep the conversations: once a burst
    /// or an outage has driven them out, fewer can be served than come.
    case fragile
    /// Served over all, but while they come fastest they come faster than they are served.
    case overloadedAtPeak = "overloaded-at-peak"
    /// The load is so near to the capacity that no run of bearable length says how long the queue
    /// becomes.
    case undecided
    /// The load ends: a trace, a campaign, a batch.
    case finite
  }

  /// What there is no more of at the capacity.
  package enum Limit: String, Encodable, CaseIterable, Sendable {
    /// The front end before the replicas: tokenising, and handing requests over.
    case frontEnd = "front-end"
    /// Places in a batch.
    case sequences
    /// Room for keys and values.
    case cache
    /// Time of the accelerators.
    case steps
    /// Links between the pools.
    case transfer

    /// What there is no more of, after "there is no more".
    package var words: String {
      switch self {
      case .frontEnd: "of the front end before the replicas"
      case .sequences: "room for sequences in a step"
      case .cache: "room for keys and values"
      case .steps: "time of the accelerators"
      case .transfer: "time of the links between the pools"
      }
    }
  }

  package var state: State
  /// Requests a second that come; absent where completions decide it.
  package var offered: Double?
  package var served: Double
  /// Requests a second that could be served; absent where nothing is ever served.
  package var capacity: Double?
  /// Offered over capacity.
  package var utilization: Double?
  package var limit: Limit?
  /// The pool that has the limit.
  package var limitingPool: String?
  /// Share of the time in which somebody waited.
  package var backlogShare: Double

  package init(
    state: State, offered: Double?, served: Double, capacity: Double?, utilization: Double?,
    limit: Limit?, limitingPool: String?, backlogShare: Double
  ) {
    self.state = state
    self.offered = offered
    self.served = served
    self.capacity = capacity
    self.utilization = utilization
    self.limit = limit
    self.limitingPool = limitingPool
    self.backlogShare = backlogShare
  }
}

/// Which part of which run was judged.
package struct SampleResults: Encodable, Equatable, Sendable {
  package enum Kind: String, Encodable, CaseIterable, Sendable {
    /// A part in which the system is as it always is.
    case steady
    /// Whole periods of a load that rises and falls were judged.
    case periods
    /// All of the run was judged, filling and draining included: a trace, a campaign, a batch.
    case whole
    /// The end of a run whose queue grows, or that had to be given up.
    case backlog
  }

  package var kind: Kind
  /// Simulated in all.
  package var requests: Int64
  package var warmUpSeconds: Double
  package var seconds: Double
  package var periods: Int?

  package init(
    kind: Kind, requests: Int64, warmUpSeconds: Double, seconds: Double, periods: Int?
  ) {
    self.kind = kind
    self.requests = requests
    self.warmUpSeconds = warmUpSeconds
    self.seconds = seconds
    self.periods = periods
  }
}
