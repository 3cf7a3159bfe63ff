internal import ArgumentParser
internal import Diagnostics
internal import Hardware
internal import Scenarios

/// What `run` and `explain` share: a scenario, and changes to it.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A scenario file, or a name that `windtunnel list scenarios` shows; left out where options "
        + "say it all."),
    completion: NameCompletion.scenarios)
  var scenario: String?

  @Option(
    help: ArgumentHelp("Machine instead of the scenario's.", valueName: "name|file"),
    completion: NameCompletion.hardware)
  var hardware: String?

  @Option(
    help: ArgumentHelp("Model instead of the scenario's.", valueName: "name|config.json"),
    completion: NameCompletion.models)
  var model: String?

  @Option(
    help: ArgumentHelp("Serving engine instead of the scenario's.", valueName: "name|file"),
    completion: NameCompletion.engines)
  var engine: String?

  @Option(
    help: ArgumentHelp("Price of the machine: rental or owned.", valueName: "basis"),
    completion: .list(["rental", "owned"]))
  var price: String?

  @Option(
    help: ArgumentHelp(
      "What is paid for: accelerator, server or rack; what prices are for if left out.",
      valueName: "unit"),
    completion: .list(["accelerator", "server", "rack"]))
  var bill: String?

  @Option(
    help: ArgumentHelp("Price book: what an hour of each machine costs you.", valueName: "file"))
  var prices: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Any key of the scenario: `workload.requests=1000`. May be given several times.",
      valueName: "path=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Seed of the random traffic.", valueName: "number"))
  var seed: String?

  @OptionGroup var described: LoadOptions

  func validate() throws {
    if scenario == nil, described.isEmpty, model == nil {
      throw ValidationError("Missing expected argument '<scenario>'")
    }
  }

  /// The scenario as it can be typed again, for hints.
  var typed: String {
    let own = [("model", model), ("engine", engine), ("hardware", hardware)].compactMap {
      name, value in
      value.map { "--\(name) \(ShellWord.quoted($0))" }
    }
    return ([scenario].compactMap { $0 } + own + described.typed).joined(separator: " ")
  }

  /// The options with one value each, where they are given.
  private var named: [(key: String, value: String)] {
    [
      ("hardware", hardware), ("model", model), ("engine", engine), ("price", price),
      ("bill", bill), ("prices", prices), ("seed", seed),
    ].compactMap { key, value in value.map { (key, $0) } }
  }

  /// The scenario's file, or one that only options fill.
  func file() throws -> ScenarioFile {
    try scenario.map { try ScenarioFile(nameOrPath: $0) } ?? .ofOptions
  }

  /// What is missing from a scenario without a file is an option.
  private static func optionHint(_ diagnostic: Diagnostic) -> Diagnostic {
    let options = [
      "model": "--model Qwen/Qwen3-32B", "hardware": "--hardware h200-sxm",
      "workload.arrivals": "--rate '2 req/s'", "workload.input": "--input 2500",
      "workload.output": "--output 330",
    ]
    guard diagnostic.code == "scenario/missing-key",
      let option = options.first(where: { diagnostic.message == "missing key `\($0.key)`" })
    else { return diagnostic }
    var hinted = diagnostic
    (hinted.location, hinted.path) = (nil, nil)
    hinted.hint = "add for example `\(option.value)`"
    return hinted
  }

  /// What `--set` says is said of one key, and wins over an option. Where it sets what the option's
  /// key is a part of, the option fills it, unless that is there:
  /// `workload.arrivals={process: gamma, cv: 2}` takes the rate of `--rate`.
  ///
  /// - Parameter apart: named options that the command means otherwise.
  func overrides(apartFrom apart: Set<String> = []) throws -> [ConfigOverride] {
    let scrapes = try described.scrapes()
    let command = try described.command(counted: scrapes, beside: settings)
    return try overrides(apartFrom: apart, command, scrapes)
  }

  private func overrides(
    apartFrom apart: Set<String>, _ command: EngineCommand?, _ scrapes: [LoadOptions.Scrape]
  ) throws -> [ConfigOverride] {
    let arrivals = described.setsArrivals && scenario != nil ? try file().arrivals : nil
    let options =
      try described.overrides(counted: scrapes, hasFile: scenario != nil, changing: arrivals)
      + named(apartFrom: apart)
    if let words = arrivals.flatMap(described.replacement) { StandardStreams.writeNote(words) }
    let set = try settings.map { try ConfigOverride(argument: $0) }
    let replaced = options.map { option in set.last { Self.replaces(option, $0) } }
    for (option, setting) in zip(options, replaced) {
      guard let setting, setting.value != option.value else { continue }
      StandardStreams.writeNote("`\(setting.place)` takes the place of `\(option.place)`")
    }
    let kept = zip(options, replaced).filter { $1 == nil }.map(\.0)
    let isFilled = { (set: ConfigOverride) in
      kept.contains { $0.path.starts(with: set.path) && $0.path.count > set.path.count }
    }
    return (command?.overrides ?? []) + described.replacements + set.filter(isFilled) + kept
      + set.filter { !isFilled($0) }
  }

  /// Whether nothing is left of an option beside what is set.
  private static func replaces(_ option: ConfigOverride, _ setting: ConfigOverride) -> Bool {
    if option.path == setting.path { return true }
    // How much comes, by any process.
    let loads = ["rate:", "clients:", "stages:", "file:"]
    return setting.path == ["workload", "arrivals"] && option.path.starts(with: setting.path)
      && loads.contains { setting.value.contains($0) }
  }

  private func named(apartFrom apart: Set<String>) -> [ConfigOverride] {
    // The book of prices is no part of the scenario.
    named.filter { $0.key != "prices" && !apart.contains($0.key) }.map { key, value in
      let place = "--\(key) \(value)"
      // A seed must stay a number.
      return key == "seed"
        ? ConfigOverride(path: [key], value: value, place: place)
        : ConfigOverride(path: [key], name: value, place: place)
    }
  }

  /// - Parameters:
  ///   - apart: named options that the command means otherwise.
  ///   - chosen: named options whose value the command finds itself.
  func load(apartFrom apart: Set<String> = [], choosing chosen: Set<String> = []) throws
    -> Scenario
  {
    let scrapes = try described.scrapes()
    let command = try described.command(counted: scrapes, beside: settings)
    var overrides = try overrides(apartFrom: apart, command, scrapes)
    // Where machines are compared, each takes the place of this one.
    if scenario == nil, apart.contains("hardware") {
      let first = HardwareCatalogue.list(hardware ?? "").first ?? "h200-sxm"
      overrides.append(
        ConfigOverride(path: ["hardware"], name: first, place: "--hardware \(first)"))
    }
    var read: Scenario
    do {
      read = try file().scenario(overrides)
    } catch let error as InvalidInput where scenario == nil {
      throw InvalidInput(error.diagnostics.map(Self.optionHint))
    }
    read.command = command
    read.given = given(apartFrom: apart.union(chosen))
    for line in command?.lines ?? [] { StandardStreams.writeNote(line) }
    return read
  }

  /// The words of the command line that a shell takes again.
  private func given(apartFrom apart: Set<String>) -> [String] {
    described.typed + settings.map { "--set \(ShellWord.quoted($0))" }
      + named.filter { !apart.contains($0.key) }
      .map { "--\($0.key) \(ShellWord.quoted($0.value))" }
  }

  func deployment() throws -> Deployment {
    let scenario = try load()
    return try Deployment(scenario, from: catalogues(for: scenario))
  }

  /// What the program knows, at the prices of the book.
  ///
  /// - Parameter scenario: says what is paid, where there is one: a book that has only another kind
  ///   of price of a machine is warned about.
  func catalogues(for scenario: Scenario? = nil) throws -> Catalogues {
    guard let prices else { return .builtIn }
    let book = try PriceBook.load(prices)
    guard let scenario else { return book.pricing(.builtIn) }
    let named = scenario.pools.compactMap(\.hardware?.name) + HardwareCatalogue.list(hardware ?? "")
    let other: Price.Basis = scenario.price == .rental ? .owned : .rental
    for machine in book.machines(of: named, without: scenario.price) {
      let warning = Diagnostic(
        .warning, code: "prices/unused",
        "the book's price of `\(machine)` is \(other.rawValue), and \(scenario.price.rawValue) is "
          + "what is counted: that of its profile",
        at: SourceLocation(file: prices),
        hint: "count what the book has: `--price \(other.rawValue)`")
      StandardStreams.writeNote(warning.text)
    }
    return book.pricing(.builtIn)
  }
}
