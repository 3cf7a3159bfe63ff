internal import Hardware
internal import ModelArchitecture
internal import Statistics

/// The matrices of one stage, and what passing tokens through them takes on one chip.
///
///     flops = 2 · m · (P + k · X)         bytes = P · b + D(m) · X · b_x
///     D(m) = E · (1 - (1 - k / E)^m)
///
/// - m: tokens that pass as one matrix     - P, X: parameters of the dense matrices, of one expert
/// - b, b_x [B]: bytes of a weight         - E, k: experts, experts per token, D: distinct experts
///
/// Weights are read from SRAM once for the m tokens. Activations stream from unit to unit and do
/// not pass through SRAM. Routing is uniform, and every expert is cut over all chips of the stage.
/// Check: one layer of Llama-2-70B, 855,638,016 weights in int8, one token: 1.711 GFLOP and
/// 855.6 MB (`DataflowStageTests.matricesWorkedExample`).
struct DataflowMatrices: Sendable {
  struct Dense: Sendable {
    var parameters: Double
    var bytesPerWeight: Double
    var rate: KernelRate
  }

  struct Experts: Sendable {
    /// Parameters of one expert.
    var parameters: Double
    var experts: Double
    var chosenExperts: Double
    var bytesPerWeight: Double
    var rate: KernelRate

    func distinct(tokens: Double) -> Double {
      experts * (1 - power(1 - chosenExperts / experts, tokens))
    }
  }

  private(set) var dense: [Dense] = []
  private(set) var experts: Experts?

  mutating func add(_ parameters: Int, _ arithmetic: ResolvedArithmetic, _ rates: DataflowRates) {
    guard parameters > 0 else { return }
    dense.append(
      Dense(
        parameters: Double(parameters), bytesPerWeight: arithmetic.bytesPerWeight,
        rate: rates.rate(arithmetic.kernel)))
  }

  /// Router, shared experts and experts, or the dense feed-forward.
  mutating func addFeedForward(_ layer: LayerParameters, _ formats: DataflowFormats) {
    add(
      layer.dense.matrices + layer.shared.matrices + layer.outer.matrices, formats.dense,
      formats.rates)
    add(layer.router.matrices, formats.plain, formats.rates)
    guard layer.experts > 0 else { return }
    experts = Experts(
      parameters: Double(layer.expert.matrices), experts: Double(layer.experts),
      chosenExperts: Double(layer.expertsPerToken),
      bytesPerWeight: formats.experts.bytesPerWeight,
      rate: formats.rates.rate(formats.experts.kernel))
  }

  var storedBytes: Double {
    let all = experts.map { $0.experts * $0.parameters * $0.bytesPerWeight } ?? 0
    return dense.reduce(all) { $0 + $1.parameters * $1.bytesPerWeight }
  }

  func work(tokens: Double) -> KernelWork {
    var sum = KernelWork.none
    for item in dense {
      sum += item.rate.work(
        flops: 2 * tokens * item.parameters, bytes: item.parameters * item.bytesPerWeight)
    }
    if let experts {
      let bytes = experts.distinct(tokens: tokens) * experts.parameters * experts.bytesPerWeight
      sum += experts.rate.work(
        flops: 2 * tokens * experts.chosenExperts * experts.parameters, bytes: bytes)
    }
    return sum
  }
}

/// The formats of a deployment's weights on a dataflow machine, with their rates.
struct DataflowFormats: Sendable {
  let rates: DataflowRates
  let experts: ResolvedArithmetic
  let dense: ResolvedArithmetic
  /// Arithmetic of what is never quantized: router, embedding, head.
  let plain: ResolvedArithmetic

  init(_ weights: WeightFormat, on hardware: HardwareProfile) {
    let accelerator = hardware.accelerator
    rates = DataflowRates(hardware)
    experts = ResolvedArithmetic(weights, on: accelerator)
    // MXFP4 checkpoints quantize the experts alone.
    dense = ResolvedArithmetic(weights == .mxfp4 ? .bf16 : weights, on: accelerator)
    plain = ResolvedArithmetic(.bf16, on: accelerator)
  }
}

extension KernelWork {
  static let none = KernelWork(
    flops: 0, bytes: 0, seconds: 0, bottleneck: .memory, speedOfLightSeconds: 0, peakSeconds: 0)

  /// One kernel after another; the longer one decides what both are bound by.
  static func += (left: inout KernelWork, right: KernelWork) {
    if right.seconds > left.seconds { left.bottleneck = right.bottleneck }
    left.flops += right.flops
    left.bytes += right.bytes
    left.seconds += right.seconds
    left.peakSeconds += right.peakSeconds
    left.speedOfLightSeconds += right.speedOfLightSeconds
  }
}
