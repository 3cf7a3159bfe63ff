internal import Diagnostics
internal import Units

/// Reader of the Mooncake traces (Apache-2.0, kvcache-ai/Mooncake, `FAST25-release/traces`).
///
///     {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47, 2353]}
///
/// One JSON object a line, its keys in any order: milliseconds, tokens, and one id for every 512
/// tokens of the prompt, the last block begun included. Times are rebased to the first request;
/// rows out of order are sorted; empty lines are passed over. A row without prompt or answer tokens
/// asks for nothing and is skipped and counted.
///
/// Ids are chained on reading: the one that is kept follows from the whole chain up to it. So an id
/// always stands for all tokens before it, even where a file numbers blocks by their contents.
enum MooncakeTrace {
  static let blockTokens = 512
  static let example =
    #"{"timestamp": 0, "input_length": 600, "output_length": 50, "hash_ids": [0, 1]}"#

  private typealias Row = (nanoseconds: Int64, input: Int32, output: Int32, start: Int)

  static func read(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws -> Trace {
    var problems = TraceProblems(file: file)
    var scanner = MooncakeScanner(bytes: bytes)
    var rows: [Row] = []
    var ids: [UInt64] = []
    rows.reserveCapacity(bytes.count / 250)
    ids.reserveCapacity(bytes.count / 10)
    var skipped = 0
    while scanner.nextLine() {
      let start = ids.count
      guard let line = scanner.readLine(&ids, &problems) else {
        ids.removeLast(ids.count - start)
        continue
      }
      if line.input == 0 || line.output == 0 {
        ids.removeLast(ids.count - start)
        skipped += 1
      } else {
        rows.append((line.milliseconds * 1_000_000, Int32(line.input), Int32(line.output), start))
      }
    }
    if rows.isEmpty, problems.isEmpty {
      problems.report("empty", "the trace has no requests", line: nil)
    }
    try problems.check()
    sort(&rows)
    let first = rows[0].nanoseconds
    let entries = rows.map {
      Trace.Entry(
        arrival: SimTime(nanoseconds: $0.nanoseconds - first), inputTokens: $0.input,
        outputTokens: $0.output)
    }
    return Trace(
      entries: entries, skippedRows: skipped,
      prefixes: TracePrefixes(blockTokens: blockTokens, ids: ids, starts: rows.map(\.start)))
  }

  /// By time; requests of the same time stay in the order of the file, which is that of `start`.
  private static func sort(_ rows: inout [Row]) {
    rows.sort { ($0.nanoseconds, $0.start) < ($1.nanoseconds, $1.start) }
  }
}
