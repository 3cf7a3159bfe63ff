internal import Units

extension Figure {
  /// A price that no profile has.
  package init(dollarsPerHour value: Double, provenance: Provenance) {
    self.init(
      value: value, dimension: .dollarsPerHour, text: NumberText.plain(value, .dollarsPerHour),
      provenance: provenance, low: nil, high: nil)
  }
}

extension HardwareProfile {
  package func price(_ basis: Price.Basis) -> Price? { prices.first { $0.basis == basis } }

  /// What is paid for: the unit asked for, or that of the prices; nil when it is not sold so.
  package func salesUnit(_ basis: Price.Basis, billedBy kind: SalesUnit.Kind?) -> SalesUnit? {
    if let kind { return sales.unit(kind) }
    return price(basis)?.unit ?? sales.unit(of: basis)
  }

  /// This machine with other prices of the kinds that are given.
  package func priced(_ prices: [Price]) -> HardwareProfile {
    var changed = self
    for price in prices {
      let path = "prices.\(price.basis.rawValue)"
      changed.prices.removeAll { $0.basis == price.basis }
      changed.prices.append(price)
      changed.record.figures.removeAll { Self.isPart($0.path, of: path) }
      changed.record.provenances.removeAll { Self.isPart($0.path, of: path) }
      changed.record.figures.append(ProfileRecord.Entry(path: path, content: price.figure))
      changed.record.provenances.append(
        ProfileRecord.Entry(path: path, content: price.figure.provenance))
    }
    return changed
  }

  private static func isPart(_ path: String, of whole: String) -> Bool {
    path == whole || path.hasPrefix(whole + ".")
  }
}
