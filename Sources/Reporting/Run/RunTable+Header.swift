internal import Outcomes
internal import Units

// What ran on what.
extension RunTable {
  func header(_ style: TextStyle) -> [String] {
    let scenario = report.inputs.scenario
    let title = scenario.title.isEmpty ? "" : ": \(scenario.title)"
    var table = TextTable([.left])
    for row in headerRows { table.add(row) }
    return [style.bold(scenario.name) + title, ""] + table.lines(style)
  }

  /// Names and words; a row without a name goes on with the one before.
  var headerRows: [[String]] {
    let inputs = report.inputs
    let pools = inputs.pools
    var rows = [["model", model]]
    if pools.count == 1 { rows.append(["machine", machineWords(pools[0])]) }
    for (index, machine) in machines.enumerated() {
      if pools.count > 1 { rows.append([index == 0 ? "machine" : "", machine.count]) }
      rows.append(["", machine.title])
    }
    let engine = inputs.engine.name
    rows.append(["engine", pools.count == 1 ? "\(engine): \(schedulerWords(pools[0]))" : engine])
    rows.append(["workload", workload])
    if pools.count == 1 {
      rows.append(["memory", memoryWords(pools[0])])
      if let speculation = pools[0].speculation { rows.append(["guesses", words(speculation)]) }
      if let remote = pools[0].feedForward { rows.append(["feed-forward", words(remote)]) }
    } else {
      rows += pools.flatMap(rows(of:))
    }
    if let transfer = inputs.transfer {
      rows.append([
        "transfer",
        "\(NumberText.quantity(transfer.bytesPerSecond, .bytesPerSecond)) and "
          + "\(NumberText.quantity(transfer.latencySeconds, .seconds)) from one to the other, "
          + (transfer.link == "scenario"
            ? "as the scenario says" : "over `\(transfer.link)`"),
      ])
    }
    return rows
  }

  private var model: String {
    let inputs = report.inputs
    let active =
      inputs.model.activeParameters == inputs.model.parameters
      ? "" : " (\(ReportWords.large(inputs.model.activeParameters)) active)"
    let text = "\(inputs.model.name), \(ReportWords.large(inputs.model.parameters)) parameters"
    let formats = inputs.pools.count == 1 ? ", \(words(inputs.pools[0].formats))" : ""
    return text + active + formats
  }

  /// Each machine once, with how many accelerators of it there are.
  var machines: [(count: String, title: String)] {
    report.inputs.pools.map(\.hardware).uniqued.map { machine in
      let count = report.inputs.pools.filter { $0.hardware == machine }
        .reduce(0) { $0 + $1.replicas * $1.layout.accelerators }
      return ("\(NumberText.grouped(count)) x \(machine.name)", machine.title)
    }
  }

  private func machineWords(_ pool: PoolInputs) -> String {
    let count = pool.replicas * pool.layout.accelerators
    let text = "\(NumberText.grouped(count)) x \(pool.hardware.name)"
    if pool.replicas > 1 { return "\(text): \(pool.words)" }
    return text + (pool.layout.words.isEmpty ? "" : ", \(pool.layout.words)")
  }

  private func rows(of pool: PoolInputs) -> [[String]] {
    var rows = [
      [pool.name, pool.words], ["", memoryWords(pool, namesFormats: true)],
      ["", schedulerWords(pool)],
    ]
    if let speculation = pool.speculation { rows.append(["", "guesses: \(words(speculation))"]) }
    if let remote = pool.feedForward { rows.append(["", "feed-forward: \(words(remote))"]) }
    return rows
  }

  private func words(_ remote: PoolInputs.FeedForward) -> String {
    "\(NumberText.grouped(remote.chips)) x \(remote.hardware.name), "
      + "\(NumberText.quantity(remote.bytesPerSecond, .bytesPerSecond)) and "
      + "\(NumberText.quantity(remote.latencySeconds, .seconds)) away"
  }

  private func words(_ formats: PoolInputs.Formats) -> String {
    "weights \(formats.weights), KV cache \(formats.keyValueCache)"
  }

  private func words(_ speculation: PoolInputs.Speculation) -> String {
    let rates = speculation.acceptance.map { NumberText.significant($0, 2) }
    return "\(speculation.method), right at \(rates.joined(separator: ", ")): "
      + "\(NumberText.significant(speculation.tokensPerStep, 3)) tokens a step"
  }

  private func schedulerWords(_ pool: PoolInputs) -> String {
    let scheduler = pool.scheduler
    return "\(scheduler.policy), steps of up to "
      + "\(NumberText.grouped(scheduler.tokenBudget)) tokens and "
      + "\(NumberText.grouped(scheduler.maximumSequences)) sequences"
      + (scheduler.overlapsBatches ? ", two batches overlapped" : "")
  }

  private func memoryWords(_ pool: PoolInputs, namesFormats: Bool = false) -> String {
    let memory = pool.memory
    func format(_ name: String) -> String { namesFormats ? " in \(name)" : "" }
    let text =
      ReportWords.bytes(memory.capacityBytes)
      + (pool.layout.chips == nil ? " a GPU" : " on all chips")
      + ": weights \(ReportWords.bytes(memory.weightBytes))\(format(pool.formats.weights)), cache "
      + ReportWords.bytes(memory.cacheBytes) + format(pool.formats.keyValueCache)
    guard let tokens = memory.cacheTokens else {
      return "\(text) for \(NumberText.grouped(memory.cacheBlocks)) sequences"
    }
    return "\(text) for \(NumberText.grouped(tokens)) tokens"
  }

  var workload: String {
    let workload = report.inputs.workload
    var text = "\(NumberText.grouped(workload.requests)) requests, \(workload.process)"
    if let rate = workload.rate { text += " at \(NumberText.plain(rate)) req/s" }
    if let peak = workload.peakRate { text += ", \(NumberText.plain(peak)) at the peak" }
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
}
