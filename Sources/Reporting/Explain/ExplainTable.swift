internal import Outcomes
internal import Units

/// One step as a page of text for a terminal of 100 columns.
package struct ExplainTable {
  private let report: ExplainReport

  package init(_ report: ExplainReport) { self.report = report }

  package func text(_ style: TextStyle) -> String {
    let inputs = report.inputs
    let pool = self.pool
    let isOnlyTensor = pool.layout.tensor == pool.layout.accelerators
    let layout =
      pool.layout.accelerators == 1
      ? ""
      : pool.layout.chips != nil
        ? ", \(NumberText.grouped(pool.layout.accelerators)) chips"
        : isOnlyTensor
          ? " on each of \(pool.layout.tensor) tensor-parallel ranks"
          : " on each of \(pool.layout.accelerators) ranks"
    var lines = [
      style.bold("One step of \(inputs.model.name) on \(pool.hardware.name)") + layout
        + ", weights \(pool.formats.weights), KV cache \(pool.formats.keyValueCache)"
    ]
    if !isOnlyTensor && pool.layout.chips == nil || inputs.pools.count > 1 {
      lines.append("  \(pool.name): \(pool.words)")
    }
    lines += [
      "  " + contents, "",
    ]
    lines += operators(style)
    lines +=
      [
        "",
        style.bold(
          pool.layout.chips == nil ? "Memory of one GPU" : "Memory of all chips"),
      ] + memory(style)
    if let interval = report.results.stepInterval {
      lines += [
        "",
        "80 % interval of the step: \(NumberText.significant(interval.low, 3)) to "
          + "\(NumberText.significant(interval.high, 3)) ms",
      ]
    }
    let weakest = report.provenance.weakestBehind.performance
    lines += ["", style.faint("every time here is \(weakest) or better")]
    return lines.joined(separator: "\n") + "\n"
  }

  var pool: PoolInputs {
    report.inputs.pools.first { $0.name == report.pool } ?? report.inputs.pools[0]
  }

  var contents: String {
    let step = report.step
    var parts: [String] = []
    if step.decodingSequences > 0 {
      parts.append(
        "\(NumberText.grouped(step.decodingSequences)) sequences decode at a context of "
          + "\(NumberText.grouped(step.contextPerSequence)) tokens")
    }
    if step.promptTokens > 0 {
      let earlier =
        step.promptContext > 0
        ? " after \(NumberText.grouped(step.promptContext)) earlier ones" : ""
      let count = step.prompts > 1 ? "\(NumberText.grouped(step.prompts)) prompts of " : ""
      let unit = step.prompts > 1 ? "tokens" : "prompt tokens"
      parts.append("\(count)\(NumberText.grouped(step.promptTokens)) \(unit)\(earlier)")
    }
    return parts.joined(separator: "; ")
  }

  private func operators(_ style: TextStyle) -> [String] {
    let results = report.results
    var table = TextTable([.left, .right, .right, .right, .right, .right, .right, .left])
    table.add(heading: [
      "operator", "layers", "ms", "share", "GFLOPs", "MB", "of peak", "bound by",
    ])
    func row(
      _ name: String, _ layers: String, _ time: Double, _ work: (flops: Double, bytes: Double)?,
      _ ofPeak: Double?, _ bound: String
    ) {
      let share = results.stepMilliseconds > 0 ? time / results.stepMilliseconds : 0
      func amount(_ value: Double?) -> String {
        value.map { $0 > 0 ? NumberText.significant($0, 3) : "-" } ?? ""
      }
      table.add([
        name, layers, NumberText.fixed(time, 3), ReportWords.percent(share),
        amount(work.map { $0.flops / 1e9 }), amount(work.map { $0.bytes / 1e6 }),
        ofPeak.map(ReportWords.percent) ?? "", bound,
      ])
    }
    for item in results.operators {
      row(
        item.name, String(item.layers), item.milliseconds, (item.flops, item.bytes), item.ofPeak,
        item.boundBy)
    }
    if let overlapped = results.overlappedMilliseconds {
      row("two batches overlap", "", -overlapped, nil, nil, "")
    }
    row("engine, not hidden", "", results.hostMilliseconds, nil, nil, "host")
    row(
      "step", "", results.stepMilliseconds, (results.flops, results.bytes), results.ofPeak, "")
    return table.lines(style)
  }

  private func memory(_ style: TextStyle) -> [String] {
    let memory = pool.memory
    var table = TextTable([.left, .right, .left])
    func row(_ name: String, _ bytes: Double, _ note: String = "") {
      table.add([name, "\(NumberText.fixed(bytes / 1e9, 2)) GB", note])
    }
    row("capacity", memory.capacityBytes)
    row("kept free", memory.capacityBytes - memory.usableBytes)
    row("weights", memory.weightBytes)
    row("activations", memory.activationBytes)
    row("engine", memory.reservedBytes)
    row("KV cache", memory.cacheBytes, cacheWords(memory))
    return table.lines(style)
  }

  private func cacheWords(_ memory: MemoryInputs) -> String {
    guard let tokens = memory.cacheTokens, let block = memory.blockTokens else {
      return "\(NumberText.grouped(memory.cacheBlocks)) sequences"
    }
    let needed = report.step.decodingSequences * report.step.contextPerSequence
    let fits = needed <= tokens ? "" : "; this step needs \(NumberText.grouped(needed))"
    return "\(NumberText.grouped(memory.cacheBlocks)) blocks of \(block) hold "
      + "\(NumberText.grouped(tokens)) tokens\(fits)"
  }
}
