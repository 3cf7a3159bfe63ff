internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation

extension Deployment {
  /// Looks up the scenario's model, machines and engine, and checks that they go together.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong, `FileFailure` for unreadable files.
  package init(_ scenario: Scenario, from catalogues: Catalogues = .builtIn) throws {
    var lookup = Lookup()
    let architecture = try lookup.find(scenario.model) { try catalogues.model($0) }
    var models: [Architecture?] = []
    var machines: [HardwareProfile?] = []
    var chips: [HardwareProfile?] = []
    var drafts: [Architecture?] = []
    for (index, pool) in scenario.pools.enumerated() {
      models.append(
        try pool.model.map { own in try lookup.find(own) { try catalogues.model($0) } }
          ?? architecture)
      guard let reference = pool.hardware else { preconditionFailure("the reader asks for it") }
      if let same = scenario.pools[..<index].firstIndex(where: { $0.hardware == reference }) {
        machines.append(machines[same])
      } else {
        machines.append(
          try lookup.find(reference) { try catalogues.hardware($0) })
      }
      drafts.append(
        try pool.speculation?.model.flatMap { own in
          try lookup.find(own) { try catalogues.model($0) }
        })
      chips.append(
        try pool.feedForward.flatMap { remote in
          try lookup.find(remote.hardware) { try catalogues.hardware($0) }
        })
    }
    let engine = try lookup.find(scenario.engine) { try catalogues.engine($0) }
    guard let architecture, let engine, lookup.problems.isEmpty else {
      throw InvalidInput(lookup.problems)
    }
    self.scenario = scenario
    self.architecture = architecture
    self.engine = engine
    var problems = FleetChecks(scenario).problems
    var deployed: [DeployedPool] = []
    for (index, pool) in scenario.pools.enumerated() {
      guard let hardware = machines[index], let model = models[index] else { continue }
      let resolver = PoolResolver(
        scenario: scenario, pool: pool, architecture: model, hardware: hardware,
        chips: chips[index], engine: engine, draft: drafts[index])
      if let found = resolver.resolve() { deployed.append(found) }
      problems += resolver.checks.problems
    }
    var link: DeployedTransfer?
    if deployed.map(\.role) == [.prefill, .decode] {
      let resolver = TransferResolver(
        scenario: scenario.transfer, engine: engine, prefill: deployed[0], decode: deployed[1])
      do { link = try resolver.resolve() } catch { problems += error.diagnostics }
    }
    problems += Self.blockProblems(of: deployed)
    problems += BillingChecks(scenario).problems(of: deployed)
    guard problems.isEmpty else { throw InvalidInput(problems) }
    pools = deployed
    transfer = link
    api = catalogues.api
  }

  /// A fleet's router and its replicas compare prompts in blocks of one size.
  private static func blockProblems(of pools: [DeployedPool]) -> [Diagnostic] {
    guard let first = pools.first(where: { $0.prefixCache != nil }),
      let other = pools.first(where: {
        $0.prefixCache != nil && $0.prefixCache?.hashTokens != first.prefixCache?.hashTokens
      }), first.role == .serving
    else { return [] }
    let place = other.scenario.place(of: "prefix_cache")
    return [
      Diagnostic(
        code: "scenario/prefix-blocks",
        "parts of a fleet compare prompts in blocks of one size: "
          + "\(first.prefixCache?.hashTokens ?? 0) tokens in `\(first.name)`, "
          + "\(other.prefixCache?.hashTokens ?? 0) in `\(other.name)`",
        at: place.location, path: place.path,
        hint: "set `prefix_cache.block_tokens` beside `fleet`")
    ]
  }

  /// What is wrong with the names of a scenario that has other problems too; files are left for
  /// when it has none.
  static func unknownNames(of scenario: Scenario, from catalogues: Catalogues = .builtIn)
    -> [Diagnostic]
  {
    var lookup = Lookup()
    var seen: Set<String> = []
    func isNew(_ reference: Scenario.Reference) -> Bool {
      let name = reference.name
      return !name.isEmpty && !TextFile.exists(name) && seen.insert(name).inserted
    }
    if isNew(scenario.model) { _ = try? lookup.find(scenario.model) { try catalogues.model($0) } }
    for case let machine? in scenario.pools.map(\.hardware) where isNew(machine) {
      _ = try? lookup.find(machine) { try catalogues.hardware($0) }
    }
    if isNew(scenario.engine) {
      _ = try? lookup.find(scenario.engine) { try catalogues.engine($0) }
    }
    return lookup.problems
  }

  /// Finds what names stand for, and keeps what is wrong with them.
  private struct Lookup {
    var problems: [Diagnostic] = []

    mutating func find<Found>(
      _ reference: Scenario.Reference, _ load: (String) throws -> Found
    ) throws -> Found? {
      do {
        return try load(reference.name)
      } catch let error as InvalidInput {
        problems += reference.place.adopt(error).diagnostics
      } catch let error as FileFailure {
        var diagnostic = error.diagnostic
        diagnostic.location = reference.place.location
        diagnostic.path = reference.place.path
        throw FileFailure(diagnostic)
      }
      return nil
    }
  }
}
