internal import ArgumentParser
internal import Diagnostics
internal import ModelArchitecture
internal import Scenarios
internal import Units

/// A scenario without a file: what is served, who asks, and what they must get.
///
/// Each option stands for keys of a scenario, and changes them in one that has a file.
struct LoadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Command line of a server: model, layout and limits of `vllm serve`, SGLang or TensorRT-LLM.",
      valueName: "command"))
  var from: String?

  @Option(
    help: ArgumentHelp("Requests that come: `2 req/s`, at random.", valueName: "rate"))
  var rate: String?

  @Option(
    help: ArgumentHelp(
      "Requests that come: `3,000 employees, 5 % at once, 12 requests an hour`.",
      valueName: "words"))
  var users: String?

  @Option(
    help: ArgumentHelp(
      "Recorded requests, when they came; with `--rate` as often as that, with `--concurrency` "
        + "so many at a time.", valueName: "file"),
    completion: .file())
  var trace: String?

  @Option(
    help: ArgumentHelp("Requests in flight, always so many, instead.", valueName: "number"))
  var concurrency: Int?

  @Option(
    help: ArgumentHelp(
      "Lengths of prompts and answers as a server counted them: what its /metrics says; given "
        + "twice, between the two.", valueName: "file"))
  var metrics: [String] = []

  @Option(
    name: .customLong("metrics-over"),
    help: ArgumentHelp(
      "Time in which that was counted, for the rate: `1 h`.", valueName: "duration"))
  var metricsOver: String?

  @Option(help: ArgumentHelp("Tokens of a prompt.", valueName: "tokens"))
  var input: String?

  @Option(
    name: .customLong("output-tokens"),
    help: ArgumentHelp(
      "Tokens of an answer; `--output` is the same where a number follows.", valueName: "tokens"))
  var output: String?

  @Option(help: ArgumentHelp("To the first token, at most.", valueName: "duration"))
  var ttft: String?

  @Option(
    help: ArgumentHelp("For every user, at least: `30 tok/s`.", valueName: "rate"))
  var speed: String?

  var isEmpty: Bool { typed.isEmpty }

  /// The options as they were typed, for hints.
  var typed: [String] {
    let all: [(String, String?)] = [
      ("from", from), ("trace", trace), ("rate", rate), ("users", users),
      ("concurrency", concurrency.map(String.init)), ("input", input), ("output", output),
      ("metrics-over", metricsOver), ("ttft", ttft), ("speed", speed),
    ]
    return metrics.map { "--metrics \(ShellWord.quoted($0))" }
      + all.compactMap { name, value in value.map { "--\(name) \(ShellWord.quoted($0))" } }
  }

  /// The command line of a server that it is taken from.
  ///
  /// - Parameters:
  ///   - scrapes: what a server counted.
  ///   - settings: what is set beside it, which may say how often guesses are right.
  func command(counted scrapes: [Scrape], beside settings: [String]) throws -> EngineCommand? {
    let statesAcceptance = settings.contains {
      $0.hasPrefix("speculation=") || $0.hasPrefix("speculation.acceptance=")
    }
    return try from.map { text in
      let acceptance = statesAcceptance ? .stated : Self.guesses(counted: scrapes)
      return try EngineCommand(text, acceptance: acceptance) { name in
        (try? ModelCatalogue.load(nameOrPath: name)).map {
          .init(
            hasExperts: $0.hasExperts,
            quantizedBy: $0.checkpointWeights?.isQuantized == true ? $0.quantizationMethod : nil)
        }
      }
    }
  }

  private static func guesses(counted scrapes: [Scrape]) -> EngineGuesses.Acceptance {
    guard let last = scrapes.last,
      let shares = ScrapedGuesses.acceptance(
        later: last.text, earlier: scrapes.count > 1 ? scrapes[0].text : nil)
    else { return .unknown }
    return .counted(shares, by: "--metrics \(last.file)")
  }

  typealias Scrape = (file: String, text: String)

  /// What a server counted: the last one, and the one before it. To be read once, as a pipe may be.
  func scrapes() throws -> [Scrape] {
    try metrics.suffix(2).map { (file: $0, text: try TextFile.read($0)) }
  }

  /// What takes the place of the scenario's workload, before any key of it is set.
  var replacements: [ConfigOverride] {
    guard let trace else { return [] }
    let place = "--trace \(trace)"
    return [
      ConfigOverride(
        path: ["workload"], value: concurrency == nil ? "{arrivals: {process: trace}}" : "{}",
        place: place),
      ConfigOverride(path: recorded + ["file"], name: trace, place: place),
    ]
  }

  /// Where a scenario says how a recording is read.
  private var recorded: [String] {
    ["workload", concurrency == nil ? "arrivals" : "replay"]
  }

  /// - Parameters:
  ///   - scrapes: what a server counted.   - hasFile: whether they change a scenario that is there.
  ///   - arrivals: how its requests come.
  func overrides(
    counted scrapes: [Scrape], hasFile: Bool, changing arrivals: ScenarioFile.Arrivals? = nil
  ) throws -> [ConfigOverride] {
    var list: [ConfigOverride] = []
    // What comes at no rate comes at random instead; a recording's times are scaled to it.
    let hasArrivals = hasFile && arrivals.map { hasRate($0) } ?? true || trace != nil
    let lengths = trace == nil ? "workload" : recorded.joined(separator: ".")
    func set(_ path: String, _ value: String, _ place: String) {
      list.append(
        ConfigOverride(
          path: path.split(separator: ".").map(String.init), value: value, place: place))
    }
    if let users {
      let rate = NumberText.typed(try UserDemand(users).rate)
      arrive("\(rate) req/s", "--users \(users)", hasFile: hasArrivals, set)
    }
    try setCounted(scrapes, hasFile: hasArrivals, set)
    if let rate { arrive(rate, "--rate \(rate)", hasFile: hasArrivals, set) }
    if let concurrency {
      let place = "--concurrency \(concurrency)"
      set("workload.arrivals", "{process: closed-loop, clients: \(concurrency)}", place)
      // A recording has as many requests as it has; clients ask for some of them.
      if !hasFile || replaysFile(arrivals) {
        set("workload.requests", String(max(200, 10 * concurrency)), place)
      }
      if let recording = arrivals?.recording, trace == nil {
        set("workload.replay", recording, place)
      }
    }
    if let input { set("\(lengths).input", input, "--input \(input)") }
    if let output { set("\(lengths).output", output, "--output \(output)") }
    if let ttft { set("objectives.ttft", ttft, "--ttft \(ttft)") }
    if let speed { set("objectives.tpot", try interval(speed), "--speed \(speed)") }
    return list
  }

  var setsArrivals: Bool {
    rate != nil || users != nil || concurrency != nil || metricsOver != nil
  }

  /// Whether its requests come at a rate that can be another.
  private func hasRate(_ arrivals: ScenarioFile.Arrivals) -> Bool {
    ["poisson", "gamma", "diurnal", "trace"].contains(arrivals.process)
  }

  private func replaysFile(_ arrivals: ScenarioFile.Arrivals?) -> Bool {
    arrivals?.recording != nil && trace == nil
  }

  /// What the options make of a scenario's arrivals that are others, for a note; nil where they are
  /// of the same kind.
  func replacement(of arrivals: ScenarioFile.Arrivals) -> String? {
    guard trace == nil else { return nil }
    if let concurrency, arrivals.process != "closed-loop" {
      return arrivals.recording == nil
        ? "`--concurrency \(concurrency)`: as many clients ask, where the scenario has "
          + "`\(arrivals.process)` arrivals"
        : "`--concurrency \(concurrency)`: as many clients ask for the recorded requests, whose "
          + "own times do not count"
    }
    let typed = rate.map { "--rate '\($0)'" } ?? users.map { "--users '\($0)'" }
    guard let typed, !hasRate(arrivals) else { return nil }
    return "`\(typed)`: requests come at random, where the scenario has `\(arrivals.process)` "
      + "arrivals"
  }

  /// What a server counted; options that say the same in words win.
  private func setCounted(
    _ scrapes: [Scrape], hasFile: Bool, _ set: (String, String, String) -> Void
  ) throws {
    guard let last = scrapes.last else { return }
    let load = try ScrapedLoad(later: last, earlier: scrapes.count > 1 ? scrapes[0] : nil)
    let place = "--metrics \(last.file)"
    set("workload.input", load.input, place)
    set("workload.output", load.output, place)
    // A scenario's own texts say what they share.
    if !hasFile, let share = load.cachedShare, share > 0 {
      set("workload.cached_share", NumberText.plain((share * 1e4).rounded() / 1e4), place)
    }
    guard let over = metricsOver else { return }
    guard case .success(let seconds) = Quantity.parse(over, as: .seconds), seconds > 0 else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/duration", "a time must be in \(Dimension.seconds.acceptedUnits): \(over)",
          at: SourceLocation(file: "--metrics-over \(over)"),
          hint: "write it as `--metrics-over '1 h'`"))
    }
    arrive(
      "\(NumberText.typed(load.requests / seconds)) req/s", "--metrics-over \(over)",
      hasFile: hasFile, set)
  }

  private func arrive(
    _ rate: String, _ place: String, hasFile: Bool, _ set: (String, String, String) -> Void
  ) {
    if hasFile {
      set("workload.arrivals.rate", rate, place)
    } else {
      set("workload.arrivals", "{process: poisson, rate: \(rate)}", place)
    }
  }

  /// Between two tokens of a user who gets so many a second.
  private func interval(_ speed: String) throws -> String {
    let text = speed.hasSuffix("/user") ? String(speed.dropLast(5)) : speed
    guard case .success(let rate) = Quantity.parse(text, as: .tokensPerSecond), rate > 0 else {
      throw CommandLineMisuse(
        Diagnostic(
          code: "command/speed", "a speed for every user is in tokens a second: \(speed)",
          at: SourceLocation(file: "--speed \(speed)"), hint: "write it as `--speed '30 tok/s'`"))
    }
    // Down to whole microseconds, so that the speed that was asked for is held.
    let micros = 1e6 / rate
    return "\(NumberText.typed(micros < 1e3 ? micros : micros.rounded(.down))) us"
  }
}
