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
  /// The same machine at another price, whichever kind is asked for.
  package func priced(at figure: Figure) -> HardwareProfile {
    var changed = self
    changed.prices = Price.Basis.allCases.map { Price(basis: $0, figure: figure) }
    changed.record.figures.removeAll { $0.path.hasPrefix("prices.") }
    changed.record.provenances.removeAll { $0.path.hasPrefix("prices.") }
    for basis in Price.Basis.allCases {
      let path = "prices.\(basis.rawValue)"
      changed.record.figures.append(ProfileRecord.Entry(path: path, content: figure))
      changed.record.provenances.append(
        ProfileRecord.Entry(path: path, content: figure.provenance))
    }
    return changed
  }
}
