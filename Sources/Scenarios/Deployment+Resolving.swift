internal import Diagnostics
internal import Hardware
package import ModelArchitecture
package import OperatorCosts
internal import ServingSimulation

extension Deployment {
  /// Looks up the scenario's model, machine and engine, and checks that they go together.
  ///
  /// - Throws: `InvalidInput` with everything that is wrong, `FileFailure` for unreadable files.
  package init(_ scenario: Scenario) throws {
    var problems: [Diagnostic] = []
    func find<Found>(_ reference: Scenario.Reference, _ load: (String) throws -> Found) throws
      -> Found?
    {
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
    let architecture = try find(scenario.model) { try ModelCatalogue.load(nameOrPath: $0) }
    let hardware = try find(scenario.hardware) { try HardwareCatalogue.load(nameOrPath: $0) }
    let engine = try find(scenario.engine) { try EngineCatalogue.load(nameOrPath: $0) }
    guard let architecture, let hardware, let engine else { throw InvalidInput(problems) }
    try self.init(scenario, architecture, hardware, engine)
  }

  private init(
    _ scenario: Scenario, _ architecture: Architecture, _ hardware: HardwareProfile,
    _ engine: EngineProfile
  ) throws {
    self.scenario = scenario
    self.architecture = architecture
    self.hardware = hardware
    self.engine = engine
    let checks = DeploymentChecks(
      scenario: scenario, architecture: architecture, hardware: hardware, engine: engine)
    try checks.checkMachine()
    try checks.checkLayout()
    let weights = try scenario.weights ?? checks.checkpointFormat()
    try checks.checkFormat(weights)
    design = ReplicaDesign(
      architecture: architecture, hardware: hardware,
      precision: Precision(
        weights: weights,
        keyValueCache: scenario.keyValueCache ?? .bf16),
      layout: scenario.layout, host: engine.host)
    let sequences = scenario.maximumSequences ?? engine.maximumSequences
    let budget = scenario.tokenBudget ?? max(engine.tokenBudget, sequences)
    try checks.checkBudget(budget, sequences: sequences)
    limits = SchedulerLimits(
      policy: scenario.policy ?? engine.policy, tokenBudget: budget, maximumSequences: sequences,
      reservedAnswerShare: scenario.reservedAnswerShare ?? engine.reservedAnswerShare,
      maximumContext: scenario.maximumContext ?? architecture.maximumContext)
    let policy = MemoryPolicy(
      usableFraction: scenario.usableMemoryFraction ?? engine.memory.usableFraction,
      reservedBytes: scenario.reservedMemoryBytes ?? engine.memory.reservedBytes,
      blockTokens: scenario.blockTokens ?? engine.memory.blockTokens)
    memory = MemoryPlan(
      design, policy: policy, tokenBudget: budget, maximumSequences: sequences)
    try checks.checkFit(memory, design, policy, limits)
    try checks.checkStepTime(design, memory, limits)
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
