package import Hardware
internal import Units

/// A machine that is bought: what an hour of it costs its owner.
///
///     c = K / (n · y · 8,760 h) + P · PUE · e / 1,000 + o
///
/// - c [USD/h]: of one accelerator
/// - K [USD]: capital for one unit of n accelerators - server, rack - all that comes with it
/// - y: years after which it is worth nothing; 8,760 hours in one
/// - P [W]: of one accelerator with its share of the system, at its thermal design power all the
///   time, which is too much for a machine that idles; 0 where its price of power is not given
/// - PUE: facility over IT power, 1.3 unless the book says otherwise
/// - e [USD/kWh], o [USD/h]: price of power; space, staff and repairs of one accelerator
///
/// Assumes that the machine runs all year; interest is part of K or o.
/// Check: a server of 8 H200 for 300,000 USD over 4 years is 1.0702 USD/h; 1,370 W at a PUE of 1.3
/// and 0.08 USD/kWh add 0.1425 (`PurchasePriceTests.workedExample`).
package struct PurchasePrice: Equatable, Sendable {
  package static let hoursPerYear = 8_760.0

  package var capital: Double
  package var unit: SalesUnit
  package var years: Double
  /// Dollars for a kilowatt-hour; nil when power is paid for otherwise.
  package var powerPrice: Double?
  package var usageEffectiveness: Double
  /// Dollars for an hour of one accelerator.
  package var operation: Double

  package init(
    capital: Double, unit: SalesUnit, years: Double, powerPrice: Double? = nil,
    usageEffectiveness: Double, operation: Double = 0
  ) {
    self.capital = capital
    self.unit = unit
    self.years = years
    self.powerPrice = powerPrice
    self.usageEffectiveness = usageEffectiveness
    self.operation = operation
  }

  /// - Parameter watts: of one accelerator with its share of the system.
  package func dollarsPerHour(watts: Double) -> Double {
    let hours = Double(unit.accelerators) * years * Self.hoursPerYear
    return capital / hours + watts / 1_000 * usageEffectiveness * (powerPrice ?? 0) + operation
  }

  func price(of profile: HardwareProfile, _ provenance: Provenance) -> Price {
    let watts = profile.systemPowerPerAccelerator?.value ?? 0
    return Price(
      basis: .owned,
      figure: Hardware.Figure(
        dollarsPerHour: dollarsPerHour(watts: watts), provenance: provenance),
      unit: unit)
  }
}
