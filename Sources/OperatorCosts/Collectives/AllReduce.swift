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
/// The curves are those of the fastest kernel at each size. Engines capture one-shot kernels for
/// the messages of a decode step, in which each rank reads the messages of all others; with the
/// share o of that reading which the engine's setting gives, messages up to 2 MiB take
///
///     t + o · (p - 1) n / β
///
/// Engines leave these kernels at a fixed size, not where another becomes faster, so a message just
/// above it can take less time than one just below.
///
/// A group larger than the scale-up domain adds the network's part (`CollectiveLink`).
/// Source: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms", JPDC 2009.
/// Check: p = 8, n = 64 MiB, α = 3 us, β = 450 GB/s, ring: 42 + 261.0 = 303.0 us
/// (`ringAllReduceWorkedExample`); o = 0.5, n = 1 MB: 7.78 us more
/// (`aOneShotKernelReadsWhatAllOthersHave`).
struct AllReduce: Sendable {
  private let link: CollectiveLink
  /// `HostCosts.oneShotShare`
  private let oneShotShare: Double

  /// Where a message to every rank goes through others.
  private let isTorus: Bool

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(ranks: Int, over link: ScaleUp, across network: ScaleOut? = nil, oneShotShare: Double = 0) {
    self.oneShotShare = oneShotShare
    isTorus = link.topology == .torus
    self.link = CollectiveLink(.allReduce, ranks: ranks, over: link, across: network)
  }

  func seconds(bytes: Double) -> Double {
    insideSeconds(bytes: bytes) + oneShotSeconds(bytes: bytes)
      + link.networkSeconds(bytes: bytes, passes: 2)
  }

  /// Larger messages take the fastest kernel.
  private static let largestOneShotBytes = 2.0 * 1_024 * 1_024

  private func oneShotSeconds(bytes: Double) -> Double {
    guard link.ranks > 1, bytes <= Self.largestOneShotBytes else { return 0 }
    return oneShotShare * Double(link.ranks - 1) * bytes / link.bytesPerSecond
  }

  private func insideSeconds(bytes: Double) -> Double {
    guard link.ranks > 1 else { return 0 }
    if let curve = link.curve { return curve.time(bytes: bytes) }
    let others = Double(link.ranks - 1)
    let oneShot =
      (isTorus ? Double(link.hops) : 1) * link.latencySeconds + others * bytes / link.bytesPerSecond
    let ring =
      2 * Double(link.hops) * link.latencySeconds
      + 2 * others / Double(link.ranks) * bytes / link.bytesPerSecond
    return min(oneShot, ring)
  }

  /// In-switch reduction sends each byte once: the speed of light lacks the ring's factor 2.
  func cost(_ name: String, bytes: Double) -> OperatorCost {
    link.cost(name, bytes: bytes, seconds: seconds(bytes: bytes))
  }
}
