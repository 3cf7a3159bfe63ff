package import Economics
package import Hardware
internal import ModelArchitecture
package import OperatorCosts
package import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

/// A machine with the engine that would run on it, and the layouts that are worth trying.
package final class SearchedMachine: Sendable {
  /// The machine as it was asked for: a name or a path.
  package let name: String
  package let profile: HardwareProfile
  package let engine: String
  package let layouts: [PoolLayout]
  /// Formats of weights that are tried, where the search was left to choose them.
  package let formats: WeightFormats
  /// Whether the model has layers that guess tokens ahead.
  let canGuess: Bool
  /// Dollars for an hour of one accelerator; nil when nobody knows.
  package let price: Double?
  /// What is paid for.
  package let unit: SalesUnit
  /// Replicas of every pool that are paid for and stand by.
  private let spares: Int

  /// The only one for dataflow machines.
  package static let dataflowEngine = "groq"

  /// - Parameter weights: formats that may be tried; empty for the scenario's own, nil for that
  ///   and what is narrower and timed on the machine.
  /// - Throws: `InvalidInput` for a machine or an engine that nobody knows, `FileFailure`.
  package init(
    _ name: String, for scenario: Scenario, weights: [WeightFormat]? = [],
    from catalogues: Catalogues
  ) throws {
    self.name = name
    let profile = try catalogues.hardware(name)
    self.profile = profile
    let architecture = try catalogues.model(scenario.model.name)
    let isDataflow = profile.kind == .lpu
    engine = isDataflow ? Self.dataflowEngine : scenario.engine.name
    price = profile.price(scenario.price)?.figure.value
    unit = profile.salesUnit(scenario.price, billedBy: scenario.bill) ?? .accelerator
    spares = scenario.spares
    canGuess = architecture.multiTokenPredictionLayers > 0 && !isDataflow
    let own = scenario.pools[scenario.pools.count - 1].weights ?? architecture.servedWeights
    if weights == nil, let own {
      formats = WeightFormats(narrowerThan: own, of: architecture, on: profile)
    } else {
      formats = WeightFormats()
    }
    let named: [WeightFormat?] = weights ?? []
    var chips: Int?
    if isDataflow {
      let engine = try catalogues.engine(Self.dataflowEngine)
      chips = Self.chips(
        of: architecture, on: profile, engine: engine, scenario: scenario,
        weights: weights?.first)
    }
    layouts =
      LayoutCandidates(
        of: architecture, on: profile, weights: named.isEmpty ? [nil] + formats.tried : named,
        chips: chips
      ).layouts
  }

  func together(_ layout: PoolLayout, replicas: Int) -> Candidate {
    Candidate(
      hardware: name, engine: engine,
      shape: .together(Candidate.Part(layout, replicas: replicas)))
  }

  func apart(_ prefill: Candidate.Part, _ decode: Candidate.Part) -> Candidate {
    Candidate(hardware: name, engine: engine, shape: .apart(prefill: prefill, decode: decode))
  }

  /// What must be paid for to have a candidate, its spares included.
  package func bill(of candidate: Candidate) -> Bill {
    let parts =
      switch candidate.shape {
      case .together(let part): [part]
      case .apart(let prefill, let decode): [prefill, decode]
      }
    func replicas(_ count: (Candidate.Part) -> Int) -> [Bill.Replicas] {
      parts.map { Bill.Replicas(count: count($0), accelerators: $0.layout.accelerators) }
    }
    return Bill(unit, serving: replicas(\.replicas), spares: replicas { _ in spares })
  }

  /// What a candidate costs; where nobody knows, how many accelerators are paid for.
  func dollarsPerHour(of candidate: Candidate) -> Double {
    Double(bill(of: candidate).paid) * (price ?? 1)
  }

  /// What a token of any kind cost: with a price in dollars, else in accelerator-seconds.
  func costPerToken(_ candidate: Candidate, _ trial: Trial) -> Double {
    let tokens = Double(max(1, trial.summary.inputTokens + trial.summary.outputTokens))
    let seconds = trial.summary.makespan.seconds
    return dollarsPerHour(of: candidate) * seconds / tokens
  }

  /// That hold the model and the longest request beside it.
  private static func chips(
    of architecture: Architecture, on profile: HardwareProfile, engine: EngineProfile,
    scenario: Scenario, weights: WeightFormat?
  ) -> Int {
    let pool = scenario.pools[scenario.pools.count - 1]
    let design = ReplicaDesign(
      architecture: architecture, hardware: profile,
      precision: Precision(
        weights: weights ?? pool.weights ?? architecture.servedWeights ?? .int8,
        keyValueCache: pool.keyValueCache ?? architecture.servedCache),
      layout: ParallelLayout(), host: engine.host(.serving, on: profile),
      routing: scenario.experts ?? .measured)
    let longest = min(scenario.workload.longestRequest, scenario.maximumContext ?? .max)
    return DataflowPlan(design).chipsNeeded(engine.memory, context: longest)
  }
}
