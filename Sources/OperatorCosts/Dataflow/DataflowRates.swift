internal import Hardware

/// The rooflines of one chip of a dataflow machine, by how numbers are held and multiplied.
///
/// Floors are left out: there are no kernel launches, and the fitted latency of a layer carries
/// what a layer with nothing to do takes. A profile without efficiencies is taken at its peaks.
struct DataflowRates: Sendable {
  private let accelerator: Accelerator
  private let efficiencies: Efficiencies

  init(_ profile: HardwareProfile) {
    accelerator = profile.accelerator
    efficiencies = profile.efficiencies
  }

  /// What a chip multiplies a format in: its own arithmetic, else the widest the chip has.
  ///
  /// Groq 3 LPX publishes FP8 alone, so 16-bit caches and heads are multiplied in it.
  func arithmetic(_ wanted: Arithmetic) -> Arithmetic {
    for candidate in [wanted, .bf16, .fp8, .int8, .fp4] {
      if accelerator.peak[candidate] != nil { return candidate }
    }
    preconditionFailure("profile validation requires a peak")
  }

  func rate(_ kernel: KernelArithmetic) -> KernelRate {
    let arithmetic = arithmetic(kernel.peak)
    let efficiency = efficiencies.efficiency(of: .gemm, arithmetic.kernel)
    return KernelRate(
      compute: efficiency?.compute ?? 1, memory: efficiency?.memory ?? 1,
      peak: accelerator.peak[arithmetic]!.value, bandwidth: accelerator.memory[0].bandwidth.value)
  }
}

extension Arithmetic {
  /// The plain kernel of the arithmetic.
  fileprivate var kernel: KernelArithmetic {
    switch self {
    case .bf16: .bf16
    case .fp8: .fp8
    case .int8: .int8
    case .fp4: .fp4
    }
  }
}
