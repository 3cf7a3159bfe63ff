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
/// - k, λ [s]: inner width of a multiplication, which every tile walks through in order, or tokens
///   of a prompt, which a recurrence does; and the time of one unit when nothing else is the limit
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
  /// Whether the profile itself has efficiencies of a class and an arithmetic, in the order of
  /// `rates`.
  private let isKnown: [Bool]

  /// - Parameter computeExcess: share by which kernels that arithmetic bounds take longer than
  ///   those that were timed (`HostCosts.computeExcess`). Estimates have their own doubts.
  package init(_ profile: HardwareProfile, computeExcess: Double = 0) {
    self.profile = profile
    let bandwidth = profile.accelerator.memory[0].bandwidth.value
    self.bandwidth = bandwidth
    let peaks = KernelArithmetic.allCases.map { Self.peak(profile, $0.peak) }
    var reach = [KernelReach?](repeating: nil, count: Self.place(.elementwise, .w4a8) + 1)
    profile.efficiencies.visit {
      reach[Self.place($0, $1)] = KernelReach($2, computeExcess: computeExcess)
    }
    let known = reach.map { $0 != nil }
    isKnown = known
    rates = OperatorClass.allCases.flatMap { operatorClass in
      KernelArithmetic.allCases.map { kernel in
        KernelRate(
          reach[Self.place(of: operatorClass, kernel, known)]!, peak: peaks[kernel.position],
          bandwidth: bandwidth)
      }
    }
  }

  /// The rates of one class and arithmetic.
  func rate(_ operatorClass: OperatorClass, _ kernel: KernelArithmetic) -> KernelRate {
    rates[Self.place(operatorClass, kernel)]
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
    let place = Self.place(of: operatorClass, kernel, isKnown)
    let count = KernelArithmetic.allCases.count
    return profile.efficiency(
      of: OperatorClass.allCases[place / count], KernelArithmetic.allCases[place % count])!
  }

  func peakFLOPsPerSecond(_ arithmetic: Arithmetic) -> Double { Self.peak(profile, arithmetic) }

  private static func place(_ operatorClass: OperatorClass, _ kernel: KernelArithmetic) -> Int {
    operatorClass.position * KernelArithmetic.allCases.count + kernel.position
  }

  /// Where the class's own efficiencies are, or the nearest relative's when the profile has none: a
  /// format is slower the more unpacking it needs, so the fall-back goes to the plainer kernel of
  /// the class.
  private static func place(
    of operatorClass: OperatorClass, _ kernel: KernelArithmetic, _ isKnown: [Bool]
  ) -> Int {
    var candidate: KernelArithmetic? = kernel
    while let own = candidate {
      if isKnown[place(operatorClass, own)] { return place(operatorClass, own) }
      // Whoever fuses one format's experts need not fuse another's.
      candidate = operatorClass == .moeFused ? nil : own.plainer
    }
    let broader: OperatorClass? =
      switch operatorClass {
      case .mlaPrefill: .attentionPrefill
      case .mlaDecode: .attentionDecode
      case .moe: .gemm
      case .moeFused: .moe
      case .recurrence: .elementwise
      default: nil
      }
    guard let broader else {
      preconditionFailure("profile validation requires bf16 efficiencies of \(operatorClass)")
    }
    return place(of: broader, kernel, isKnown)
  }

  private static func peak(_ profile: HardwareProfile, _ arithmetic: Arithmetic) -> Double {
    if let figure = profile.accelerator.peak[arithmetic] { return figure.value }
    // bf16 is required of every profile that can be simulated; wider than asked is never too fast.
    return profile.accelerator.peak[.bf16]!.value
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
    case .recurrence: 7
    case .elementwise: 8
    }
  }
}

extension KernelArithmetic {
  /// The nearest one with less to unpack; nil for plain 16-bit numbers.
  fileprivate var plainer: KernelArithmetic? {
    switch self {
    case .bf16: nil
    case .fp8, .int8, .w4a16: .bf16
    case .fp8Block, .fp4, .w4a8: .fp8
    case .w4a16MX: .w4a16
    }
  }

  fileprivate var position: Int {
    switch self {
    case .bf16: 0
    case .fp8: 1
    case .fp8Block: 2
    case .int8: 3
    case .fp4: 4
    case .w4a16: 5
    case .w4a16MX: 6
    case .w4a8: 7
    }
  }
}
