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

  package var schema = ReportSchema(name: "windtunnel/plan", version: 1)
  package var command = "plan"
  package var seed: UInt64
  package var inputs: Inputs
  /// Absent when nothing holds the level.
  package var choice: CompareReport.Choice?
  /// With the spares.
  package var acceleratorsDeployed: Int?
  package var acceleratorsPerDomain: Int
  package var oneFewer: Miss?
  package var nearest: Miss?
  package var reasons: [String]
  package var months: [Month]
  package var simulations: Int

  private enum CodingKeys: String, CodingKey {
    case schema, command, seed, inputs, choice, nearest, reasons, months, simulations
    case acceleratorsDeployed = "gpus_deployed"
    case acceleratorsPerDomain = "gpus_per_domain"
    case oneFewer = "one_fewer"
  }
}
