internal import Hardware

/// How the curves of a machine's collectives follow from timings.
///
/// - At each size the fastest path counts, as a library or an engine would choose it. NCCL's
///   all-reduce is timed outside a graph, where its launch is most of a small message: it counts
///   from 16 MiB, below where frameworks' own kernels were timed.
/// - The dispatch of experts is an all-to-all where NCCL's was not measured.
/// - No line has more than the links allow (`CollectiveKind.traffic`; an all-reduce through
///   switches sends each byte once).
struct CollectiveRules {
  let timings: [CollectiveTiming]
  let link: ScaleUp

  private static let graphlessBytes = 16 * 1024 * 1024.0

  init(_ timings: [CollectiveTiming], on link: ScaleUp) {
    self.timings = timings
    self.link = link
  }

  func fits() -> [FittedCurve] {
    CollectiveKind.allCases.flatMap { kind in
      let ofKind = timings.filter { $0.kind == kind }
      return Set(ofKind.map(\.ranks)).sorted().compactMap { ranks in
        fit(kind, ranks, ofKind.filter { $0.ranks == ranks })
      }
    }
  }

  private func fit(
    _ kind: CollectiveKind, _ ranks: Int, _ all: [CollectiveTiming]
  ) -> FittedCurve? {
    let rows = Self.chosen(all)
    var fastest: [Double: CollectiveTiming] = [:]
    for row in rows where row.point.seconds < fastest[row.point.bytes]?.point.seconds ?? .infinity {
      fastest[row.point.bytes] = row
    }
    let used = fastest.values.sorted { $0.point.bytes < $1.point.bytes }
    guard used.count >= 4, let bandwidth = link.bandwidth?.value, ranks <= link.domain else {
      return nil
    }
    let reducesOnTheWay = link.topology == .switched && kind == .allReduce
    let traffic = reducesOnTheWay ? 1 : kind.traffic(ranks: ranks)
    let fit = LineFit(points: used.map(\.point), highestBytesPerSecond: bandwidth / traffic)
    let lines = fit.fastestOfLines()
    return FittedCurve(
      kind: kind, ranks: ranks,
      lines: lines.map {
        CollectiveCurve.Line(
          latencySeconds: FitDigits.latency($0.latencySeconds),
          bytesPerSecond: FitDigits.bandwidth(
            $0.bytesPerSecond, atMost: fit.highestBytesPerSecond))
      },
      measured: Self.shown(used.map(\.point)), residual: FitDigits.share(fit.residual(of: lines)),
      data: FitData(used.map(\.origin)))
  }

  private static func chosen(_ all: [CollectiveTiming]) -> [CollectiveTiming] {
    let hasGraph = all.contains { $0.path == .graph }
    let hasLibrary = all.contains { $0.path == .library }
    return all.filter { row in
      switch row.path {
      case .graph: true
      case .library: !hasGraph || row.point.bytes >= graphlessBytes
      case .dispatch: !hasLibrary
      }
    }
  }

  /// Four of the points: the first, the last and two between.
  private static func shown(_ points: [LineFit.Point]) -> [CollectiveCurve.Point] {
    Set([0, 2, 4, points.count - 1]).filter { $0 < points.count }.sorted().map {
      CollectiveCurve.Point(
        bytes: points[$0].bytes, seconds: (points[$0].seconds * 1e7).rounded() / 1e7)
    }
  }
}
