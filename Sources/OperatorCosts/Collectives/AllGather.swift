internal import Hardware

/// A collection of slices, every rank of a group ends with the slices of all; or its mirror, the
/// reduce-scatter, where every rank ends with its slice of the sum.
///
/// With a measured curve in the profile, its fastest latency-bandwidth line; without one, a ring:
///
///     t = (p - 1) α + (p - 1) / p · n / β
///
/// - p: ranks, t = 0 for p = 1     - n [B]: what each rank ends with, all slices together; of a
///   reduce-scatter what it begins with
/// - α [s]: latency of one hop     - β [B/s]: link, one direction
///
/// A group larger than the scale-up domain adds the network's part (`CollectiveLink`).
/// Source: Thakur, Rabenseifner and Gropp, "Optimization of collective communication operations in
/// MPICH", IJHPCA 2005.
/// Check: p = 8, n = 103 MB, α = 1.5 us, β = 450 GB/s: 10.5 + 200.3 = 210.8 us
/// (`ringAllGatherWorkedExample`).
struct AllGather: Sendable {
  private let link: CollectiveLink

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(
    _ kind: CollectiveKind = .allGather, ranks: Int, over link: ScaleUp,
    across network: ScaleOut? = nil
  ) {
    self.link = CollectiveLink(kind, ranks: ranks, over: link, across: network)
  }

  func seconds(bytes: Double) -> Double {
    insideSeconds(bytes: bytes) + link.networkSeconds(bytes: bytes, passes: 1)
  }

  private func insideSeconds(bytes: Double) -> Double {
    guard link.ranks > 1 else { return 0 }
    if let curve = link.curve { return curve.time(bytes: bytes) }
    let others = Double(link.ranks - 1)
    return Double(link.hops) * link.latencySeconds
      + others / Double(link.ranks) * bytes / link.bytesPerSecond
  }

  func cost(_ name: String, bytes: Double) -> OperatorCost {
    link.cost(name, bytes: bytes, seconds: seconds(bytes: bytes))
  }
}
