internal import Diagnostics
internal import Units

/// How fast a collective can be, given the links it runs over.
///
///     β * c <= limit * link bandwidth
///
/// - β: a line's payload bytes per second per rank
/// - c: bytes that a rank must send or receive for one byte of payload, `CollectiveKind.traffic`;
///   1 for an all-reduce through switches that reduce on the way
/// - limit: 1 through switches, 1.25 elsewhere, where the bandwidth of a link is more often
///   understated (PCIe peer to peer, links of a mesh that a vendor sums differently)
///
/// It keeps bidirectional sums and bus bandwidths out of a profile's lines.
/// Check: 8 ranks, all-reduce, 64 GB/s over PCIe -> β <= 1.25 * 64 / 1.75 = 45.7 GB/s
/// (`ProfileConsistencyTests.noCollectiveBeatsItsLinks`).
struct LinkLimit {
  private static let allowanceWithoutSwitch = 1.25

  var topology: Topology?
  var bandwidth: Figure?

  func check(
    _ line: CollectiveCurve.Line, of kind: CollectiveKind, ranks: Int, at node: ConfigNode
  ) {
    guard let topology, let bandwidth else { return }
    let reducesOnTheWay = topology == .switched && kind == .allReduce
    let traffic = reducesOnTheWay ? 1 : kind.traffic(ranks: ranks)
    let allowance = topology == .switched ? 1 : Self.allowanceWithoutSwitch
    let highest = allowance * bandwidth.value / traffic
    guard line.bytesPerSecond > highest else { return }
    node.report(
      "faster-than-links",
      "`\(node.path).bandwidth` must be at most "
        + "\(NumberText.quantity(highest, .bytesPerSecond)): "
        + NumberText.quantity(line.bytesPerSecond, .bytesPerSecond),
      notes: [
        "a rank moves \(NumberText.significant(traffic)) bytes per byte of payload over "
          + "\(bandwidth.text) per direction"
          + (allowance > 1 ? ", with an allowance of \(NumberText.plain(allowance))" : "")
      ],
      hint: "give payload bytes over time, not the bus bandwidth or the sum of both directions")
  }
}
