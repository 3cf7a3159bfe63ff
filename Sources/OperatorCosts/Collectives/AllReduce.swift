internal import Hardware

/// A sum over the ranks of a tensor-parallel group, the result on every rank.
///
/// With a measured curve in the profile: the fastest of its latency-bandwidth lines
///
///     t = min over lines of ( latency + n / bandwidth )          n [B]: the message of one rank
///
/// Without one, a one-shot exchange for small messages or a ring for large ones:
///
///     t = min( α + (p - 1) n / β,  2 (p - 1) α + 2 (p - 1) / p · n / β )
///
/// - p: ranks, t = 0 for p = 1     - α [s]: latency of one hop     - β [B/s]: link, one direction
///
/// Source: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms", JPDC 2009.
/// Check: p = 8, n = 64 MiB, α = 3 us, β = 450 GB/s, ring: 42 + 261.0 = 303.0 us
/// (`ringAllReduceWorkedExample`).
struct AllReduce: Sendable {
  let ranks: Int
  private let curve: CollectiveCurve?
  private let latencySeconds: Double
  private let bytesPerSecond: Double

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(ranks: Int, over link: ScaleUp) {
    guard let latency = link.latency, let bandwidth = link.bandwidth else {
      preconditionFailure("layout validation refuses several ranks without a link")
    }
    self.ranks = ranks
    curve = link.curve(.allReduce, ranks: ranks)
    latencySeconds = latency.value
    bytesPerSecond = bandwidth.value
  }

  func seconds(bytes: Double) -> Double {
    guard ranks > 1 else { return 0 }
    if let curve { return curve.time(bytes: bytes) }
    let others = Double(ranks - 1)
    let oneShot = latencySeconds + others * bytes / bytesPerSecond
    let ring =
      2 * others * latencySeconds + 2 * others / Double(ranks) * bytes / bytesPerSecond
    return min(oneShot, ring)
  }

  func cost(_ name: String, bytes: Double) -> OperatorCost {
    let others = Double(ranks - 1)
    return OperatorCost(
      name: name, layers: 1, flops: 0, bytes: 0, seconds: seconds(bytes: bytes),
      bottleneck: .interconnect,
      // In-switch reduction sends each byte once; nothing sends less.
      speedOfLightSeconds: ranks > 1 ? others / Double(ranks) * bytes / bytesPerSecond : 0)
  }
}
