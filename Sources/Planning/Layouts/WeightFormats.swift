internal import Hardware
internal import ModelArchitecture
package import OperatorCosts

/// The formats of weights that a search tries on a machine when nobody names them.
///
/// Those that checkpoints of most models are published in, that are narrower than the one that is
/// served, and whose kernels somebody has timed on this machine: a speed that is only an estimate
/// of an estimate is no reason to change what answers are made of.
package struct WeightFormats: Hashable, Sendable {
  /// Beside the scenario's own.
  package var tried: [WeightFormat] = []
  /// The machine would run them, and nobody has timed their kernels there.
  package var untimed: [WeightFormat] = []

  private static let published: [WeightFormat] = [.fp8, .nvfp4]
  /// Share of the bytes of a weight that a narrower format has at most: scales alone are no gain.
  private static let leastGain = 0.9

  package init() {}

  init(
    narrowerThan own: WeightFormat, of architecture: Architecture, on hardware: HardwareProfile
  ) {
    guard hardware.kind == .gpu else { return }
    for format in Self.published
    where format.bytesPerWeight < Self.leastGain * own.bytesPerWeight {
      let kernel = format.kernel(on: hardware.accelerator)
      // Weights that are widened before they are multiplied are another trade.
      guard kernel != .w4a16, kernel != .w4a16MX else { continue }
      let needed: [OperatorClass] = architecture.hasExperts ? [.gemm, .moe] : [.gemm]
      let isTimed = needed.allSatisfy { operation in
        let found = hardware.efficiencies.efficiency(of: operation, kernel)
        return found.map { [.fitted, .measured].contains($0.status) } ?? false
      }
      if isTimed { tried.append(format) } else { untimed.append(format) }
    }
  }
}
