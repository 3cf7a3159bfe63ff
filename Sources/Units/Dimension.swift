/// What a quantity measures, with the units people may write it in.
///
/// Decimal and binary prefixes are different words: `141 GB` is 141e9 bytes, `141 GiB` is 7.4 %
/// more.
/// This table and `SimTime` are the only places where a prefix becomes a number.
package enum Dimension: String, CaseIterable, Sendable {
  case bytes
  case bytesPerSecond = "bytes per second"
  case flopsPerSecond = "FLOPs per second"
  case seconds = "a duration"
  case watts = "power"
  case dollarsPerHour = "dollars per hour"
  case requestsPerSecond = "requests per second"
  case tokensPerSecond = "tokens per second"
  case dollars
  case joules = "energy"
  case dollarsPerMillionTokens = "dollars per million tokens"
  case dollarsPerKilowattHour = "dollars per kilowatt-hour"
  case joulesPerToken = "joules per token"
  case tokensPerSecondPerMegawatt = "tokens per second and megawatt"

  /// Accepted units, the coherent SI one first, each with its factor to that one.
  package var units: [(symbol: String, factor: Double)] {
    switch self {
    case .bytes:
      [
        ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40),
      ]
    case .bytesPerSecond:
      [("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12), ("PB/s", 1e15)]
    case .flopsPerSecond: [("GFLOP/s", 1e9), ("TFLOP/s", 1e12), ("PFLOP/s", 1e15)]
    case .seconds:
      [("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("min", 60), ("h", 3600)]
    case .watts: [("W", 1), ("kW", 1e3), ("MW", 1e6)]
    case .dollarsPerHour: [("USD/h", 1)]
    case .tokensPerSecond: [("tok/s", 1)]
    case .dollars: [("USD", 1)]
    case .joules: [("J", 1), ("kJ", 1e3), ("MJ", 1e6), ("Wh", 3.6e3), ("kWh", 3.6e6)]
    case .dollarsPerMillionTokens: [("USD/Mtok", 1)]
    case .dollarsPerKilowattHour: [("USD/kWh", 1)]
    case .joulesPerToken: [("J/tok", 1)]
    case .tokensPerSecondPerMegawatt: [("tok/s/MW", 1)]
    case .requestsPerSecond: [("req/s", 1), ("req/min", 1.0 / 60), ("req/h", 1.0 / 3600)]
    }
  }

  /// The accepted units as a person would list them: "`B`, `kB` or `MB`".
  package var acceptedUnits: String {
    let quoted = units.map { "`\($0.symbol)`" }
    guard quoted.count > 1 else { return quoted[0] }
    return quoted.dropLast().joined(separator: ", ") + " or " + quoted[quoted.count - 1]
  }
}
