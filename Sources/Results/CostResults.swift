/// Cost of all accelerator-hours, busy or idle. The lines add up to `total_usd` exactly.
package struct CostResults: Encodable, Equatable, Sendable {
  package struct Line: Encodable, Equatable, Sendable {
    /// Only where there are several.
    package var pool: String?
    package var item = ""
    package var quantity = 0.0
    package var unit = ""
    package var unitPrice = 0.0
    package var cost = 0.0

    package init() {}
  }

  /// Idle time is spread over the kinds, so that each price times its tokens adds up to the total.
  package struct PerMillionTokens: Encodable, Equatable, Sendable {
    /// Dollars for a million prompt tokens that are computed; absent when none is.
    package var input: Double?
    /// Absent when no prompt token is found in a cache.
    package var cached: Double?
    package var thinking: Double?
    package var output: Double?
    package var blended: Double?

    package init() {}
  }

  /// What is paid for to have the machines of one kind.
  package struct Bill: Encodable, Equatable, Sendable {
    package var hardware = ""
    /// `accelerator`, `server` or `rack`.
    package var unit = ""
    package var acceleratorsPerUnit = 0
    package var units = 0
    /// Accelerators of replicas that serve.
    package var serving = 0
    /// Accelerators of replicas that stand by.
    package var spare = 0
    /// Accelerators of the last units, in no replica.
    package var unused = 0
    package var dollarsPerUnitHour = 0.0
    /// Date of the price; absent where nobody says.
    package var priceDate: String?
    /// Who says so: a list, a market, somebody's own book.
    package var priceSource: String?
    /// Whether whoever asks has stated it.
    package var isOwnPrice = false

    package init() {}
  }

  package var price = ""
  package let dollarsPerHour: Double
  package var total = 0.0
  package var perMillionTokens = PerMillionTokens()
  /// Dollars for a request that is served; absent when none is.
  package var perRequest: Double?
  package var bills: [Bill] = []
  package var lines: [Line] = []
  /// For a month of 730 hours, and for twelve of these.
  package let dollarsPerMonth: Double
  package let dollarsPerYear: Double

  /// A twelfth of a year of 365 days.
  package static let hoursPerMonth = 730.0

  package init(dollarsPerHour: Double) {
    self.dollarsPerHour = dollarsPerHour
    dollarsPerMonth = dollarsPerHour * Self.hoursPerMonth
    dollarsPerYear = dollarsPerMonth * 12
  }
}

/// What the same tokens cost when they are bought from somebody else.
package struct APIResults: Encodable, Equatable, Sendable {
  package var name: String
  /// For one request as they are served here.
  package var dollarsPerRequest: Double
  /// Requests a second above which the machines are cheaper; absent when the other is free, or
  /// when these machines cannot serve so many.
  package var breakEvenRate: Double?
  /// For one request on these machines when they are full; absent where nobody knows.
  package var fullDollarsPerRequest: Double?
  /// At the load of this run.
  package var isOwnCheaper: Bool

  package init(
    name: String, dollarsPerRequest: Double, breakEvenRate: Double?, isOwnCheaper: Bool
  ) {
    self.name = name
    self.dollarsPerRequest = dollarsPerRequest
    self.breakEvenRate = breakEvenRate
    self.isOwnCheaper = isOwnCheaper
  }
}

extension APIResults {
  /// The comparison beside machines that serve no more than a capacity C [requests a second], where
  /// a request costs no less than
  ///
  ///     p = h / (3600 C)
  ///
  /// - h: dollars an hour, whatever comes
  ///
  /// Check: 2.40 USD/h and 26.7 requests a second: 2.5e-5 USD (`OwnPriceTests.fullMachine`).
  package func limited(to capacity: Double, dollarsPerHour: Double) -> APIResults {
    var limited = self
    limited.fullDollarsPerRequest = dollarsPerHour / 3600 / capacity
    if let rate = breakEvenRate, rate > capacity { limited.breakEvenRate = nil }
    return limited
  }
}
