package import Runs

/// What is asked of a deployment and what it could serve, in requests a second.
package struct LoadResults: Codable, Equatable, Sendable {
  /// `sustained`, `overloaded`, `undecided` or `finite`.
  package var state: LoadOutcome.State
  /// Absent where completions decide what comes.
  package var offered: Double?
  package var served: Double
  /// Absent where nothing is ever served.
  package var capacity: Double?
  /// Offered over capacity.
  package var utilization: Double?
  /// What there is no more of at the capacity, and in which pool.
  package var limit: Capacity.Limit?
  package var limitingPool: String?
  /// Share of the time in which somebody waited.
  package var backlogShare: Double

  private enum CodingKeys: String, CodingKey {
    case state, limit
    case offered = "offered_req_s"
    case served = "served_req_s"
    case capacity = "capacity_req_s"
    case utilization = "utilisation"
    case limitingPool = "limiting_pool"
    case backlogShare = "backlog_share"
  }

  init(_ load: LoadOutcome) {
    state = load.state
    offered = load.offered.map { ReportNumber.rounded($0) }
    served = ReportNumber.rounded(load.served)
    capacity = load.capacity.map { ReportNumber.rounded($0.rate) }
    utilization = load.utilization.map { ReportNumber.rounded($0) }
    limit = load.capacity?.limit
    limitingPool = load.capacity?.pool
    backlogShare = ReportNumber.rounded(load.waitingShare)
  }
}

/// Which part of which run was judged.
package struct SampleResults: Codable, Equatable, Sendable {
  package var kind: Outcome.Sample.Kind
  /// Simulated in all.
  package var requests: Int64
  package var warmUpSeconds: Double
  package var seconds: Double
  package var periods: Int?

  private enum CodingKeys: String, CodingKey {
    case kind, requests, periods
    case warmUpSeconds = "warm_up_s"
    case seconds = "judged_s"
  }

  init(_ sample: Outcome.Sample) {
    kind = sample.kind
    requests = sample.requests
    warmUpSeconds = ReportNumber.rounded(sample.warmUpSeconds)
    seconds = ReportNumber.rounded(sample.seconds)
    periods = sample.periods
  }
}
