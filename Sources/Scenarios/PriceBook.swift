internal import Diagnostics
internal import Hardware
internal import Units

/// What somebody pays for an hour of an accelerator, in the place of the profiles' prices.
///
///     schema: windtunnel/prices/1
///     date: 2026-11
///     prices:
///       h200-sxm: 2.40 USD/h
///       groq-lpu: 0.60 USD/h
///
/// A price holds for rental and owned alike: it is what it is.
package struct PriceBook: Sendable {
  static let schema = "windtunnel/prices/1"

  private let prices: [String: Hardware.Figure]

  /// - Throws: `InvalidInput` with everything that is wrong, `FileFailure`.
  package static func load(_ path: String) throws -> PriceBook {
    try read(text: try TextFile.read(path), file: path)
  }

  package static func read(text: String, file: String) throws -> PriceBook {
    let source = ConfigSource(file: file, kind: "prices")
    let map = try source.parse(text).mapping()
    if let node = map.required("schema"), node.string() != schema {
      node.report(
        "schema", "unknown price book schema: \(node.string())",
        hint: "this program reads `schema: \(schema)`")
    }
    let date = map.required("date")?.words()
    var prices: [String: Hardware.Figure] = [:]
    for (name, node) in map.required("prices")?.mapping().entries() ?? [] {
      // A machine of the user's own may have any name, but hardly one that is nearly another.
      if !HardwareCatalogue.names.contains(name),
        let near = Suggestion.nearest(to: name, in: HardwareCatalogue.names)
      {
        node.report("unknown-machine", "unknown machine: \(name)", hint: "did you mean `\(near)`?")
      }
      let value = node.quantity(.dollarsPerHour, .within(0...1e4))
      prices[name] = Hardware.Figure(
        dollarsPerHour: value,
        provenance: Provenance(
          status: .datasheet, source: "price-book", citation: "price book \(file)", date: date))
    }
    map.finish()
    try source.check()
    return PriceBook(prices: prices)
  }

  /// The catalogues with the book's prices in the profiles.
  package func pricing(_ catalogues: Catalogues) -> Catalogues {
    var changed = catalogues
    changed.hardware = { name in
      let profile = try catalogues.hardware(name)
      return prices[profile.name].map { profile.priced(at: $0) } ?? profile
    }
    return changed
  }
}
