internal import Hardware
internal import ModelArchitecture
internal import Outcomes
internal import Projections
internal import Rendering
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

/// What comes with the program of one kind, a row an entry.
package struct ListReport: ReportDocument {
  package enum Kind: String, CaseIterable, Encodable, Sendable {
    case hardware, models, engines, scenarios, projections
  }

  package var schema = ReportSchema(name: "windtunnel/list", version: 1)
  package var command = "list"
  package var kind: Kind
  /// Entries, their values by column; a value nobody knows is absent.
  package var entries: [[String: String]]

  /// The columns of the table, in order; an entry may have more.
  package var columns: [String] {
    switch kind {
    case .hardware:
      ["name", "release", "memory", "bandwidth", "bf16", "fp8", "fp4", "tdp", "rental"]
    case .models: ["name", "parameters", "active", "layers", "kv_per_token", "context"]
    case .engines: ["name", "policy", "release", "title"]
    case .scenarios: ["name", "model", "hardware", "requests", "title"]
    case .projections: ["name", "title"]
    }
  }
}

extension ListReport {
  /// - Throws: `InvalidInput` if a built-in file is broken, which the tests rule out.
  package init(_ kind: Kind) throws {
    self.kind = kind
    entries =
      switch kind {
      case .hardware: try HardwareCatalogue.names.map(Self.hardware)
      case .models: try ModelCatalogue.names.map(Self.model)
      case .engines: try EngineCatalogue.names.map(Self.engine)
      case .scenarios: try ScenarioCatalogue.names.map(Self.scenario)
      case .projections: try ProjectionCatalogue.names.map(Self.projection)
      }
  }

  private static func hardware(_ name: String) throws -> [String: String] {
    let profile = try HardwareCatalogue.load(nameOrPath: name)
    let memory = profile.accelerator.memory[0]
    var entry = [
      "name": name, "title": profile.title,
      "release": "\(profile.release.state.rawValue) \(profile.release.date)",
      "memory": memory.capacity.text, "bandwidth": memory.bandwidth.text,
      "kind": profile.kind.rawValue,
    ]
    for arithmetic in Arithmetic.allCases {
      entry[arithmetic.rawValue] = profile.accelerator.peak[arithmetic]?.text
    }
    entry["tdp"] = profile.accelerator.power?.thermalDesignPower?.text
    for price in profile.prices { entry[price.basis.rawValue] = price.figure.text }
    return entry
  }

  private static func model(_ name: String) throws -> [String: String] {
    let architecture = try ModelCatalogue.load(nameOrPath: name)
    let parameters = architecture.parameterCount
    var entry = [
      "name": name, "family": architecture.family,
      "parameters": CountText.large(Double(parameters.total)),
      "active": CountText.large(Double(parameters.active)),
      "layers": NumberText.grouped(architecture.layerCount),
      "kv_per_token": Words.bytes(architecture.keyValueBytesPerToken(bytesPerElement: 2)),
    ]
    entry["context"] = architecture.maximumContext.map(NumberText.grouped)
    return entry
  }

  private static func engine(_ name: String) throws -> [String: String] {
    let engine = try EngineCatalogue.load(nameOrPath: name)
    return [
      "name": name, "policy": engine.policy.rawValue, "release": engine.release,
      "title": engine.title,
    ]
  }

  private static func projection(_ name: String) throws -> [String: String] {
    ["name": name, "title": try ProjectionCatalogue.load(nameOrPath: name).title]
  }

  private static func scenario(_ name: String) throws -> [String: String] {
    let scenario = try ScenarioCatalogue.load(nameOrPath: name)
    return [
      "name": name, "model": scenario.model.name,
      "hardware": scenario.pools.compactMap(\.hardware?.name).uniqued.joined(separator: " + "),
      "engine": scenario.engine.name, "requests": NumberText.grouped(scenario.workload.requests),
      "title": scenario.title,
    ]
  }
}
