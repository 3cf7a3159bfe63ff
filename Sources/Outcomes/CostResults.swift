/// Cost of all accelerator-hours, busy or idle. The lines add up to `total_usd` exactly.
package struct CostResults: Codable, Equatable, Sendable {
  package struct Line: Codable, Equatable, Sendable {
    /// Only where there are several.
    package var pool: String?
    package var item: String
    package var quantity: Double
    package var unit: String
    package var unitPrice: Double
    package var cost: Double

    private enum CodingKeys: String, CodingKey {
      case pool, item, quantity, unit
      case unitPrice = "unit_price_usd"
      case cost = "cost_usd"
    }
  }

  /// Idle time is spread over the kinds, so that each price times its tokens adds up to the total.
  package struct PerMillionTokens: Codable, Equatable, Sendable {
    /// Of those that are computed.
    package var input: Double?
    /// Absent when no prompt token is found in a cache.
    package var cached: Double?
    package var thinking: Double?
    package var output: Double?
    package var blended: Double?
  }

  /// What is paid for to have the machines of one kind.
  package struct Bill: Codable, Equatable, Sendable {
    package var hardware: String
    /// `accelerator`, `server` or `rack`.
    package var unit: String
    package var acceleratorsPerUnit: Int
    package var units: Int
    package var serving: Int
    /// Of replicas that stand by.
    package var spare: Int
    /// Of the last units, in no replica.
    package var unused: Int
    package var dollarsPerUnitHour: Double

    private enum CodingKeys: String, CodingKey {
      case hardware, unit, units
      case acceleratorsPerUnit = "gpus_per_unit"
      case serving = "gpus_serving"
      case spare = "gpus_spare"
      case unused = "gpus_unused"
      case dollarsPerUnitHour = "usd_per_unit_hour"
    }
  }

  package var price: String
  package var dollarsPerHour: Double
  /// Of 730 hours, and of twelve of these.
  package var dollarsPerMonth: Double
  package var dollarsPerYear: Double
  package var total: Double
  package var perMillionTokens: PerMillionTokens
  /// Dollars for a request that is served; absent when none is.
  package var perRequest: Double?
  package var bills: [Bill]
  package var lines: [Line]

  /// A twelfth of a year of 365 days.
  package static let hoursPerMonth = 730.0

  private enum CodingKeys: String, CodingKey {
    case price, bills, lines
    case dollarsPerHour = "usd_per_hour"
    case dollarsPerMonth = "usd_per_month"
    case dollarsPerYear = "usd_per_year"
    case total = "total_usd"
    case perMillionTokens = "usd_per_mtok"
    case perRequest = "usd_per_request"
  }
}

/// The same tokens bought from somebody else.
package struct APIResults: Codable, Equatable, Sendable {
  package var name: String
  /// For one request as they are served here.
  package var dollarsPerRequest: Double
  /// Requests a second above which the machines are cheaper; absent when the other is free.
  package var breakEvenRate: Double?
  /// At the load of this run.
  package var isOwnCheaper: Bool

  private enum CodingKeys: String, CodingKey {
    case name
    case dollarsPerRequest = "usd_per_request"
    case breakEvenRate = "break_even_req_s"
    case isOwnCheaper = "own_is_cheaper"
  }
}
