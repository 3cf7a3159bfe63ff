internal import Diagnostics
internal import Units

extension Dimension {
  /// What a figure of one machine can be: a hundred times beyond anything built or planned, so that
  /// a slip of a unit is found where it stands, and products of figures stay far from overflowing.
  var plausible: Bounds {
    switch self {
    case .bytes: .upTo(1e15)
    // From a Gigabit Ethernet up.
    case .bytesPerSecond: .within(1e8...1e18)
    case .flopsPerSecond: .within(1e9...1e21)
    // Latencies of links and kernels.
    case .seconds: .upTo(1)
    case .watts: .upTo(1e6)
    // Of one accelerator. A century of a thousand of them is still counted in millionths.
    case .dollarsPerHour: .upTo(1e4)
    // Of no machine by itself.
    case .requestsPerSecond, .tokensPerSecond, .dollars, .dollarsPerMillionTokens,
      .dollarsPerKilowattHour, .joulesPerToken, .tokensPerSecondPerMegawatt, .joules:
      .positive
    }
  }
}

/// What the coefficients of fitted kernels and collectives can be, by the same measure.
enum FitLimits {
  static let latencies = Bounds.within(0...1)
  /// For each unit of a matrix's inner width, of which there are up to a hundred thousand.
  static let depthLatencies = Bounds.within(0...1e-3)
  /// Bytes for each element.
  static let serialTraffic = Bounds.within(0...1_000)
  static let rates = Bounds.within(1e6...1e18)
}
