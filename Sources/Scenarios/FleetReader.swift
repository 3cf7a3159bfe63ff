internal import Diagnostics
internal import ServingSimulation

/// Reads `fleet`: replicas of different machines, or of different models, behind one router.
enum FleetReader {
  private static let mostParts = 64

  /// Its parts, each filled up from the scenario's own keys.
  static func read(_ node: ConfigNode, inheriting shared: ScenarioPool) -> [ScenarioPool] {
    var names: Set<String> = []
    let parts = node.sequence().map { entry -> ScenarioPool in
      let map = entry.mapping()
      let name = map.required("name")?.words() ?? ""
      if !names.insert(name).inserted {
        entry.report("two-parts", "two parts of the fleet have the same name: \(name)")
      }
      if let routing = map.optional("routing") {
        routing.report(
          "routing", "one router chooses among all parts of a fleet: `\(routing.path)`",
          hint: "set `routing` beside `fleet`")
      }
      var part = PoolReader.read(map, name: name, role: .serving, path: map.path)
      part.model = map.optional("model").map {
        Scenario.Reference(name: $0.words(), place: Place(location: $0.location, path: $0.path))
      }
      part.takes = readTakes(map.optional("takes"), of: map)
      map.finish()
      return part.inheriting(shared)
    }
    if parts.isEmpty { node.report("empty-list", "`\(node.path)` must not be empty") }
    if parts.count > mostParts {
      node.report(
        "out-of-range", "`\(node.path)` has more than \(mostParts) entries: \(parts.count)")
    }
    return parts.isEmpty ? [shared] : parts
  }

  private static func readTakes(
    _ node: ConfigNode?, of part: ConfigMapping
  ) -> ScenarioPool.TakesKeys {
    var takes = ScenarioPool.TakesKeys(
      place: Place(location: node?.location ?? part.location, path: node?.path ?? part.path))
    guard let map = node?.mapping() else { return takes }
    takes.shortest = map.optional("shortest")?.integer(in: 1...WorkloadLimits.longest)
    takes.longest = map.optional("longest")?.integer(in: 1...WorkloadLimits.longest)
    let list = map.optional("classes")?.sequence()
    takes.classes = list?.map { $0.words() }
    takes.classPlaces = list?.map { Place(location: $0.location, path: $0.path) } ?? []
    takes.calls = map.optional("calls")?.choice(RequestFilter.Calls.self, default: .all)
    map.finish()
    if let shortest = takes.shortest, let longest = takes.longest, shortest > longest {
      map.report(
        "out-of-range", "`\(map.path).shortest` is above its longest: \(shortest) > \(longest)")
    }
    return takes
  }
}
