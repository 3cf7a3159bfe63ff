internal import Diagnostics
internal import Statistics
internal import Units

/// Reads a projection file strictly; see `scenarios/projections/README.md` for the schema in words.
struct ProjectionReader {
  static let schema = "windtunnel/projection/1"

  let source: ConfigSource

  func read(_ root: ConfigNode, name fallbackName: String) throws -> Projection {
    let map = root.mapping()
    readSchema(map.required("schema"))
    let counts = map.optional("attention")?.boolean() ?? true
    let serving = map.optional("serving").map { readServing($0) } ?? []
    let training = map.optional("training").flatMap { readTraining($0, attention: counts) }
    let demand = map.optional("demand").map { readDemand($0) }
    let life = map.optional("life")?.mapping()
    let years = life?.optional("years")?.number(.within(Limits.years)) ?? 1
    let begins = life?.optional("begins").flatMap { readMonth($0) }
    life?.finish()
    let names = serving.map(\.name)
    let projection = Projection(
      name: map.optional("name")?.words() ?? fallbackName,
      title: map.optional("title")?.words() ?? "", file: source.file,
      claim: map.optional("claim").map { readClaim($0) }, countsAttention: counts,
      training: training, serving: serving,
      machines: map.optional("machines")?.sequence().map { $0.words() } ?? [], demand: demand,
      years: years, begins: begins,
      targets: map.optional("targets")?.sequence().map { readTarget($0) } ?? [],
      allocation: map.optional("allocation").map { readAllocation($0) },
      data: map.optional("data").map { readData($0) },
      exchange: map.optional("exchange").map { readExchange($0) },
      ways: map.optional("answers")?.sequence().map { readWay($0, workloads: names) } ?? [])
    map.finish()
    check(projection, root)
    try source.check()
    return projection
  }

  private func readSchema(_ node: ConfigNode?) {
    guard let node, node.string() != Self.schema else { return }
    node.report(
      "schema", "unknown projection schema: \(node.string())",
      hint: "this program reads `schema: \(Self.schema)`")
  }

  /// What one part needs of another.
  private func check(_ projection: Projection, _ root: ConfigNode) {
    func missing(_ key: String, _ needed: String, _ why: String) {
      root.report(
        "missing-part", "`\(key)` needs `\(needed)`", notes: [why],
        hint: "add `\(needed)`, or leave "
          + "`\(key)` out")
    }
    if projection.demand != nil {
      if projection.serving.isEmpty {
        missing("demand", "serving", "what a token takes is what a simulated run finds")
      }
      if projection.training == nil, !source.hasProblems {
        missing("demand", "training", "the ratio is of serving to training")
      }
    } else if !projection.targets.isEmpty {
      missing("targets", "demand", "a ratio is reached by what is served")
    }
    if !projection.ways.isEmpty, projection.serving.isEmpty {
      missing("answers", "serving", "an answer costs what a simulated run finds for its tokens")
    }
    if !projection.machines.isEmpty, projection.serving.isEmpty {
      missing("machines", "serving", "they serve what the first workload is")
    }
    checkGrowth(projection, root)
    let questions: [Bool] = [
      projection.training != nil, projection.allocation != nil, projection.data != nil,
      projection.exchange != nil, !projection.ways.isEmpty,
    ]
    if !questions.contains(true), !source.hasProblems {
      root.report(
        "nothing-asked", "the projection asks nothing",
        hint: "give it `training` with `demand`, `allocation`, `data`, `exchange` or `answers`")
    }
  }

  /// Growth without an end is soon more than a number can hold, long after it is meant.
  private func checkGrowth(_ projection: Projection, _ root: ConfigNode) {
    guard let demand = projection.demand, demand.ceiling == nil else { return }
    let orders = projection.years * logarithm(demand.growth) / logarithm(10)
    guard orders > Limits.growthOrders else { return }
    root.report(
      "growth",
      "demand grows beyond counting: by \(NumberText.fixed(orders, 0)) powers of ten in "
        + "\(NumberText.plain(projection.years)) years",
      notes: ["at most \(NumberText.fixed(Limits.growthOrders, 0)) powers of ten in a life"],
      hint: "lower `demand.growth` or `life.years`, or give `demand.ceiling`")
  }

  // MARK: Serving

  private func readServing(_ node: ConfigNode) -> [ServedWorkload] {
    let items = node.sequence()
    if items.isEmpty { node.report("empty-list", "`serving` must not be empty") }
    var names: [String] = []
    return items.map { item in
      let map = item.mapping()
      let place = map.optional("scenario")
      let scenario = map.required("scenario")?.words() ?? ""
      let name = map.optional("name")?.words() ?? scenario
      if names.contains(name) {
        item.report(
          "duplicate-name", "two workloads have the same name: \(name)",
          hint: "give each a `name` of its own")
      }
      names.append(name)
      let share = map.optional("share")?.number(.upTo(Limits.weight)) ?? 1
      let overrides = map.optional("set").map { readOverrides($0, below: []) }
      map.finish()
      return ServedWorkload(
        name: name, scenario: scenario, overrides: overrides ?? [], share: share,
        location: place?.location ?? item.location, path: place?.path ?? item.path)
    }
  }

  /// Keys of the scenario, written as paths or nested as they are there.
  private func readOverrides(_ node: ConfigNode, below path: [String]) -> [ConfigOverride] {
    node.mapping().entries().flatMap { key, value in
      let full = path + key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      return value.isMapping
        ? readOverrides(value, below: full)
        : [
          ConfigOverride(
            path: full, value: value.string(), place: "\(source.file): \(value.path)")
        ]
    }
  }

  func readMonth(_ node: ConfigNode) -> CalendarMonth? {
    let month = CalendarMonth(node.string())
    if month == nil {
      node.report(
        "not-a-month", "`\(node.path)` must be a month: \(node.string())",
        hint: "write for example `2025-01`")
    }
    return month
  }

  /// Name of a thing in a catalogue, with what is wrong about it put where it stands.
  func lookUp<Found>(_ node: ConfigNode?, _ load: (String) throws -> Found) -> Found? {
    guard let node else { return nil }
    do {
      return try load(node.words())
    } catch let error as InvalidInput {
      source.adopt(InvalidInput(error.diagnostics.map { placed($0, at: node) }))
    } catch let error as FileFailure {
      source.adopt(InvalidInput(placed(error.diagnostic, at: node)))
    } catch {
      node.report("unreadable", "`\(node.path)` cannot be read: \(node.string())")
    }
    return nil
  }

  private func placed(_ diagnostic: Diagnostic, at node: ConfigNode) -> Diagnostic {
    guard diagnostic.location == nil else { return diagnostic }
    var placed = diagnostic
    placed.location = node.location
    placed.path = node.path
    return placed
  }
}

/// Between what the figures of a projection may lie: wide enough for anything that is meant, and no
/// product of them is too large for a number.
enum Limits {
  static let tokens = 1...1e24
  static let parameters = 1e3...1e18
  static let flops = 1...1e40
  static let hours = 1e-3...1e15
  static let years = 0.01...100.0
  static let growth = 1e-6...1e6
  static let growthOrders = 30.0
  static let weight = 1e12
  static let multiplier = 0...1e9
  static let lengths = 1...100_000_000
  static let counts = 1...1_000_000
  static let rounds = 1...1_000
  static let ratio = 1e-9...1e12
}
