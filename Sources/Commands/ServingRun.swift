internal import Diagnostics
internal import ModelArchitecture
internal import Outcomes
internal import Projecting
internal import Projections
internal import Results
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

/// Runs the scenarios behind a projection and keeps what its tokens take.
struct ServingRun {
  /// Active parameters that the projection states for its model, if it does.
  let activeParameters: Double?
  /// The model they are of.
  let model: String?

  func workload(_ served: ServedWorkload) throws -> SimulatedWorkload {
    let deployment = try self.deployment(served, hardware: nil)
    guard let run = try simulate(deployment, as: served) else {
      throw InvalidInput(
        Diagnostic(
          code: "projection/no-price",
          "the machine of a served workload needs a price: \(served.name)",
          at: served.location, path: served.path,
          notes: ["its hours are divided between prompts and answers with what they cost"],
          hint: "choose another one, for example `set: {hardware: h200-sxm}`"))
    }
    return run
  }

  /// The workload on another machine, or why it cannot be there.
  func workload(
    _ served: ServedWorkload, on machine: String
  ) throws -> Result<SimulatedWorkload, Impossibility> {
    do {
      let deployment = try self.deployment(served, hardware: machine)
      guard let run = try simulate(deployment, as: served) else {
        return .failure(Impossibility("the machine has no price"))
      }
      return .success(run)
    } catch let error as InvalidInput {
      let first = error.diagnostics[0]
      // A name that nobody knows is the file's mistake, not the machine's.
      guard first.code != "hardware/unknown-profile" else { throw error }
      return .failure(Impossibility(first.message, notes: first.notes, hint: first.hint))
    }
  }

  func deployment(_ served: ServedWorkload, hardware: String?) throws -> Deployment {
    var overrides = served.overrides
    if let hardware {
      overrides.append(
        ConfigOverride(path: ["hardware"], name: hardware, place: "machines: \(hardware)"))
    }
    do {
      return try Deployment(
        try ScenarioCatalogue.load(nameOrPath: served.scenario, overrides: overrides))
    } catch let error as InvalidInput {
      throw InvalidInput(
        error.diagnostics.map { diagnostic in
          guard diagnostic.location == nil else { return diagnostic }
          var placed = diagnostic
          placed.location = served.location
          placed.path = served.path
          return placed
        })
    }
  }

  private func simulate(
    _ deployment: Deployment, as served: ServedWorkload
  ) throws -> SimulatedWorkload? {
    try deployment.scenario.refuseFleet(
      for: "a projection", hint: "name a scenario of one kind of replica")
    let found = try AttendedRun(scenario: deployment.scenario).simulate(deployment) {
      watch throws(RunFailure) in
      try ServiceRun.simulate(deployment.configuration(keepsRecords: true), watch)
    }
    try Interrupts.check()
    guard let summary = found else {
      throw InvalidInput(
        Diagnostic(
          code: "projection/nothing-served", "no request is ever served: \(served.name)",
          at: served.location, path: served.path,
          hint: "see why: `windtunnel run \(served.scenario)`"))
    }
    let results = RunResults(summary, of: deployment)
    let broken = summary.brokenLaws + ResultLaws.broken(results, of: deployment)
    try BrokenLaws.check(broken, reproduction: "windtunnel run \(served.scenario)")
    let stated = deployment.architecture.name == model ? activeParameters : nil
    return SimulatedWorkload(
      name: served.name, share: served.share, summary: summary, deployment: deployment,
      activeParameters: stated)
  }
}
