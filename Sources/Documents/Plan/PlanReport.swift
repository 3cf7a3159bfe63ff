internal import Outcomes
package import Planning
package import Requirements
internal import Results

/// The deployment that holds a service level at a load, now and as it grows.
package struct PlanReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var scenario: String
    package var title: String
    package var file: String
    package var model: String
    package var hardware: String
    package var engine: String
    package var price: String
    /// How requests come: `poisson`, `offline`.
    package var process: String
    package var level: [String]
    /// Shares of the load.
    package var headroom: Double
    package var growthPerMonth: Double
    package var months: Int
    /// Replicas that may be away.
    package var spares: Int
  }

  /// One replica fewer, or what came nearest.
  package struct Miss: Encodable, Sendable {
    package var layout: String
    package var reasons: [String]
  }

  package struct Month: Encodable, Sendable {
    package var month: Int
    /// The month's load as a multiple of the scenario's, headroom included.
    package var load: Double
    package var layout: String
    /// Spares included.
    package var accelerators: Int
    /// Scale-up domains - servers, racks - that they fill.
    package var domains: Int
    package var dollarsPerMonth: Double?
    package var attainment: Double?
  }

  package static let schema = ReportSchema(name: "windtunnel/plan", version: 1)
  package static let command = "plan"

  package var schema = Self.schema
  package var command = Self.command
  package var seed: UInt64
  package var inputs: Inputs
  /// Absent when nothing holds the level.
  package var choice: CompareReport.Choice?
  /// How sure it is that it holds.
  package var certainty: Certainty?
  /// What the verdict is about, with what it may be.
  package var judged: [JudgedRange] = []
  /// Spares apart.
  package var gpusNeeded: CompareReport.Counts?
  /// With the spares.
  package var gpusDeployed: Int?
  package var gpusPerDomain: Int
  package var oneFewer: Miss?
  package var nearest: Miss?
  package var reasons: [String]
  package var months: [Month]
  package var simulations: Int
  /// Each with what became of it; absent where nothing is required.
  package var requirements: [RequirementReport]?
  /// Absent where no earlier result is given.
  package var baseline: BaselineReport?
}

extension PlanReport: GatedDocument {
  /// The figures that a plan can be held to: those of the deployment's run, with the accelerators
  /// that are deployed in place of its own, and the domains.
  package static let figures = RunFigures.figures + [domains]
  package static let names = FigureNames(known: figures.map(\.path)) { figure($0) }

  private static let domains = Figure("domains", nil, .less)

  package static func figure(_ path: String) -> Figure? {
    path == domains.path ? domains : RunFigures.named(path)
  }

  package var subject: String { inputs.scenario }

  package var circumstances: String {
    "\(inputs.model) on \(inputs.hardware), \(inputs.engine); seed \(seed)"
  }

  package var figures: [FigureValue] {
    RunFigures.figures.map { figure in
      FigureValue(
        figure,
        figure.path == "gpus"
          ? gpusDeployed.map(Double.init) : choice?.results.value(of: figure))
    } + [FigureValue(Self.domains, months.first.map { Double($0.domains) })]
      + (choice?.results.classFigures ?? [])
  }
}

extension PlanReport.Inputs {
  /// Whether all of it is there at once, and nothing comes after.
  package var isJob: Bool { process == WorkloadInputs.batch }
}

extension PlanReport.Month: DocumentKeys {
  package static let keys = DocumentNames(["dollarsPerMonth": "usd_per_month"])
}
