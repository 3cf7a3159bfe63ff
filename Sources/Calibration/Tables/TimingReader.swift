internal import Diagnostics

/// Reads one table of timings into what its rows are of.
struct TimingReader {
  let reader: CSVReader
  private let kind: KernelTable

  init(_ table: CSVTable) throws {
    kind = try KernelTable(of: table)
    reader = try CSVReader(table, needing: kind.columns)
  }

  /// - Throws: `InvalidInput` with all that is wrong in the table.
  func read(into timings: inout Timings) throws {
    for row in reader.rows {
      switch kind {
      case .gemm: gemm(row, &timings)
      case .attentionContext: attention(row, isPrefill: true, &timings)
      case .attentionGeneration: attention(row, isPrefill: false, &timings)
      case .mlaContext: latentAttention(row, isPrefill: true, &timings)
      case .mlaGeneration: latentAttention(row, isPrefill: false, &timings)
      case .moe: experts(row, &timings)
      case .customAllReduce: customAllReduce(row, &timings)
      case .nccl: nccl(row, &timings)
      case .deepEPLowLatency: lowLatencyExchange(row, &timings)
      case .deepEPNormal: normalExchange(row, &timings)
      case .nvlinkAllToAll: break
      }
    }
    if kind == .nvlinkAllToAll { nvlinkExchanges(&timings) }
    try reader.check()
  }

  func origin(_ row: CSVTable.Row) -> TimingOrigin {
    let system = reader.text("system", row) ?? ""
    if system.isEmpty { reader.report("nameless-system", "`system` is empty", "system", row) }
    let path = (reader.text("source_table", row) ?? "").split(separator: "/")
    return TimingOrigin(
      system: system, place: SourceLocation(file: reader.table.file, line: row.line),
      framework: path.count >= 3
        ? path[(path.count - 3)..<(path.count - 1)].joined(separator: " ") : "",
      kernelSource: reader.text("kernel_source", row) ?? "")
  }

  /// Time of one kernel [s], from a column of milliseconds: at least a nanosecond, at most an hour.
  func milliseconds(_ name: String, _ row: CSVTable.Row) -> Double {
    reader.number(name, row, .upTo(3.6e6)) * 1e-3
  }

  func microseconds(_ name: String, _ row: CSVTable.Row) -> Double {
    reader.number(name, row, .upTo(3.6e9)) * 1e-6
  }

  /// A number of tokens or heads, or a width: what no model and no machine reaches is a slip.
  func count(_ name: String, _ row: CSVTable.Row, from least: Int = 1) -> Int {
    reader.integer(name, row, in: least...1_000_000_000)
  }

  static func unused(_ row: TimingOrigin, _ reason: String, _ timings: inout Timings) {
    timings.unused.append(.init(system: row.system, reason: reason))
  }
}
