/// What the replicas of one pool did. Shares are of their number times the makespan.
package struct PoolResults: Codable, Equatable, Sendable {
  package var name: String
  package var accelerators: Int
  package var busy: Double
  package var boundBy: RunResults.BoundBy?
  package var modelFLOPsUtilization: Double?
  package var modelBandwidthUtilization: Double?
  package var batch: RunResults.MeanAndMaximum
  package var keyValueOccupancy: RunResults.MeanAndMaximum
  package var steps: Int64
  /// Tokens computed, and how many a second.
  package var prefilledTokens: Int64
  package var decodedTokens: Int64
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

  private enum CodingKeys: String, CodingKey {
    case name, accelerators, busy, batch, steps, imbalance, outages
    case boundBy = "bound_by"
    case modelFLOPsUtilization = "mfu"
    case modelBandwidthUtilization = "mbu"
    case keyValueOccupancy = "kv_occupancy"
    case prefilledTokens = "prefilled_tokens"
    case decodedTokens = "decoded_tokens"
    case prefillRate = "prefill_tok_s"
    case decodeRate = "decode_tok_s"
    case expertImbalance = "expert_imbalance"
    case outageSeconds = "outage_s"
    case acceleratorPowerWatts = "accelerator_mean_power_w"
    case cost = "cost_usd"
  }
}

/// Caches sent from one pool to the other.
package struct TransferResults: Codable, Equatable, Sendable {
  package var count: Int64
  package var bytes: Double
  /// From the end of the prefill to the start of sending, for blocks and links.
  package var waiting: RunResults.Spread?
  package var sending: RunResults.Spread?

  private enum CodingKeys: String, CodingKey {
    case count, bytes
    case waiting = "wait_ms"
    case sending = "send_ms"
  }
}
