/// A transfer that all ranks of a group take part in.
package enum CollectiveKind: String, CaseIterable, Sendable {
  case allReduce = "all_reduce"
  case allGather = "all_gather"
  case reduceScatter = "reduce_scatter"
  case allToAll = "all_to_all"

  /// The least traffic that each rank sends or receives for one byte of payload, when no switch
  /// reduces on the way: a ring all-reduce moves everything twice, but for a rank's own share.
  package func traffic(ranks: Int) -> Double {
    let othersShare = Double(ranks - 1) / Double(ranks)
    return self == .allReduce ? 2 * othersShare : othersShare
  }
}

/// Measured time of one collective over a number of ranks, as the better of a few algorithms.
package struct CollectiveCurve: Hashable, Sendable {
  /// One algorithm: a latency, then bytes at a constant rate.
  package struct Line: Hashable, Sendable {
    package var latencySeconds: Double
    package var bytesPerSecond: Double

    package init(latencySeconds: Double, bytesPerSecond: Double) {
      self.latencySeconds = latencySeconds
      self.bytesPerSecond = bytesPerSecond
    }
  }

  package struct Point: Hashable, Sendable {
    package var bytes: Double
    package var seconds: Double

    package init(bytes: Double, seconds: Double) {
      self.bytes = bytes
      self.seconds = seconds
    }
  }

  package var kind: CollectiveKind
  package var ranks: Int
  /// Lines of the curve, at least one.
  package var lines: [Line]
  /// The points behind the lines, where they are known.
  package var measured: [Point]
  /// Median relative error of the lines at those points.
  package var residual: Double?
  package var provenance: Provenance

  package var status: Status { provenance.status }
  package var source: String { provenance.source }

  /// Time of one collective, in seconds.
  ///
  ///     t = min over lines of ( α + n / β )
  ///
  /// - n: the whole message of one rank [B], as nccl-tests counts it: for an all-gather what a rank
  ///   gets out, for a reduce-scatter what it puts in
  /// - α: latency of the line [s]      - β: payload bytes per second of the line [B/s]
  ///
  /// Libraries switch from a one-shot algorithm (small α, small β) to a bandwidth-optimal one as
  /// the payload grows; the minimum follows them without knowing where. β is the algorithm
  /// bandwidth, so the ring's factor 2 (p - 1) / p is already inside. Assumes no overlap with
  /// compute. Valid for n >= 0 and the curve's own number of ranks only.
  /// Check: lines 3.5 µs, 90 GB/s and 15 µs, 255 GB/s; n = 1 MiB -> 15.15 µs, from the first;
  /// n = 16 MiB -> 80.79 µs, from the second (`CollectiveCurveTests.workedExample`).
  package func time(bytes: Double) -> Double { Self.time(bytes: bytes, over: lines) }

  package static func time(bytes: Double, over lines: [Line]) -> Double {
    var best = Double.infinity
    for line in lines { best = min(best, line.latencySeconds + bytes / line.bytesPerSecond) }
    return best
  }
}
