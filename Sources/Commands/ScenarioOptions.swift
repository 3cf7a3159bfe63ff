internal import ArgumentParser
internal import Diagnostics
internal import Scenarios

/// What `run` and `explain` share: a scenario, and changes to it.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: "A scenario file, or a name that `windtunnel list scenarios` shows.",
    completion: NameCompletion.scenarios)
  var scenario: String

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

  /// In the order of the command line's meaning: named options win over `--set`.
  ///
  /// - Parameter apart: named options that the command means otherwise.
  func overrides(apartFrom apart: Set<String> = []) throws -> [ConfigOverride] {
    var list = try settings.map { try ConfigOverride(argument: $0) }
    for (key, value) in [
      ("hardware", hardware), ("model", model), ("engine", engine), ("price", price),
      ("bill", bill), ("seed", seed),
    ] where !apart.contains(key) {
      guard let value else { continue }
      let place = "--\(key) \(value)"
      // A seed must stay a number.
      list.append(
        key == "seed"
          ? ConfigOverride(path: [key], value: value, place: place)
          : ConfigOverride(path: [key], name: value, place: place))
    }
    return list
  }

  /// - Parameters:
  ///   - apart: named options that the command means otherwise.
  ///   - chosen: named options whose value the command finds itself.
  func load(apartFrom apart: Set<String> = [], choosing chosen: Set<String> = []) throws
    -> Scenario
  {
    var loaded = try ScenarioCatalogue.load(
      nameOrPath: scenario, overrides: overrides(apartFrom: apart))
    loaded.given = given(apartFrom: apart.union(chosen))
    return loaded
  }

  /// As a shell takes it again.
  private func given(apartFrom apart: Set<String>) -> [String] {
    let named = [
      ("hardware", hardware), ("model", model), ("engine", engine), ("price", price),
      ("bill", bill), ("prices", prices), ("seed", seed),
    ]
    return settings.map { "--set \(ShellWord.quoted($0))" }
      + named.compactMap { key, value in
        apart.contains(key) ? nil : value.map { "--\(key) \(ShellWord.quoted($0))" }
      }
  }

  func deployment() throws -> Deployment { try Deployment(load(), from: catalogues()) }

  /// What the program knows, at the prices of the book.
  func catalogues() throws -> Catalogues {
    try prices.map { try PriceBook.load($0).pricing(.builtIn) } ?? .builtIn
  }
}
