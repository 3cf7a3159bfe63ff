internal import Outcomes
internal import Units

/// A run as a page of text for a terminal of 100 columns.
package struct RunTable {
  let report: RunReport

  package init(_ report: RunReport) { self.report = report }

  private var gate: GateTable { GateTable(report.requirements, report.baseline) }

  package func text(_ style: TextStyle) -> String {
    var lines = header(style)
    for (title, body) in [
      ("Throughput", throughput(style)), ("Latency", latency(style)),
      ("Questions", questions(style)), ("Machine", machine(style)),
      ("Pools", pools(style)), ("Transfers", transfers(style)), ("Energy", energy(style)),
      ("Cost", cost(style)), ("80 % intervals", intervals(style)),
      ("Requirements", gate.requirementLines(style)), ("Baseline", gate.baselineLines(style)),
      ("Rests on", provenance(style)),
    ] where !body.isEmpty {
      lines += ["", style.bold(title)] + body
    }
    lines += ["", style.faint("seed \(report.seed), fingerprint \(report.fingerprint)")]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What an accelerator is called.
  var accelerator: String {
    let pools = report.inputs.pools
    if pools.allSatisfy({ $0.layout.chips != nil }) { return "chip" }
    let isMixed = pools.contains { $0.layout.chips != nil || $0.feedForward != nil }
    return isMixed ? "accelerator" : "GPU"
  }

  // MARK: Throughput and latency

  private func throughput(_ style: TextStyle) -> [String] {
    let results = report.results
    var table = TextTable([.left, .right, .left])
    func rate(_ value: Double?) -> String { value.map { NumberText.significant($0, 4) } ?? "-" }
    let perAccelerator = report.inputs.layout.accelerators > 1
    func row(_ name: String, _ value: Double?, _ share: Double?) {
      table.add([
        name, rate(value),
        "tok/s" + (perAccelerator ? ", \(rate(share)) tok/s per \(accelerator)" : ""),
      ])
    }
    row("output", results.outputRate, results.outputRatePerAccelerator)
    row("input and output", results.totalRate, results.totalRatePerAccelerator)
    let requests = results.requests
    table.add([
      "requests", rate(results.requestsPerSecond),
      "req/s, \(NumberText.grouped(requests.completed)) completed in "
        + ReportWords.duration(results.makespanSeconds),
    ])
    let troubles = [
      (requests.rejected, "rejected"), (requests.preempted, "preempted"),
      (requests.retried, "retried"), (requests.lost, "lost"),
    ]
    if troubles.contains(where: { $0.0 > 0 }) {
      // The first two belong together; replicas that never fail need not be talked about.
      let shown = troubles.prefix(2) + troubles.dropFirst(2).filter { $0.0 > 0 }
      table.add([
        "", "", shown.map { "\(NumberText.grouped($0.0)) \($0.1)" }.joined(separator: ", "),
      ])
    }
    if let goodput = results.goodput {
      table.add(["goodput", rate(goodput), "req/s, \(goodputWords)"])
    }
    return table.lines(style)
  }

  private var goodputWords: String {
    let share = report.results.attainment.map(ReportWords.percent) ?? "unknown share"
    let objectives = report.inputs.objectives
    let limits = [
      ("TTFT", objectives?.timeToFirstToken), ("TPOT", objectives?.timePerOutputToken),
      ("E2E", objectives?.endToEnd),
    ].compactMap { name, limit in
      limit.map { "\(name) <= \(ReportWords.duration($0 / 1e3))" }
    }
    return "\(share) within \(limits.joined(separator: ", "))"
  }

  private func latency(_ style: TextStyle) -> [String] {
    let results = report.results
    var table = TextTable([.left, .left, .right])
    table.add(heading: ["", "", "mean", "p50", "p90", "p95", "p99", "max"])
    for (name, spread) in [
      ("time to first token", results.timeToFirstToken),
      ("time to first answer token", results.timeToFirstAnswerToken),
      ("time per output token", results.timePerOutputToken),
      ("inter-token latency", results.interTokenLatency),
      ("end to end", results.endToEnd),
    ] {
      guard let spread else { continue }
      // One unit a row, the one that suits its tail.
      let inSeconds = spread.p99 >= 10_000
      let values = [spread.mean, spread.p50, spread.p90, spread.p95, spread.p99, spread.max]
      table.add(
        [name, inSeconds ? "s" : "ms"]
          + values.map { NumberText.significant(inSeconds ? $0 / 1e3 : $0, 3) })
    }
    return results.endToEnd == nil ? ["  no request completed"] : table.lines(style)
  }

  // MARK: Machine

  private func machine(_ style: TextStyle) -> [String] {
    let results = report.results
    var table = TextTable([.left])
    if let bound = results.boundBy {
      let shares = [
        ("memory", "m", bound.memory), ("compute", "c", bound.compute),
        ("interconnect", "i", bound.interconnect), ("host", "h", bound.host),
        ("idle", ".", bound.idle),
      ]
      table.add(["bound by", TextBar.text(shares.map { ($0.1, $0.2) }, width: 50)])
      let words = shares.filter { $0.2 >= 0.0005 }.map { "\($0.0) \(ReportWords.percent($0.2))" }
      table.add(["", words.joined(separator: ", ")])
    }
    let mfu = results.modelFLOPsUtilization.map(ReportWords.percent) ?? "unknown"
    let mbu = results.modelBandwidthUtilization.map(ReportWords.percent) ?? "unknown"
    table.add(["of the peaks", "MFU \(mfu), MBU \(mbu)"])
    func meanAndMaximum(_ pair: RunResults.MeanAndMaximum) -> String {
      "mean \(NumberText.significant(pair.mean, 3)), max \(NumberText.fixed(pair.max, 0))"
    }
    // What has columns of its own for several pools is not repeated for all of them.
    let isOnePool = results.pools.count == 1
    if isOnePool { table.add(["batch", meanAndMaximum(results.batch) + " sequences"]) }
    table.add(["queue", meanAndMaximum(results.queue) + " requests"])
    guard isOnePool else { return table.lines(style) }
    let occupancy = results.keyValueOccupancy
    table.add([
      "KV cache",
      "mean \(ReportWords.percent(occupancy.mean)), max \(ReportWords.percent(occupancy.max))",
    ])
    let waits = [
      ("the slowest attention rank", results.pools[0].imbalance),
      ("the rank with the most wanted experts", results.pools[0].expertImbalance),
    ]
    for (index, wait) in waits.filter({ $0.1 != nil }).enumerated() {
      table.add([
        index == 0 ? "waiting" : "",
        "\(ReportWords.percent(wait.1 ?? 0)) of the busy time for \(wait.0)",
      ])
    }
    if let outages = results.pools[0].outages {
      table.add([
        "outages",
        "\(NumberText.grouped(outages)), "
          + "\(ReportWords.duration(results.pools[0].outageSeconds ?? 0)) of replica time",
      ])
    }
    return table.lines(style)
  }
}
