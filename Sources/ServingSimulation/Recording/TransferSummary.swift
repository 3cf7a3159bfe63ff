package import Statistics

/// Caches sent from the pool that prefills to the pool that decodes.
package struct TransferSummary: Sendable {
  package internal(set) var count: Int64 = 0
  package internal(set) var bytes = 0.0
  /// Time from the end of the prefill to the start of sending, for blocks and links [ns].
  package internal(set) var waiting = QuantileSketch()
  /// Sending itself [ns].
  package internal(set) var sending = QuantileSketch()

  package init() {}
}
