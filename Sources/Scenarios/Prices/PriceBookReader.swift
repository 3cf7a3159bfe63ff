internal import Diagnostics
internal import Hardware
internal import Units

/// Reads a price book strictly; see `PriceBook` for the schema.
struct PriceBookReader {
  static let schema = "windtunnel/prices/1"
  /// Facility power over IT power, of those who do not say (`PowerAssumptions.usageEffectiveness`).
  static let usageEffectiveness = 1.3

  let source: ConfigSource
  private let currency: Currency?

  init(source: ConfigSource) { self.init(source: source, currency: nil) }

  private init(source: ConfigSource, currency: Currency?) {
    self.source = source
    self.currency = currency
  }

  func read(_ root: ConfigNode) -> PriceBook {
    let map = root.mapping()
    if let node = map.required("schema"), node.string() != Self.schema {
      node.report(
        "schema", "unknown price book schema: \(node.string())",
        hint: "this program reads `schema: \(Self.schema)`")
    }
    let date = map.required("date").flatMap(date)
    let reader = PriceBookReader(
      source: source, currency: map.optional("currency").flatMap(Currency.init))
    let entries = reader.entries(map.required("prices"), date: date)
    let api = map.optional("api").map(reader.api)
    map.finish()
    return PriceBook(entries: entries, api: api)
  }

  /// A year, month or day.
  private func date(_ node: ConfigNode) -> String? {
    guard let text = source.clean({ node.words() }) else { return nil }
    if CalendarMonth(text) != nil { return text }
    node.report(
      "date", "`\(node.path)` must be a year, month or day: \(text)",
      notes: CalendarMonth.note(on: text),
      hint: "write for example `2026-07`")
    return nil
  }

  // MARK: Machines

  private func entries(_ node: ConfigNode?, date: String?) -> [String: PriceBook.Entry] {
    var entries: [String: PriceBook.Entry] = [:]
    for (name, node) in node?.mapping().entries() ?? [] {
      guard let profile = machine(name, node) else { continue }
      if entries[profile.name] != nil {
        node.report(
          "twice", "a price of `\(profile.name)` stands here twice", hint: "leave one of them out")
      }
      let book = source.file
      var words = "your price book \(book)"
      if let currency {
        words += ", \(currency.name) at \(NumberText.significant(currency.rate, 4)) USD"
      }
      entries[profile.name] = entry(
        node, profile,
        Provenance(status: .datasheet, source: PriceBook.sourceName, citation: words, date: date))
    }
    return entries
  }

  /// A price of a machine that nobody knows would be one of no machine at all.
  private func machine(_ name: String, _ node: ConfigNode) -> HardwareProfile? {
    do {
      return try HardwareCatalogue.load(nameOrPath: path(name))
    } catch let error as InvalidInput {
      source.adopt(
        Place(location: node.location, path: node.path).adopt(error))
    } catch let error as FileFailure {
      node.report("file", error.diagnostic.message)
    } catch {
      node.report("file", "\(error)")
    }
    return nil
  }

  /// A file is named from where the book is.
  private func path(_ name: String) -> String {
    guard name.contains("/") || name.hasSuffix(".yaml"), !name.hasPrefix("/"),
      let end = source.file.lastIndex(of: "/")
    else { return name }
    return source.file[...end] + name
  }

  private func entry(
    _ node: ConfigNode, _ profile: HardwareProfile, _ provenance: Provenance
  ) -> PriceBook.Entry {
    func price(_ basis: Price.Basis, _ found: (dollars: Double, unit: SalesUnit?)) -> Price {
      Price(
        basis: basis,
        figure: Hardware.Figure(dollarsPerHour: found.dollars, provenance: provenance),
        unit: found.unit)
    }
    var entry = PriceBook.Entry(provenance: provenance)
    guard node.isMapping else {
      let found = hourly(node, profile)
      entry.prices = Price.Basis.allCases.map { price($0, found) }
      return entry
    }
    let map = node.mapping()
    if map.has("price") {
      let found = hourly(node, profile)
      entry.prices = Price.Basis.allCases.map { price($0, found) }
      return entry
    }
    for basis in Price.Basis.allCases {
      guard let node = map.optional(basis.rawValue) else { continue }
      entry.prices.append(price(basis, hourly(node, profile)))
    }
    if let node = map.optional("purchase") {
      if map.has(Price.Basis.owned.rawValue) {
        node.report(
          "purchase", "what is bought has a price for its owner: `owned` beside it",
          hint: "leave `owned` or `purchase` out")
      }
      entry.purchase = purchase(node, profile)
    }
    map.finish()
    return entry
  }

