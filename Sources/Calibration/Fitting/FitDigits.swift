internal import Hardware

/// The digits that a fit is good for, and a profile has: rounded before anything else sees them, so
/// that every rendering and every comparison is of the same figures.
enum FitDigits {
  static func rounded(_ efficiency: Efficiency) -> Efficiency {
    var rounded = efficiency
    rounded.compute = efficiency.compute.map { share($0) }
    rounded.memory = efficiency.memory.map { share($0) }
    rounded.floorSeconds = latency(efficiency.floorSeconds)
    rounded.depthLatencySeconds = significant(efficiency.depthLatencySeconds * 1e9) / 1e9
    rounded.serialTraffic = (efficiency.serialTraffic * 100).rounded() / 100
    rounded.residual = efficiency.residual.map { share($0) }
    return rounded
  }

  static func share(_ value: Double) -> Double { (value * 1e3).rounded() / 1e3 }

  /// To ten nanoseconds.
  static func latency(_ seconds: Double) -> Double { (seconds * 1e8).rounded() / 1e8 }

  /// To a tenth of a gigabyte a second, and not above what is allowed.
  static func bandwidth(_ bytesPerSecond: Double, atMost highest: Double) -> Double {
    let rounded = (bytesPerSecond / 1e8).rounded() * 1e8
    return rounded <= highest ? rounded : (highest / 1e8).rounded(.down) * 1e8
  }

  /// To three digits.
  private static func significant(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var scale = 1.0
    while value * scale < 100 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}
