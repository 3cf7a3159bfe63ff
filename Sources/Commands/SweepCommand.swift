internal import ArgumentParser
internal import Diagnostics
internal import ParallelRuns
internal import Planning
internal import Results
internal import Scenarios
internal import Synchronization
internal import Units

struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Simulate many cases, and show the frontier of speed, throughput and cost.",
    discussion: """
      Without --over, --clients and --layouts, a sweep compares the scenario's
      `ways`. Where it has none, it has closed loops of 1 to 1024 clients on
      every layout of the machine; of a recorded trace, its speed. What cannot
      be deployed is a case with the reason.

      VALUES are a list (1,2,4), a range with a factor (1..64*2) or a step
      (10..50+10), with a unit if the key has one ('1..16*2 req/s').

      With --require, and where the scenario requires something, the frontier is
      of the cases that hold it, and the others say what they miss; the status
      is 3 where none holds.

      With --output every case is a line of a file as soon as it is done. The
      same command goes on where a sweep was interrupted or killed, and its
      file is the same as that of one that was not.

      Examples:
        windtunnel sweep chat-gpt-oss --output sweep.jsonl
        windtunnel sweep my.yaml --over hardware=h200-sxm,b200-sxm --layouts
        windtunnel sweep my.yaml --over 'parallelism={tensor: 4},{tensor: 8}'
        windtunnel sweep my.yaml --layouts --require 'attainment >= 99%'
        windtunnel sweep my.yaml --shard 0/8 --output part-0.jsonl
        windtunnel merge part-*.jsonl --output sweep.jsonl
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(
    name: .customLong("over"),
    help: ArgumentHelp(
      "A key of the scenario with its values. May be given several times.",
      valueName: "path=values"))
  var axes: [String] = []

  @Option(
    help: ArgumentHelp(
      "Closed loops of so many clients, ten requests each, instead of the load.",
      valueName: "values"))
  var clients: String?

  @Flag(help: "Every layout of the machine, by powers of two.")
  var layouts = false

  @Option(
    help: ArgumentHelp(
      "What a figure must be for a case to count: 'ttft.p99 < 500 ms'. May be given several times.",
      valueName: "requirement"))
  var require: [String] = []

  @Option(
    help: ArgumentHelp(
      "Do every n-th case from the i-th on, i counted from 0; for `merge`.", valueName: "i/n"))
  var shard: String?

  @Option(help: ArgumentHelp("Cases simulated at a time; all processors.", valueName: "number"))
  var jobs: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write each case to a file as it is done, and go on from there.", valueName: "file"))
  var output: String?

  @OptionGroup var result: SweepResult

  func validate() throws {
    try ProcessorCount.check(jobs: jobs)
    if let shard, SweepShard(argument: shard) == nil {
      throw ValidationError("'--shard' must be i/n with i from 0 to n - 1: \(shard)")
    }
  }

  func run() throws {
    // Before the work: nobody waits for a folder that is not there.
    if let output { _ = try FileOutput(path: output) }
    let file = try options.file()
    let plan = try SweepPlan(
      file, overrides: try options.overrides(), try request(),
      requiring: try GateOptions.requirements(require, of: RunFigures.names), tool: toolVersion,
      from: try options.catalogues(), restingOn: [options.prices].compactMap { $0 })
    try OutputOptions.check(output, of: "--output", apartFrom: plan.inputFiles)
    var header = plan.header
    header.shard = shard.flatMap(SweepShard.init(argument:))
    let place = try output.map { try SweepFile(path: $0, header: header) }
    let lines = try simulate(plan, header, place)
    try place?.finish(lines.map(\.text))
    try result.put(header, lines, command: "sweep")
  }

  private func request() throws -> SweepPlan.Request {
    SweepPlan.Request(
      axes: try axes.map { try SweepAxis(over: $0) },
      clients: try clients.map { try SweepAxis(clients: $0) }, variesLayout: layouts)
  }

  /// All lines of the sweep in their order, those of the file and those it lacks.
  private func simulate(
    _ plan: SweepPlan, _ header: SweepHeader, _ place: SweepFile?
  ) throws -> [SweepJournal.Line] {
    let known = place?.journal.lines ?? []
    let done = Set(known.map(\.record.index))
    let missing = (0..<header.cases).filter { header.includes($0) && !done.contains($0) }
    if !known.isEmpty {
      StandardStreams.writeNote(
        "\(NumberText.grouped(known.count)) of \(NumberText.grouped(header.count)) cases are done")
    }
    let found = Mutex(known)
    let bar = Mutex(ProgressBar(isEnabled: StandardStreams.errorIsTerminal))
    let work = WorkDone(total: missing.reduce(0) { $0 + plan.weight($1) })
    Interrupts.beginPolling()
    plan.run(
      missing, jobs: jobs ?? ProcessorCount.online,
      isCancelled: { Interrupts.isRequested || place?.hasFailed == true },
      finished: { record in
        // What can be encoded once can be encoded always: numbers are finite.
        guard let text = try? SweepJournal.line(record) else { return }
        place?.append(text)
        found.withLock { $0.append(SweepJournal.Line(record: record, text: text)) }
        let progress = work.add(plan.weight(record.index))
        // Who finds it busy has nothing newer to say.
        _ = bar.withLockIfAvailable { $0.update(progress, of: missing.count, "cases") }
      })
    Interrupts.endPolling()
    bar.withLock { $0.finish() }
    try place?.check()
    let lines = found.withLock { $0 }.sorted { $0.record.index < $1.record.index }
    if Interrupts.isRequested, let output, lines.count < header.count {
      StandardStreams.writeNote(
        "\(NumberText.grouped(lines.count)) of \(NumberText.grouped(header.count)) cases are in "
          + "\(output): the same command goes on from there")
    }
    try Interrupts.check()
    return lines
  }
}
