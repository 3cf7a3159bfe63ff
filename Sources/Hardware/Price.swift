/// What an hour of one accelerator costs, all its share of the system included.
package struct Price: Hashable, Sendable {
  package enum Basis: String, CaseIterable, Sendable {
    /// Paid to a cloud.
    case rental
    /// Capital, power, space and staff of an owner, spread over the machine's life.
    case owned
  }

  package var basis: Basis
  /// The price in dollars per hour; `date` is present unless it was typed.
  package var figure: Figure
  /// What the price is paid for: one accelerator, a server, a rack; nil for what the machine's
  /// prices usually are for.
  package var unit: SalesUnit?

  package init(basis: Basis, figure: Figure, unit: SalesUnit? = nil) {
    self.basis = basis
    self.figure = figure
    self.unit = unit
  }
}
