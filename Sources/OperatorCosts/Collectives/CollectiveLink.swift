internal import Hardware

/// The link that a tensor-parallel group's collectives run over, with one kind's measured curve.
struct CollectiveLink: Sendable {
  let ranks: Int
  let curve: CollectiveCurve?
  /// One hop.
  let latencySeconds: Double
  /// One direction.
  let bytesPerSecond: Double

  /// - Precondition: the layout was checked, so that several ranks have a link.
  init(_ kind: CollectiveKind, ranks: Int, over link: ScaleUp) {
    guard let latency = link.latency, let bandwidth = link.bandwidth else {
      preconditionFailure("layout validation refuses several ranks without a link")
    }
    self.ranks = ranks
    curve = link.curve(kind, ranks: ranks)
    latencySeconds = latency.value
    bytesPerSecond = bandwidth.value
  }

  /// The others' share of the bytes over the wire once: no algorithm sends less.
  func wireSeconds(bytes: Double) -> Double {
    Double(ranks - 1) / Double(ranks) * bytes / bytesPerSecond
  }

  func cost(_ name: String, bytes: Double, seconds: Double) -> OperatorCost {
    OperatorCost(
      name: name, layers: 1, flops: 0, bytes: 0, seconds: seconds, bottleneck: .interconnect,
      speedOfLightSeconds: wireSeconds(bytes: bytes))
  }
}
