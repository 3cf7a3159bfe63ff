internal import Diagnostics

/// Settings of an engine that a scenario states itself.
package struct StatedSettings: Equatable, Sendable {
  /// Where they stand in an engine's profile.
  private var paths: Set<String> = []
  /// An engine that has them, and nothing else of its own.
  package private(set) var values = EngineProfile(name: "", title: "", release: "")

  func states(_ path: String) -> Bool { paths.contains(path) }

  mutating func read(_ row: EngineSetting, _ node: ConfigNode) {
    row.read(node, &values)
    paths.insert(row.path)
  }

  /// States a setting, where there is something to state.
  package mutating func state<Value>(
    _ path: String, _ field: WritableKeyPath<EngineProfile, Value>, _ value: Value?
  ) {
    guard let value else { return }
    values[keyPath: field] = value
    paths.insert(path)
  }

  /// States what another one does and this one does not.
  mutating func fill(from other: StatedSettings) {
    for row in EngineSetting.rows where other.states(row.path) && !states(row.path) {
      row.copy(other.values, &values)
      paths.insert(row.path)
    }
  }

  /// The engine with what is stated in the place of its own.
  func put(into engine: EngineProfile) -> EngineProfile {
    var engine = engine
    for row in EngineSetting.rows where states(row.path) { row.copy(values, &engine) }
    return engine
  }
}
