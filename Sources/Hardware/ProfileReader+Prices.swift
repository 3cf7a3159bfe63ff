internal import Diagnostics
internal import Units

extension ProfileReader {
  func prices(_ node: ConfigNode?) -> [Price] {
    guard let map = node?.mapping() else { return [] }
    let prices = Price.Basis.allCases.compactMap { basis -> Price? in
      guard let node = map.optional(basis.rawValue),
        let figure = figure(node, .dollarsPerHour)
      else { return nil }
      // What is typed is a price of now.
      if figure.date == nil, !node.isOverridden {
        node.report(
          "missing-date", "a price needs its date: `\(node.path)`",
          hint: "add for example `date: \"2026-07\"`")
      }
      return Price(basis: basis, figure: figure)
    }
    map.finish()
    return prices
  }

  /// `{server: 8, rack: 72, rental: server, owned: rack}`.
  func salesUnits(_ node: ConfigNode?) -> SalesUnits {
    guard let map = node?.mapping() else { return SalesUnits() }
    var sizes: [SalesUnit.Kind: Int] = [:]
    for kind in [SalesUnit.Kind.server, .rack] {
      sizes[kind] = integer(map.optional(kind.rawValue), in: 2...100_000)
    }
    if let server = sizes[.server], let rack = sizes[.rack], !rack.isMultiple(of: server),
      let node = map.optional("rack")
    {
      node.report(
        "rack", "a rack is of whole servers: \(rack) accelerators, \(server) in a server",
        hint: "write `rack: \((rack / server + 1) * server)`")
    }
    var usual: [Price.Basis: SalesUnit.Kind] = [:]
    for basis in Price.Basis.allCases {
      guard let node = map.optional(basis.rawValue) else { continue }
      let kind = choice(node, default: SalesUnit.Kind.accelerator)
      if let kind, kind != .accelerator, sizes[kind] == nil {
        node.report(
          "unknown-unit", "nothing says how many accelerators are in a \(kind.rawValue)",
          hint: "add for example `\(kind.rawValue): \(kind == .server ? 8 : 72)`")
      }
      usual[basis] = kind
    }
    map.finish()
    return SalesUnits(sizes: sizes, usual: usual)
  }
}
