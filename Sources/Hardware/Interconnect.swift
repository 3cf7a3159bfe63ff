/// How the accelerators of one scale-up domain are joined.
package enum Topology: String, CaseIterable, Sendable {
  /// Every pair at full speed through switches that may reduce on the way (NVLink with NVLS).
  case switched
  /// A direct link between every pair; a pair sees one link, not the sum.
  case mesh
  /// Groups of directly linked chips, joined by direct links between groups.
  case dragonfly
  /// A direct link to the next accelerator in both directions of every axis.
  case torus
  /// Peer to peer over the host's PCIe.
  case pcie
  /// One accelerator; nothing to join.
  case none
}

/// The fast network around one accelerator: who is in it, what a link carries, what was measured.
package struct ScaleUp: Hashable, Sendable {
  /// How many accelerators are joined.
  package var domain: Int
  package var topology: Topology
  /// Per direction and accelerator, over all its links; nil only for `.none`.
  package var bandwidth: Figure?
  /// One hop, without software; nil only for `.none`.
  package var latency: Figure?
  /// By kind in `CollectiveKind` order, then by ranks, rising.
  package var collectives: [CollectiveCurve]
  /// Dispatch and combine of experts inside the domain, where measured.
  package var expertExchange: ExpertExchange?
  /// Dimensions of a torus; nil of every other topology.
  package var axes: Int?

  package func curves(_ kind: CollectiveKind) -> [CollectiveCurve] {
    collectives.filter { $0.kind == kind }
  }

  package func curve(_ kind: CollectiveKind, ranks: Int) -> CollectiveCurve? {
    collectives.first { $0.kind == kind && $0.ranks == ranks }
  }
}

/// The network between scale-up domains.
package struct ScaleOut: Hashable, Sendable {
  /// Per direction and accelerator.
  package var bandwidth: Figure
  package var latency: Figure
  /// Dispatch and combine of experts over it, where measured.
  package var expertExchange: ExpertExchange?
}

/// What the kernels that carry tokens to their experts and back reach on a link.
package struct ExpertExchange: Hashable, Sendable {
  /// Time of one dispatch or combine without payload [s].
  package var latency: Figure
  /// Per direction and accelerator: bytes that leave it over this link, per second.
  package var bandwidth: Figure
}
