internal import Diagnostics
internal import Hardware
package import ModelArchitecture
package import OperatorCosts
internal import ServingSimulation

extension Deployment {
  /// Looks up the scenario's model, machines and engine, and checks that they go together.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong, `FileFailure` for unreadable files.
  package init(_ scenario: Scenario, from catalogues: Catalogues = .builtIn) throws {
    var lookup = Lookup()
    let architecture = try lookup.find(scenario.model) { try catalogues.model($0) }
    var machines: [HardwareProfile?] = []
    var chips: [HardwareProfile?] = []
    for (index, pool) in scenario.pools.enumerated() {
      guard let reference = pool.hardware else { preconditionFailure("the reader asks for it") }
      if let same = scenario.pools[..<index].firstIndex(where: { $0.hardware == reference }) {
        machines.append(machines[same])
      } else {
        machines.append(
          try lookup.find(reference) { try catalogues.hardware($0) })
      }
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
    var problems: [Diagnostic] = []
    var deployed: [DeployedPool] = []
    for (index, pool) in scenario.pools.enumerated() {
      guard let hardware = machines[index] else { continue }
      var resolver = PoolResolver(
        scenario: scenario, pool: pool, architecture: architecture, hardware: hardware,
        chips: chips[index], engine: engine)
      if let found = resolver.resolve() { deployed.append(found) }
      problems += resolver.checks.problems
    }
    var link: DeployedTransfer?
    if deployed.count == 2 {
      let resolver = TransferResolver(
        scenario: scenario.transfer, prefill: deployed[0], decode: deployed[1])
      do { link = try resolver.resolve() } catch { problems += error.diagnostics }
    }
    problems += BillingChecks(scenario).problems(of: deployed)
    guard problems.isEmpty else { throw InvalidInput(problems) }
    pools = deployed
    transfer = link
    api = catalogues.api
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

extension Architecture {
  /// The format the checkpoint is served in when a scenario does not say; nil when its config names
  /// a format that no engine profile serves, or none that is understood.
  package var servedWeights: WeightFormat? {
    switch checkpointWeights {
    case .fp8PerTensor: .fp8
    case .fp8Block: .fp8Block
    case .mxfp4Experts: .mxfp4
    case .nvfp4: .nvfp4
    case .integer(bits: 4, groupSize: _, expertsOnly: _): .int4
    case .float32, .float16, .bfloat16, nil: .bf16
    case .integer, .unspecified: nil
    }
  }
}
