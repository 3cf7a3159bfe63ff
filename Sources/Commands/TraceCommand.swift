internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Reports
internal import Workloads

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Look at recorded traces, and write them as others.",
    subcommands: [TraceStatisticsCommand.self, TraceConversionCommand.self])
}

struct TraceStatisticsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show what a trace asks for: load, lengths, and what a cache would hold.",
    discussion: """
      Caches are those of one replica that sees every request when it came,
      and evict what was used longest ago: a ceiling for what is simulated.

      Examples:
        windtunnel trace stats mooncake.jsonl
        windtunnel trace stats mine.csv --columns time=ts,input=in,output=out
        windtunnel trace stats sessions/ --cache 10000,100000
      """)

  @OptionGroup var options: TraceOptionGroup

  @Option(
    help: ArgumentHelp("Sizes of caches, in the trace's blocks.", valueName: "blocks"))
  var cache: String?

  @OptionGroup var result: ResultOptions

  func run() throws {
    let destination = try result.destination()
    try result.checkOutput(apartFrom: [options.file])
    let sizes = try sizes()
    let trace = try options.trace()
    try destination.put(
      TraceReport(try statistics(of: trace, sizes), of: trace, file: options.file))
  }

  private func statistics(of trace: Trace, _ sizes: [Int]) throws -> TraceStatistics {
    do throws(TraceFailure) {
      return try TraceStatistics(trace, sizes: sizes)
    } catch {
      throw InvalidInput(error.diagnostic)
    }
  }

  private func sizes() throws -> [Int] {
    guard let cache else { return TraceStatistics.usualSizes }
    let sizes = cache.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
    guard sizes.count == cache.split(separator: ",").count, !sizes.isEmpty else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "trace/cache", "not a list of blocks: \(cache)",
          at: SourceLocation(file: "--cache \(cache)"), hint: "for example `--cache 1000,30000`"))
    }
    return sizes.sorted()
  }
}

struct TraceConversionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a trace as one that other programs read.",
    discussion: """
      Turns that wait for answers keep their delays; one that waited for
      sub-agents too waits for its own conversation alone, since no other format
      has them. A line for Mooncake has a delay or a time, so that it no longer
      says when such a turn came; a table does. What is too long for memory is
      written as it is read.

      Examples:
        windtunnel trace convert sessions/ --to mooncake > sessions.jsonl
        windtunnel trace convert azure.csv --from '10 min' --for '5 min' --to csv
      """)

  @OptionGroup var options: TraceOptionGroup

  @Option(help: "What it is written as.")
  var to = TraceWriter.Format.mooncake

  func run() throws {
    let trace = try options.trace()
    let writer = TraceWriter(to, trace.summary)
    let walk = TraceWalk(trace)
    var request = TraceWalk.Request()
    var text = writer.header
    while walk.next(&request) {
      writer.add(request, to: &text)
      guard text.utf8.count > 1 << 16 else { continue }
      try StandardStreams.writeResult(text)
      text.removeAll(keepingCapacity: true)
    }
    if let failure = walk.failure { throw InvalidInput(failure.diagnostic) }
    try StandardStreams.writeResult(text)
    // What is taken where nobody says how long blocks are.
    guard let tokens = trace.blockTokens, tokens != 512 else { return }
    let note = Diagnostic(
      .note, code: "trace/block-tokens", "an id stands for \(tokens) tokens, which no row says",
      at: SourceLocation(file: options.file),
      hint: "read them with `--block-tokens \(tokens)`, in a scenario `block_tokens: \(tokens)`")
    StandardStreams.writeNote(note.text)
  }
}

extension TraceWriter.Format: ExpressibleByArgument {}
