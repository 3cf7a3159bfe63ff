internal import Units

/// A run as a page of text for a terminal of 100 columns.
package struct RunTable {
  let report: RunReport

  package init(_ report: RunReport) { self.report = report }

  package func text(_ style: TextStyle) -> String {
    var lines = header(style)
    for (title, body) in [
      ("Throughput", throughput(style)), ("Latency", latency(style)), ("Machine", machine(style)),
      ("Energy", energy(style)), ("Cost", cost(style)), ("Rests on", provenance(style)),
    ] where !body.isEmpty {
      lines += ["", style.bold(title)] + body
    }
    lines += ["", style.faint("seed \(report.seed), fingerprint \(report.fingerprint)")]
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: What ran on what

  private func header(_ style: TextStyle) -> [String] {
    let inputs = report.inputs
    let scenario = inputs.scenario
    let title = scenario.title.isEmpty ? "" : ": \(scenario.title)"
    let active =
      inputs.model.activeParameters == inputs.model.parameters
      ? "" : " (\(ReportWords.large(inputs.model.activeParameters)) active)"
    var table = TextTable([.left])
    table.add([
      "model",
      "\(inputs.model.name), \(ReportWords.large(inputs.model.parameters)) parameters\(active), "
        + "weights \(inputs.formats.weights), KV cache \(inputs.formats.keyValueCache)",
    ])
    let layout =
      inputs.layout.tensorParallel > 1 ? ", tensor parallel \(inputs.layout.tensorParallel)" : ""
    table.add([
      "machine", "\(inputs.layout.accelerators) x \(inputs.hardware.name)\(layout)",
    ])
    table.add(["", inputs.hardware.title])
    table.add([
      "engine",
      "\(inputs.engine.name): \(inputs.scheduler.policy), steps of up to "
        + "\(NumberText.grouped(inputs.scheduler.tokenBudget)) tokens and "
        + "\(NumberText.grouped(inputs.scheduler.maximumSequences)) sequences",
    ])
    table.add(["workload", workload])
    table.add(["memory", memory])
    return [style.bold(scenario.name) + title, ""] + table.lines(style)
  }

  private var workload: String {
    let workload = report.inputs.workload
    var text = "\(NumberText.grouped(workload.requests)) requests, \(workload.process)"
    if let rate = workload.rate { text += " at \(NumberText.plain(rate)) req/s" }
    if let clients = workload.clients { text += " of \(NumberText.grouped(clients)) clients" }
    let tokens = report.results.tokens
    let completed = Double(report.results.requests.completed)
    guard completed > 0 else { return text }
    func mean(_ count: Int64) -> String { NumberText.fixed(Double(count) / completed, 0) }
    text += "; on average \(mean(tokens.input)) tokens in, "
    return text
      + (tokens.thinking > 0
        ? "\(mean(tokens.thinking)) thinking, \(mean(tokens.answer)) out"
        : "\(mean(tokens.output)) out")
  }

  private var memory: String {
    let memory = report.inputs.memory
    let text =
      "\(ReportWords.bytes(memory.capacityBytes)) a GPU: weights "
      + "\(ReportWords.bytes(memory.weightBytes)), cache \(ReportWords.bytes(memory.cacheBytes))"
    guard let tokens = memory.cacheTokens else {
      return "\(text) for \(NumberText.grouped(memory.cacheBlocks)) sequences"
    }
    return "\(text) for \(NumberText.grouped(tokens)) tokens"
  }

  // MARK: Throughput and latency

  private func throughput(_ style: TextStyle) -> [String] {
    let results = report.results
    var table = TextTable([.left, .right, .left])
    func rate(_ value: Double?) -> String { value.map { NumberText.significant($0, 4) } ?? "-" }
    let perAccelerator = report.inputs.layout.accelerators > 1
    func row(_ name: String, _ value: Double?, _ share: Double?) {
      table.add([
        name, rate(value), "tok/s" + (perAccelerator ? ", \(rate(share)) tok/s per GPU" : ""),
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
    if requests.rejected > 0 || requests.preempted > 0 {
      table.add([
        "", "",
        "\(NumberText.grouped(requests.rejected)) rejected, "
          + "\(NumberText.grouped(requests.preempted)) preempted",
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
    table.add(["batch", meanAndMaximum(results.batch) + " sequences"])
    table.add(["queue", meanAndMaximum(results.queue) + " requests"])
    let occupancy = results.keyValueOccupancy
    table.add([
      "KV cache",
      "mean \(ReportWords.percent(occupancy.mean)), max \(ReportWords.percent(occupancy.max))",
    ])
    return table.lines(style)
  }
}
