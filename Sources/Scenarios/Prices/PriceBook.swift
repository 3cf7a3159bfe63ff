internal import Diagnostics
package import Hardware
internal import Units

/// What somebody pays, in the place of the profiles' prices.
///
///     schema: windtunnel/prices/1
///     date: 2026-11
///     currency: {name: EUR, rate: 1.16 USD}        # so that prices may be written in it
///     prices:
///       h200-sxm: 2.40 USD/h                       # of an accelerator, rental and owned alike
///       b200-sxm: {price: 38 USD/h, for: server}
///       gb200-nvl72:
///         rental: 2.90 EUR/h
///         purchase: {capital: 3.2e6 USD, for: rack, years: 4, power_price: 0.08 USD/kWh}
///       machines/mine.yaml: 0.60 USD/h
///     api: {name: "the API", input: 0.55 USD/Mtok, cached: 0.14 USD/Mtok, output: 2.19 USD/Mtok}
///
/// `PriceBookReader` reads it.
package struct PriceBook: Sendable {
  /// The prices of one machine, under the profile's name.
  struct Entry: Sendable {
    var prices: [Price] = []
    var purchase: PurchasePrice?
    /// Where the price was made; `USD` for what was paid for the machine itself.
    var provenance: Provenance
  }

  /// Under which its prices stand in what a result rests on.
  package static let sourceName = "price-book"

  let entries: [String: Entry]
  /// What others ask for the same tokens.
  package let api: APIPrice?

  /// - Throws: `InvalidInput` with everything that is wrong, `FileFailure`.
  package static func load(_ path: String) throws -> PriceBook {
    try read(text: try TextFile.read(path), file: path)
  }

  package static func read(text: String, file: String) throws -> PriceBook {
    let source = ConfigSource(file: file, kind: "prices")
    let book = PriceBookReader(source: source).read(try source.parse(text))
    try source.check()
    return book
  }

  /// The names of the machines that it has prices of, sorted.
  package var machines: [String] { entries.keys.sorted() }

  /// The machines among some of which the book has no price of a kind, though it has another: what
  /// stands in it is not what is counted then.
  package func machines(of names: [String], without basis: Price.Basis) -> [String] {
    names.compactMap { try? HardwareCatalogue.load(nameOrPath: $0).name }.uniqued.filter { name in
      entries[name].map { entry in
        !entry.prices.contains { $0.basis == basis } && !(basis == .owned && entry.purchase != nil)
      } ?? false
    }
  }

  /// The catalogues with the book's prices in the profiles.
  package func pricing(_ catalogues: Catalogues) -> Catalogues {
    var changed = catalogues
    changed.hardware = { name in
      let profile = try catalogues.hardware(name)
      // Of a machine with changed figures, the one that it is made of.
      let name = String(profile.name.prefix { $0 != "," })
      guard let entry = entries[name] else { return profile }
      return profile.priced(entry.prices(of: profile))
    }
    changed.api = api
    return changed
  }
}

extension PriceBook.Entry {
  /// With the owner's price that follows from a purchase.
  func prices(of profile: HardwareProfile) -> [Price] {
    guard let purchase else { return prices }
    return prices + [purchase.price(of: profile, provenance)]
  }
}
