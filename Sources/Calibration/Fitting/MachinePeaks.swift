internal import Hardware
internal import OperatorCosts

/// The peaks of one machine that fits are shares of.
struct MachinePeaks {
  let profile: HardwareProfile

  var bandwidth: Double { profile.accelerator.memory[0].bandwidth.value }

  func has(_ kernel: KernelArithmetic) -> Bool { profile.accelerator.peak[kernel.peak] != nil }

  func rate(_ efficiency: Efficiency, _ kernel: KernelArithmetic) -> KernelRate {
    KernelRate(efficiency, peak: peakFLOPsPerSecond(kernel), bandwidth: bandwidth)
  }

  func lightSeconds(_ kernel: TimedKernel) -> Double {
    kernel.lightSeconds(
      peakFLOPsPerSecond: peakFLOPsPerSecond(kernel.arithmetic), bandwidth: bandwidth)
  }

  private func peakFLOPsPerSecond(_ kernel: KernelArithmetic) -> Double {
    // As the roofline does: a missing peak is the next wider one that every GPU has.
    (profile.accelerator.peak[kernel.peak] ?? profile.accelerator.peak[.bf16])?.value ?? .infinity
  }
}
