internal import Hardware

/// A collection of slices: every rank of a tensor-parallel group ends with the slices of all.
///
/// With a measured curve in the profile, its fastest latency-bandwidth line; without one, a ring:
///
///     t = (p - 1) α + (p - 1) / p · n / β
///
/// - p: ranks, t = 0 for p = 1     - n [B]: what each rank ends with, all slices together
/// - α [s]: latency of one hop     - β [B/s]: link, one direction
///
/// Source: Thakur, Rabenseifner and Gropp, "Optimization of collective communication operations in
/// MPICH", IJHPCA 2005.
/// Check: p = 8, n = 103 MB, α = 1.5 us, β = 450 GB/s: 10.5 + 200.3 = 210.8 us
/// (`ringAllGatherWorkedExample`).
struct AllGather: Sendable {
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
    curve = link.curve(.allGather, ranks: ranks)
    latencySeconds = latency.value
    bytesPerSecond = bandwidth.value
  }

  func seconds(bytes: Double) -> Double {
    guard ranks > 1 else { return 0 }
    if let curve { return curve.time(bytes: bytes) }
    return Double(ranks - 1) * latencySeconds + wireSeconds(bytes: bytes)
  }

  func cost(_ name: String, bytes: Double) -> OperatorCost {
    OperatorCost(
      name: name, layers: 1, flops: 0, bytes: 0, seconds: seconds(bytes: bytes),
      bottleneck: .interconnect, speedOfLightSeconds: wireSeconds(bytes: bytes))
  }

  /// Each rank receives the slices of the others, whatever the algorithm.
  private func wireSeconds(bytes: Double) -> Double {
    Double(ranks - 1) / Double(ranks) * bytes / bytesPerSecond
  }
}
