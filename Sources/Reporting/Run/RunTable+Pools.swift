internal import Outcomes
internal import Units

// Pools side by side, and what goes between them.
extension RunTable {
  /// Empty with one pool, which the machine's section describes.
  func pools(_ style: TextStyle) -> [String] {
    let pools = report.results.pools
    guard pools.count > 1 else { return [] }
    var table = TextTable([.left, .right])
    table.add(heading: [""] + pools.map(\.name))
    func row(_ name: String, _ value: (PoolResults) -> String?) {
      let cells = pools.map(value)
      if cells.contains(where: { $0 != nil }) { table.add([name] + cells.map { $0 ?? "-" }) }
    }
    func percent(_ value: Double?) -> String? { value.map(ReportWords.percent) }
    row("GPUs") { NumberText.grouped($0.accelerators) }
    row("prompt tokens/s") { $0.prefillRate.map { NumberText.significant($0, 4) } }
    row("decoded tokens/s") { $0.decodeRate.map { NumberText.significant($0, 4) } }
    row("busy") { percent($0.busy) }
    row("bound by memory") { percent($0.boundBy?.memory) }
    row("  compute") { percent($0.boundBy?.compute) }
    row("  interconnect") { percent($0.boundBy?.interconnect) }
    row("  host") { percent($0.boundBy?.host) }
    row("  idle") { percent($0.boundBy?.idle) }
    row("MFU") { percent($0.modelFLOPsUtilization) }
    row("MBU") { percent($0.modelBandwidthUtilization) }
    row("batch") { pool in
      guard pool.batch.max > 0 else { return nil }
      return "\(NumberText.significant(pool.batch.mean, 3)), max "
        + NumberText.fixed(pool.batch.max, 0)
    }
    row("KV cache") { pool in
      let occupancy = pool.keyValueOccupancy
      return "\(ReportWords.percent(occupancy.mean)), max \(ReportWords.percent(occupancy.max))"
    }
    row("waiting for ranks") { percent($0.imbalance) }
    row("waiting for experts") { percent($0.expertImbalance) }
    row("outages") { pool in
      pool.outages.map {
        "\(NumberText.grouped($0)), \(ReportWords.duration(pool.outageSeconds ?? 0))"
      }
    }
    row("power of one") { pool in
      pool.acceleratorPowerWatts.map {
        NumberText.quantity($0 / Double(pool.accelerators), .watts, digits: 3)
      }
    }
    return table.lines(style)
  }

  func transfers(_ style: TextStyle) -> [String] {
    guard let transfers = report.results.transfers else { return [] }
    let mean = transfers.bytes / Double(transfers.count)
    var table = TextTable([.left, .right])
    table.add(heading: ["ms", "mean", "p50", "p90", "p95", "p99", "max"])
    for (name, spread) in [
      ("waiting", transfers.waiting), ("sending", transfers.sending),
    ] {
      guard let spread else { continue }
      let values = [spread.mean, spread.p50, spread.p90, spread.p95, spread.p99, spread.max]
      table.add([name] + values.map { NumberText.significant($0, 3) })
    }
    return [
      "  \(NumberText.grouped(transfers.count)) caches, \(ReportWords.bytes(transfers.bytes)), "
        + "\(ReportWords.bytes(mean)) each"
    ] + table.lines(style)
  }
}
