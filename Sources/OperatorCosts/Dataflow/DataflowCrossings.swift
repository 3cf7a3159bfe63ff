internal import Hardware

/// What a token crosses between the scale-up domains of a pipeline.
///
///     r = d for d > 1 domains, else 0         time = r · ρ
///
/// - d: domains that the chips fill, each with a part of the layers     - ρ [s]: scale-out latency
///
/// A token goes through d - 1 crossings, and the drawn one goes back to the first layer. Hops
/// inside a domain are in the fitted latency of a layer, so they are not added.
/// Check: 512 chips of groq-3-lpx, domains of 256, 1.6 us: 2 · 1.6 = 3.2 us
/// (`DataflowPipelineTests.racksAddTheirCrossings`).
struct DataflowCrossings: Sendable {
  let seconds: Double
  /// Bandwidth of the slowest link on the way, in one direction.
  let bytesPerSecond: Double

  /// - Precondition: the profile has the figures that `DataflowPlan.missingFigure` asks for.
  init(_ hardware: HardwareProfile, chips: Int) {
    let link = hardware.scaleUp
    guard chips > 1, let inside = link.bandwidth?.value else {
      (seconds, bytesPerSecond) = (0, .infinity)
      return
    }
    let domains = (chips + link.domain - 1) / link.domain
    guard domains > 1, let outside = hardware.scaleOut else {
      (seconds, bytesPerSecond) = (0, inside)
      return
    }
    seconds = Double(domains) * outside.latency.value
    bytesPerSecond = min(inside, outside.bandwidth.value)
  }
}
