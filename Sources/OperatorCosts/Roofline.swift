package import Hardware

/// Times of operators on one accelerator.
///
///     t = floor + k · λ + n · σ / bandwidth
///       + max( flops / (peak · e_c), bytes / (bandwidth · e_m) )
///
/// - flops [FLOP], bytes [B]: the work of one call on one rank
/// - peak [FLOP/s]: dense peak of the arithmetic        - bandwidth [B/s]: of the first memory tier
/// - e_c, e_m in (0, 1]: efficiencies of the operator's class, fitted to kernel timings or
///   estimated
/// - floor [s]: the time of the smallest such kernel (launch inside a graph, ramp-up, tail)
/// - k, λ [s]: inner width of a multiplication, which every tile walks through in order, and the
///   time
///   of one unit of it when nothing else is the limit
/// - n, σ [B]: activation elements, and the bytes of each moved before and after the multiplication
///   instead of under it (gathering tokens by expert, writing attention's inputs)
///
/// Valid for one kernel at a time on the whole accelerator. Since e_c, e_m <= 1 and floor >= 0, no
/// time is below the speed of light max(flops / peak, bytes / bandwidth) (law L9).
/// Source: Williams, Waterman and Patterson, "Roofline", CACM 2009; the floor as measured.
/// Check: H200 bf16, 2 · 16 · 8192 · 8192 FLOPs and 134.7 MB: 989 TFLOP/s do not matter; at
/// e_m = 0.8 and 3 us the time is 3 + 35.1 = 38.1 us (`RooflineTests.workedExample`).
///
/// A class, because the profile inside is large and the step loop would copy it with every price.
package final class Roofline: Sendable {
  let profile: HardwareProfile
  let bandwidth: Double
  /// By class and arithmetic; looked up once, since a lookup in the profile copies its provenance.
  private let rates: [KernelRate]

  package init(_ profile: HardwareProfile) {
    self.profile = profile
    let bandwidth = profile.accelerator.memory[0].bandwidth.value
    self.bandwidth = bandwidth
    rates = OperatorClass.allCases.flatMap { operatorClass in
      KernelArithmetic.allCases.map { kernel in
        KernelRate(
          Self.efficiency(profile, operatorClass, kernel),
          peak: Self.peak(profile, kernel.peak), bandwidth: bandwidth)
      }
    }
  }

  /// The rates of one class and arithmetic.
  func rate(_ operatorClass: OperatorClass, _ kernel: KernelArithmetic) -> KernelRate {
    rates[operatorClass.position * KernelArithmetic.allCases.count + kernel.position]
  }

  func cost(
    _ name: String, _ operatorClass: OperatorClass, _ kernel: KernelArithmetic, flops: Double,
    bytes: Double, depth: Double = 0, elements: Double = 0
  ) -> OperatorCost {
    let rate = rate(operatorClass, kernel)
    return OperatorCost(
      name, rate.work(flops: flops, bytes: bytes, depth: depth, elements: elements))
  }

  func cost(
    _ name: String, _ operatorClass: OperatorClass, _ kernel: KernelArithmetic,
    _ demand: KernelDemand
  ) -> OperatorCost {
    OperatorCost(name, rate(operatorClass, kernel).work(demand))
  }

  func efficiency(_ operatorClass: OperatorClass, _ kernel: KernelArithmetic) -> Efficiency {
    Self.efficiency(profile, operatorClass, kernel)
  }

  func peakFLOPsPerSecond(_ arithmetic: Arithmetic) -> Double { Self.peak(profile, arithmetic) }

  /// The class's own efficiencies, or the nearest relative's when the profile has none: a format is
  /// slower the more unpacking it needs, so the fall-back goes to the plainer kernel of the class.
  private static func efficiency(
    _ profile: HardwareProfile, _ operatorClass: OperatorClass, _ kernel: KernelArithmetic
  ) -> Efficiency {
    for candidate in [kernel] + relatives(of: kernel) {
      if let found = profile.efficiency(of: operatorClass, candidate) { return found }
    }
    let broader: OperatorClass? =
      switch operatorClass {
      case .mlaPrefill: .attentionPrefill
      case .mlaDecode: .attentionDecode
      case .moe: .gemm
      case .moeFused: .moe
      default: nil
      }
    guard let broader else {
      preconditionFailure("profile validation requires bf16 efficiencies of \(operatorClass)")
    }
    return efficiency(profile, broader, kernel)
  }

  private static func peak(_ profile: HardwareProfile, _ arithmetic: Arithmetic) -> Double {
    if let figure = profile.accelerator.peak[arithmetic] { return figure.value }
    // bf16 is required of every profile that can be simulated; wider than asked is never too fast.
    return profile.accelerator.peak[.bf16]!.value
  }

  private static func relatives(of kernel: KernelArithmetic) -> [KernelArithmetic] {
    switch kernel {
    case .bf16: []
    case .fp8, .int8: [.bf16]
    case .fp8Block: [.fp8, .bf16]
    case .fp4: [.fp8, .bf16]
    case .w4a16: [.bf16]
    case .w4a8: [.fp8, .bf16]
    }
  }
}

extension OperatorClass {
  fileprivate var position: Int {
    switch self {
    case .gemm: 0
    case .attentionPrefill: 1
    case .attentionDecode: 2
    case .mlaPrefill: 3
    case .mlaDecode: 4
    case .moe: 5
    case .moeFused: 6
    case .elementwise: 7
    }
  }
}

extension KernelArithmetic {
  fileprivate var position: Int {
    switch self {
    case .bf16: 0
    case .fp8: 1
    case .fp8Block: 2
    case .int8: 3
    case .fp4: 4
    case .w4a16: 5
    case .w4a8: 6
    }
  }
}
