internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import Scenarios
internal import Workloads

/// One look at every value of every axis, with the first value of the others: whether the
/// scenario can be read with it, what its names stand for, and how many requests it asks for.
struct SweepSurvey {
  /// What a scenario's names stand for.
  struct Names {
    var architecture: Architecture
    /// Machines of the pools.
    var machines: [HardwareProfile]
    var isFleet: Bool
  }

  /// With the first value of every axis.
  let first: Scenario
  private(set) var names: [Names] = []
  /// Requests that each value of each axis asks for.
  private(set) var requests: [[Int]] = []
  /// Every name is looked up once.
  private(set) var catalogues: Catalogues
  /// Files that the cases are made of, and names that might be files.
  private(set) var files: [String] = []

  private let file: ScenarioFile
  private let overrides: [ConfigOverride]

  /// - Throws: `InvalidInput` with all that is wrong with any of them.
  init(
    _ file: ScenarioFile, overrides: [ConfigOverride], grid: SweepGrid, from catalogues: Catalogues
  ) throws {
    self.catalogues = catalogues
    self.file = file
    self.overrides = overrides
    var problems: [Diagnostic] = []
    var scenarios: [Scenario] = []
    var found: [Int: Scenario] = [:]
    var requests: [[Int]] = []
    for (axis, index) in Self.indices(of: grid) {
      while requests.count <= axis { requests.append([]) }
      do {
        let scenario = try found[index] ?? Self.read(file, overrides, grid, index)
        found[index] = scenario
        scenarios.append(scenario)
        requests[axis].append(scenario.workload.requests)
      } catch let error as InvalidInput {
        problems.appendNew(error.diagnostics)
      }
    }
    guard problems.isEmpty, let first = scenarios.first else { throw InvalidInput(problems) }
    self.first = first
    self.requests = requests
    try look(at: scenarios)
  }

  /// Cases with the first value of all axes but one. Without axes there is one case.
  private static func indices(of grid: SweepGrid) -> [(axis: Int, index: Int)] {
    guard !grid.axes.isEmpty else { return [(0, 0)] }
    var indices: [(Int, Int)] = []
    var stride = grid.count
    for (axis, values) in grid.axes.enumerated() {
      stride /= values.values.count
      indices += values.values.indices.map { (axis, $0 * stride) }
    }
    return indices
  }

  private static func read(
    _ file: ScenarioFile, _ overrides: [ConfigOverride], _ grid: SweepGrid, _ index: Int
  ) throws -> Scenario {
    try file.scenario(overrides + grid.overrides(of: index))
  }

  private mutating func look(at scenarios: [Scenario]) throws {
    var problems: [Diagnostic] = []
    var known: [[String]: Names] = [:]
    var paths: Set<String> = []
    let named = catalogues
    catalogues = named.preloading(
      models: Set(scenarios.flatMap { [$0.model.name] + $0.pools.compactMap(\.model?.name) }),
      hardware: Set(scenarios.flatMap(\.machineReferences).map(\.name)),
      engines: Set(scenarios.map(\.engine.name)))
    for scenario in scenarios {
      let models = scenario.pools.compactMap(\.model)
      let references = [scenario.model, scenario.engine] + scenario.machineReferences + models
      let key = references.map(\.name)
      for path in scenario.inputFiles + key where paths.insert(path).inserted {
        files.append(path)
      }
      guard known[key] == nil else { continue }
      let architecture = try find(scenario.model, &problems) { try catalogues.model($0) }
      _ = try find(scenario.engine, &problems) { try catalogues.engine($0) }
      for reference in models {
        _ = try find(reference, &problems) { try catalogues.model($0) }
      }
      for reference in scenario.machineReferences {
        _ = try find(reference, &problems) { try catalogues.hardware($0) }
      }
      let machines = try scenario.pools.compactMap(\.hardware).compactMap { reference in
        var ignored: [Diagnostic] = []
        return try find(reference, &ignored) { try catalogues.hardware($0) }
      }
      guard let architecture else { continue }
      let found = Names(
        architecture: architecture, machines: machines, isFleet: scenario.isFleet)
      known[key] = found
      names.append(found)
    }
    guard problems.isEmpty else { throw InvalidInput(problems) }
  }

  private func find<Found>(
    _ reference: Scenario.Reference, _ problems: inout [Diagnostic],
    _ load: (String) throws -> Found
  ) throws -> Found? {
    do {
      return try load(reference.name)
    } catch let error as InvalidInput {
      problems.appendNew(reference.place.adopt(error).diagnostics)
      return nil
    }
  }
}

extension [Diagnostic] {
  /// Many values have the same problem, when it is another key's.
  fileprivate mutating func appendNew(_ others: [Diagnostic]) {
    for other in others where !contains(other) { append(other) }
  }
}

extension Scenario {
  /// Machines of the pools, and of the chips that do their feed-forwards.
  fileprivate var machineReferences: [Reference] {
    pools.compactMap(\.hardware) + pools.compactMap(\.feedForward?.hardware)
  }
}

extension SweepGrid {
  func overrides(of index: Int) throws -> [ConfigOverride] {
    try zip(axes, positions(of: index)).flatMap { axis, position in
      try axis.values[position].settings.map { setting in
        var override = try ConfigOverride(argument: setting)
        // As it was typed, but for the other values.
        if setting.hasPrefix(axis.name + "=") { override.place = "--over \(setting)" }
        return override
      }
    }
  }
}
