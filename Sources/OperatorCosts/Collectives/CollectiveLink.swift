internal import Hardware

/// The links that a group's collectives run over, with one kind's measured curve.
///
/// A group that is larger than the scale-up domain works in two levels: inside each domain over its
/// links, and between domains over the network, where rank i of a domain meets rank i of the others
/// with a d-th of the bytes:
///
///     t = inside(d, n) + passes · ( (m - 1) α + (m - 1) / m · n / d / β )
///
/// - d: ranks of the group in one domain      - m: domains      - n [B]: whole message of a rank
/// - α [s], β [B/s]: network's latency and bandwidth, one direction
/// - passes: 2 for an all-reduce (reduce-scatter and all-gather), 1 for either alone
///
/// In a torus, β is that of the links which a group of ranks has, and its latencies are the hops
/// through it (`TorusBlock`).
///
/// Source: hierarchical ring as in NCCL and Horovod (Jia et al., "Highly scalable deep learning
/// training system with mixed-precision", arXiv:1807.11205, section 3.2).
/// Check: 16 ranks in domains of 8, n = 8 MB, α = 5 us, β = 50 GB/s, passes = 1: the network takes
/// 5 + 10 = 15 us (`aGroupAcrossDomainsWorkedExample`).
struct CollectiveLink: Sendable {
  /// Inside one domain.
  let ranks: Int
  let curve: CollectiveCurve?
  /// One hop.
  let latencySeconds: Double
  /// One direction.
  let bytesPerSecond: Double
  /// Hops of a message from the first to the last rank on a direct way.
  let hops: Int
  private let domains: Int
  private let networkLatencySeconds: Double
  private let networkBytesPerSecond: Double

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(_ kind: CollectiveKind, ranks: Int, over link: ScaleUp, across network: ScaleOut? = nil) {
    let inside = min(ranks, link.domain)
    self.ranks = inside
    domains = (ranks + inside - 1) / inside
    if inside > 1 {
      guard let latency = link.latency, let bandwidth = link.bandwidth else {
        preconditionFailure("layout validation refuses several ranks without a link")
      }
      curve = link.curve(kind, ranks: inside)
      let block = TorusBlock(ranks: inside, in: link)
      latencySeconds = latency.value
      bytesPerSecond = bandwidth.value * (block?.linkFraction ?? 1)
      hops = block?.hops ?? inside - 1
    } else {
      (curve, latencySeconds, bytesPerSecond, hops) = (nil, 0, .infinity, 0)
    }
    if domains > 1 {
      guard let network else {
        preconditionFailure("layout validation refuses several domains without a network")
      }
      (networkLatencySeconds, networkBytesPerSecond) =
        (network.latency.value, network.bandwidth.value)
    } else {
      (networkLatencySeconds, networkBytesPerSecond) = (0, .infinity)
    }
  }

  /// What the level between domains adds.
  func networkSeconds(bytes: Double, passes: Double) -> Double {
    guard domains > 1 else { return 0 }
    let others = Double(domains - 1)
    let share = others / Double(domains) * bytes / Double(ranks)
    return passes * (others * networkLatencySeconds + share / networkBytesPerSecond)
  }

  /// The others' share of the bytes over the wire once: no algorithm sends less.
  func wireSeconds(bytes: Double) -> Double {
    let inside = Double(ranks - 1) / Double(ranks) * bytes / bytesPerSecond
    guard domains > 1 else { return inside }
    let share = Double(domains - 1) / Double(domains) * bytes / Double(ranks)
    return max(inside, share / networkBytesPerSecond)
  }

  func cost(_ name: String, bytes: Double, seconds: Double) -> OperatorCost {
    OperatorCost(
      name: name, layers: 1, flops: 0, bytes: 0, seconds: seconds, bottleneck: .interconnect,
      speedOfLightSeconds: wireSeconds(bytes: bytes))
  }
}
