/// What the replicas of one pool did. Shares are of their number times the makespan.
package struct PoolResults: Encodable, Equatable, Sendable {
  package var name = ""
  package var accelerators = 0
  package var busy = 0.0
  package var boundBy: RunResults.BoundBy?
  package var modelFLOPsUtilization: Double?
  package var modelBandwidthUtilization: Double?
  package var batch = RunResults.MeanAndMaximum()
  package var keyValueOccupancy = RunResults.MeanAndMaximum()
  package var steps: Int64 = 0
  /// Tokens computed, and how many a second.
  package var prefilledTokens: Int64 = 0
  package var decodedTokens: Int64 = 0
  package var prefillRate: Double?
  package var decodeRate: Double?
  /// Share of the busy time in which attention ranks wait for the slowest; absent with one rank.
  package var imbalance: Double?
  /// Share of the busy time in which ranks wait for the one whose experts are wanted most.
  package var expertImbalance: Double?
  /// Failures and maintenance that began, and the replica's time that they take; absent when none.
  package var outages: Int64?
  package var outageSeconds: Double?
  /// Absent when the machine's power is unknown.
  package var acceleratorPowerWatts: Double?
  package var cost: Double?
  /// Requests that a part of a fleet answered; absent without parts.
  package var requests: Int64?
  /// Requests that a part of a fleet answered, a second; absent without parts.
  package var requestsPerSecond: Double?
  /// Dollars for each request that a part of a fleet answered; absent without parts.
  package var costPerRequest: Double?

  package init() {}
}

/// Caches sent from one pool to the other.
package struct TransferResults: Encodable, Equatable, Sendable {
  package var count: Int64 = 0
  package var bytes = 0.0
  /// From the end of the prefill to the start of sending, for blocks and links.
  package var waiting: RunResults.Spread?
  package var sending: RunResults.Spread?

  package init() {}
}
