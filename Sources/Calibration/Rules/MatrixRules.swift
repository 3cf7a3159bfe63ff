internal import Hardware
internal import OperatorCosts
internal import Units

extension KernelRules {
  /// All five coefficients at once. Rows below 16 bits hold the kernels that quantise the
  /// activations, which engines fuse with others or run as an operator of their own: they are
  /// fitted with everything inside, which the residual describes, and then have the floor and the
  /// serial traffic of bf16, without that work.
  static func gemm(
    _ fit: EfficiencyFit, _ earlier: [FittedEfficiency]
  ) -> (Efficiency, note: String?) {
    let none = Efficiency(provenance: provenance)
    var fitted = fit.fitted(Coefficient.allCases, from: none)
    let plain = earlier.first { $0.operation == .gemm && $0.arithmetic == .bf16 }
    guard let plain else { return (fitted, nil) }
    let inside = FitDigits.rounded(fitted)
    fitted.floorSeconds = plain.efficiency.floorSeconds
    fitted.serialTraffic = plain.efficiency.serialTraffic
    return (
      fitted,
      "floor and serial traffic are those of bf16; with quantisation inside "
        + "\(text(inside.floorSeconds)) and \(NumberText.significant(inside.serialTraffic, 2))"
    )
  }

  /// Compute, memory, floor and serial traffic at once.
  ///
  /// A table of experts holds shapes that no single line meets: experts cut over ranks run up to
  /// half slower than whole ones in some kernels, and one token on one rank is a case of its own.
  /// The softness is a third of the usual one, near least absolute errors, so that the line goes
  /// with the many instead of between them and the few.
  ///
  /// With fewer than five rows a coefficient nothing tells compute from serial traffic: then the
  /// traffic is that of the machine's fp8 experts, whose tokens are permuted and summed alike.
  static func experts(
    _ rows: [KernelTiming], _ machine: MachinePeaks, _ earlier: [FittedEfficiency]
  ) -> (Efficiency, note: String?) {
    let fit = EfficiencyFit(
      rows: rows, machine: machine, softness: EfficiencyFit.usualSoftness / 3)
    let eight = earlier.first { $0.operation == .moe && $0.arithmetic == .fp8 }
    var held = Efficiency(provenance: provenance)
    let all: [Coefficient] = [.compute, .memory, .floor, .serialTraffic]
    // The fused kernel sums nothing apart, so nothing stands for its traffic.
    let isFused = rows.first?.kernel.operation == .moeFused
    guard rows.count < 5 * all.count, let eight, !isFused else {
      return (fit.fitted(all, from: held), nil)
    }
    held.serialTraffic = eight.efficiency.serialTraffic
    return (
      fit.fitted([.compute, .memory, .floor], from: held),
      "too few rows to tell compute from serial traffic, which is that of fp8"
    )
  }

  static func text(_ seconds: Double) -> String { NumberText.quantity(seconds, .seconds) }
}
