internal import Outcomes
internal import Units

/// A line of a comparison: one figure of every machine.
struct CompareRow: Sendable {
  let name: String
  /// Empty where it is not known.
  let cell: @Sendable (CompareReport.Machine) -> String

  init(_ name: String, _ cell: @escaping @Sendable (CompareReport.Machine) -> String) {
    self.name = name
    self.cell = cell
  }

  private static func of(
    _ name: String, _ cell: @escaping @Sendable (CompareReport.Choice) -> String?
  ) -> CompareRow {
    CompareRow(name) { machine in
      guard let choice = machine.choice else { return "" }
      return cell(choice) ?? "unknown"
    }
  }

  static let all = layout + speed + price + machine

  private static let layout = [
    CompareRow("holds the level") { $0.verdict == .holds ? "yes" : "no" },
    of("accelerators") { NumberText.grouped($0.accelerators) },
    of("layout") { $0.layout.split(separator: " -> ").first.map(String.init) },
    CompareRow("  then decode") { machine in
      let parts = machine.choice?.layout.split(separator: " -> ") ?? []
      return parts.count > 1 ? String(parts[1]) : ""
    },
    of("weights") { $0.weights },
  ]

  private static let speed = [
    of("output, tok/s per GPU") { number($0.results.outputRatePerAccelerator) },
    of("interactivity, tok/s") { number($0.results.timePerOutputToken.map { 1000 / $0.p50 }) },
    of("TTFT p99, s") { number($0.results.timeToFirstToken.map { $0.p99 / 1000 }) },
    of("TPOT p99, ms") { number($0.results.timePerOutputToken?.p99) },
  ]

  private static let price = [
    of("USD/h") { number($0.results.cost?.dollarsPerHour) },
    of("USD/Mtok input") { number($0.results.cost?.perMillionTokens.input) },
    of("USD/Mtok output") { number($0.results.cost?.perMillionTokens.output) },
    of("USD/Mtok blended") { number($0.results.cost?.perMillionTokens.blended) },
    CompareRow("  price, to the first") { ratio($0.priceRatio) },
    CompareRow("  output per GPU, to it") { ratio($0.rateRatio) },
  ]

  private static let machine = [
    of("J per output token") { number($0.results.energy?.joulesPerOutputToken) },
    of("output tok/s per MW") { choice in
      choice.results.energy?.tokensPerSecondPerMegawatt.map { NumberText.fixed($0, 0) }
    },
    of("bound by") { $0.results.boundBy.map(bounds) },
    of("speed rests on") { $0.weakest },
    CompareRow("simulations") { String($0.simulations) },
  ]

  private static func number(_ value: Double?) -> String? {
    value.map { NumberText.significant($0, 3) }
  }

  /// `0.51 (0.42 to 0.63)`
  private static func ratio(_ ratio: CompareReport.Ratio?) -> String {
    guard let ratio else { return "" }
    let value = NumberText.significant(ratio.value, 2)
    guard let low = ratio.low, let high = ratio.high else { return value }
    let ends = [low, high].map { NumberText.significant($0, 2) }
    return "\(value) (\(ends[0]) to \(ends[1]))"
  }

  /// The two largest parts.
  private static func bounds(_ parts: RunResults.BoundBy) -> String {
    let named = [
      ("memory", parts.memory), ("compute", parts.compute), ("links", parts.interconnect),
      ("host", parts.host), ("idle", parts.idle),
    ]
    return named.sorted { $0.1 > $1.1 }.prefix(2)
      .map { "\($0.0) \(NumberText.fixed($0.1 * 100, 0))%" }.joined(separator: ", ")
  }
}
