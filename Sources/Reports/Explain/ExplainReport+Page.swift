package import Documents
package import Rendering
internal import Results
internal import Units

extension ExplainReport: Report {
  package var page: Page {
    Page(
      title: "One step of \(deployed.model ?? inputs.model.name) on \(deployed.hardware.name)",
      kind: "windtunnel explain \(inputs.scenario.name)", lead: "\(setting).",
      footer: provenance.doubtful.isEmpty
        ? "every figure behind this step was measured or is of a datasheet"
        : "the step rests " + provenance.doubtful.map(\.words).joined(separator: "; ")
    ) {
      Section("Operators") {
        Part.table(operators)
        if let interval = results.stepInterval {
          Part.paragraph(
            "80 % interval of the step: \(NumberText.significant(interval.low, 3)) to "
              + "\(NumberText.significant(interval.high, 3)) ms")
        }
        Part.picture(.waterfall(waterfall))
      }
      Section(deployed.layout.chips == nil ? "Memory of one accelerator" : "Memory of all chips") {
        Part.table(memory)
      }
    }
  }

  private var deployed: PoolInputs { inputs.pools.first { $0.name == pool } ?? inputs.pools[0] }

  /// What is in the step, and on what part of the machine.
  private var setting: String {
    let layout = deployed.layout
    let place =
      layout.chips != nil
      ? ["all \(Words.count(layout.accelerators)) chips"]
      : layout.accelerators > 1
        ? ["each of \(layout.accelerators) \(layout.isOnlyTensor ? "tensor-parallel " : "")ranks"]
        : []
    let pools =
      layout.isOnlyTensor && inputs.pools.count == 1 ? [] : ["\(deployed.name): \(deployed.words)"]
    return
      (place + [
        deployed.formats.words(withCache: deployed.memory.cacheBlocks > 0)
      ] + pools + [contents]).joined(separator: "; ")
  }

  private var contents: String {
    var parts: [String] = []
    if step.decodingSequences > 0 {
      parts.append(
        "\(Words.count(step.decodingSequences)) sequences decode at a context of "
          + "\(Words.count(step.contextPerSequence)) tokens")
    }
    if step.promptTokens > 0 {
      let earlier =
        step.promptContext > 0 ? " after \(Words.count(step.promptContext)) earlier ones" : ""
      let count = step.prompts > 1 ? "\(Words.count(step.prompts)) prompts of " : ""
      let unit = step.prompts > 1 ? "tokens" : "prompt tokens"
      parts.append("\(count)\(Words.count(step.promptTokens)) \(unit)\(earlier)")
    }
    return parts.joined(separator: "; ")
  }

  // MARK: Operators

  /// An operator, what overlaps, the engine, or all of it.
  private struct Line {
    var name: String
    var layers: Int?
    var milliseconds: Double
    var flops: Double?
    var bytes: Double?
    var ofPeak: Double?
    var boundBy = ""
  }

  private var lines: [Line] {
    results.operators.map {
      Line(
        name: $0.name, layers: $0.layers, milliseconds: $0.milliseconds, flops: $0.flops,
        bytes: $0.bytes, ofPeak: $0.ofPeak, boundBy: $0.boundBy)
    }
      + (results.overlappedMilliseconds.map {
        [Line(name: "two batches overlap", milliseconds: -$0)]
      } ?? [])
      + [Line(name: "engine, not hidden", milliseconds: results.hostMilliseconds, boundBy: "host")]
  }

  private func share(_ line: Line) -> Double {
    results.stepMilliseconds > 0 ? line.milliseconds / results.stepMilliseconds : 0
  }

  private var operators: Table {
    func amount(_ value: Double?, _ unit: Double) -> Cell {
      value.map { $0 > 0 ? .number($0 / unit) : .none } ?? ""
    }
    let whole = Line(
      name: "step", milliseconds: results.stepMilliseconds, flops: results.flops,
      bytes: results.bytes, ofPeak: results.ofPeak)
    var rows = (lines + [whole]).map { line -> Table.Row in
      [
        .words(line.name), line.layers.map { .count($0) } ?? "",
        .value(line.milliseconds, .fixed(3)), .share(share(line)), amount(line.flops, 1e9),
        amount(line.bytes, 1e6), line.ofPeak.map { .share($0) } ?? "", .words(line.boundBy),
      ]
    }
    rows[rows.count - 1].isTotal = true
    return Table(
      "Operators",
      ["operator", "layers", "ms", "share", "GFLOPs", "MB", "of peak", "bound by"], rows)
  }

  private var waterfall: WaterfallChart {
    WaterfallChart(
      "Where the step goes", "The time of each operator, one after the other.", madeOf: ["share"],
      lines.filter { $0.milliseconds > 0 }.map {
        WaterfallChart.Step(
          $0.name, $0.milliseconds, parts: [.share(share($0))], isIdle: $0.layers == nil)
      }, totalParts: [.share(1)], format: .fixed(3), unit: "ms")
  }

  /// The times add up to the step's: what the engine does not hide and what two batches hide of
  /// each other have rows of their own.
  package var rows: [[String]]? {
    let names = ["two batches overlap": "overlap", "engine, not hidden": "engine"]
    return [["operator", "layers", "time_ms", "share", "flops", "bytes", "of_peak", "bound_by"]]
      + lines.map { line in
        [
          names[line.name] ?? line.name, line.layers.map { "\($0)" } ?? "",
          CSVText.number(line.milliseconds), CSVText.number(share(line)),
          CSVText.number(line.flops), CSVText.number(line.bytes), CSVText.number(line.ofPeak),
          line.boundBy,
        ]
      }
  }

  // MARK: Memory

  private var memory: Table {
    let memory = deployed.memory
    func row(_ name: String, _ bytes: Int64, _ note: String = "") -> Table.Row {
      [.words(name), .amount("\(NumberText.fixed(Double(bytes) / 1e9, 2)) GB"), .words(note)]
    }
    return Table(
      "Memory", ["", "", ""],
      [
        row("capacity", memory.capacityBytes),
        row("kept free", memory.capacityBytes - memory.usableBytes),
        row("weights", memory.weightBytes), row("activations", memory.activationBytes),
        row("engine", memory.reservedBytes), row("KV cache", memory.cacheBytes, cache),
      ])
  }

  private var cache: String {
    if deployed.memory.cacheBlocks == 0 { return "nothing is kept of a text" }
    guard let tokens = deployed.memory.cacheTokens, let block = deployed.memory.blockTokens else {
      return "\(Words.count(deployed.memory.cacheBlocks)) sequences"
    }
    let needed = step.decodingSequences * step.contextPerSequence
    let fits = needed <= tokens ? "" : "; this step needs \(Words.count(needed))"
    return "\(Words.count(deployed.memory.cacheBlocks)) blocks of \(block) hold "
      + "\(Words.count(tokens)) tokens\(fits)"
  }
}
