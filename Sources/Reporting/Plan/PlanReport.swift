internal import Outcomes
package import Planning
package import Requirements

/// The deployment that holds a service level at a load, now and as it grows.
package struct PlanReport: ReportDocument, Equatable {
  package struct Inputs: Codable, Equatable, Sendable {
    package var scenario: String
    package var title: String
    package var file: String
    package var model: String
    package var hardware: String
    package var engine: String
    package var price: String
    package var level: [String]
    /// Shares of the load.
    package var headroom: Double
    package var growthPerMonth: Double
    package var months: Int
    /// Replicas that may be away.
    package var spares: Int

    private enum CodingKeys: String, CodingKey {
      case scenario, title, file, model, hardware, engine, price, level, headroom, months, spares
      case growthPerMonth = "growth_per_month"
    }
  }

  /// One replica fewer, or what came nearest.
  package struct Miss: Codable, Equatable, Sendable {
    package var layout: String
    package var reasons: [String]
  }

  package struct Month: Codable, Equatable, Sendable {
    package var month: Int
    /// Of the scenario's load, headroom included.
    package var load: Double
    package var layout: String
    /// Spares included.
    package var accelerators: Int
    /// Scale-up domains - servers, racks - that they fill.
    package var domains: Int
    package var dollarsPerMonth: Double?
    package var attainment: Double?

    private enum CodingKeys: String, CodingKey {
      case month, load, layout, accelerators, domains, attainment
      case dollarsPerMonth = "usd_per_month"
    }
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
  /// With the spares.
  package var acceleratorsDeployed: Int?
  package var acceleratorsPerDomain: Int
  package var oneFewer: Miss?
  package var nearest: Miss?
  package var reasons: [String]
  package var months: [Month]
  package var simulations: Int
  /// Each with what became of it; absent where nothing is required.
  package var requirements: [RequirementReport]?
  /// Absent where no earlier result is given.
  package var baseline: BaselineReport?

  private enum CodingKeys: String, CodingKey {
    case schema, command, seed, inputs, choice, certainty, nearest, reasons, months, simulations
    case requirements, baseline
    case acceleratorsDeployed = "gpus_deployed"
    case acceleratorsPerDomain = "gpus_per_domain"
    case oneFewer = "one_fewer"
  }
}

extension PlanReport: GatedDocument {
  /// Those of the deployment's run, and what is deployed.
  package static let figures = RunFigures.all + [deployed, domains]

  private static let deployed = Figure("gpus", nil, .less)
  private static let domains = Figure("domains", nil, .less)

  package var subject: String { inputs.scenario }

  package var circumstances: String {
    "\(inputs.model) on \(inputs.hardware), \(inputs.engine); seed \(seed)"
  }

  package var figures: [FigureValue] {
    RunFigures.all.map { FigureValue($0, choice?.results.value(of: $0)) } + [
      FigureValue(Self.deployed, acceleratorsDeployed.map(Double.init)),
      FigureValue(Self.domains, months.first.map { Double($0.domains) }),
    ]
  }
}