  /// `2.40 USD/h`, or `{price: 19.20 USD/h, for: server}`.
  ///
  /// - Returns: dollars for an hour of one accelerator.
  private func hourly(
    _ node: ConfigNode, _ profile: HardwareProfile
  ) -> (dollars: Double, unit: SalesUnit?) {
    guard node.isMapping else { return (money(node, .dollarsPerHour, 0...1e4), nil) }
    let map = node.mapping()
    let unit = map.optional("for").flatMap { self.unit($0, profile) }
    let dollars = map.required("price").map { money($0, .dollarsPerHour, 0...1e7) } ?? 0
    map.finish()
    return (dollars / Double(unit?.accelerators ?? 1), unit)
  }

  private func unit(_ node: ConfigNode, _ profile: HardwareProfile) -> SalesUnit? {
    guard
      let kind = source.clean({ node.choice(SalesUnit.Kind.self, default: .accelerator) })
    else { return nil }
    if let unit = profile.sales.unit(kind) { return unit }
    node.report(
      "unit", "`\(profile.name)` is not known to be sold by the \(kind.rawValue)",
      notes: ["known: " + profile.sales.kinds.map(\.rawValue).joined(separator: ", ")],
      hint: profile.sales.kinds.last.map { "write `for: \($0.rawValue)`" })
    return nil
  }

  private func purchase(_ node: ConfigNode, _ profile: HardwareProfile) -> PurchasePrice {
    let map = node.mapping()
    let power = map.optional("power_price")
    if let power, profile.systemPowerPerAccelerator == nil {
      power.report(
        "power", "nobody knows the power of `\(profile.name)` with its system",
        hint: "leave `power_price` out, and put it into `operation`")
    }
    let price = PurchasePrice(
      capital: map.required("capital").map { money($0, .dollars, 0...1e12) } ?? 0,
      unit: map.optional("for").flatMap { unit($0, profile) } ?? .accelerator,
      years: map.required("years")?.number(.within(0.25...30)) ?? 1,
      powerPrice: power.map { money($0, .dollarsPerKilowattHour, 0...10) },
      usageEffectiveness: map.optional("pue")?.number(.within(1...3)) ?? Self.usageEffectiveness,
      operation: map.optional("operation").map { money($0, .dollarsPerHour, 0...1e4) } ?? 0)
    map.finish()
    return price
  }

  private func api(_ node: ConfigNode) -> APIPrice {
    let map = node.mapping()
    func price(_ node: ConfigNode) -> Double { money(node, .dollarsPerMillionTokens, 0...1e6) }
    let api = APIPrice(
      name: map.optional("name")?.words() ?? "the API",
      input: map.required("input").map(price) ?? 0, cached: map.optional("cached").map(price),
      output: map.required("output").map(price) ?? 0)
    map.finish()
    return api
  }

  // MARK: Currency

  /// In dollars, whichever of the two it is written in.
  private func money(
    _ node: ConfigNode, _ dimension: Dimension, _ range: ClosedRange<Double>
  ) -> Double {
    guard let currency, let text = node.scalarText, text.contains(currency.name) else {
      return node.quantity(dimension, .within(range))
    }
    let dollars = text.replacing(currency.name, with: "USD")
    guard case .success(let amount) = Quantity.parse(dollars, as: dimension) else {
      // Its own message, in the words of the file but for the currency.
      return node.quantity(dimension, .within(range))
    }
    let value = amount * currency.rate
    guard range.contains(value) else {
      node.report(
        "out-of-range", "`\(node.path)` is out of range: \(text)",
        hint: "write \(NumberText.quantity(range.upperBound, dimension)) at the most")
      return range.lowerBound
    }
    return value
  }
}

/// The currency of a book, beside the dollar.
private struct Currency {
  var name: String
  /// Dollars for one.
  var rate: Double

  init?(_ node: ConfigNode) {
    let map = node.mapping()
    let name = map.required("name")?.words() ?? ""
    let rate = map.required("rate")?.quantity(.dollars, .within(1e-6...1e6)) ?? 1
    map.finish()
    guard name.count == 3, name.allSatisfy({ $0.isASCII && $0.isUppercase }) else {
      node.report(
        "currency", "`currency.name` must be three capital letters: \(name)",
        hint: "write for example `currency: {name: EUR, rate: 1.16 USD}`")
      return nil
    }
    self.name = name
    self.rate = rate
  }
}
