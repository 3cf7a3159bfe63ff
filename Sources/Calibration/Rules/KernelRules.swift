internal import Hardware
internal import OperatorCosts

/// How the efficiencies of one machine follow from its kernel timings, class by class.
///
/// A class and arithmetic is fitted where it has two rows more than coefficients. Later ones may
/// rest on earlier ones: multiplications below 16 bits on those in bf16, latent decode on plain
/// decode. The rules of each class stand with its method.
struct KernelRules {
  private let rows: [KernelTiming]
  private let machine: MachinePeaks

  static let provenance = Provenance(
    status: .fitted, source: "kernel-timings", citation: "kernel timings")

  init(_ rows: [KernelTiming], on machine: MachinePeaks) {
    self.rows = rows
    self.machine = machine
  }

  func fits() -> [FittedEfficiency] {
    var fits: [FittedEfficiency] = []
    for operation in OperatorClass.allCases {
      for arithmetic in operation.arithmetics {
        let own = rows.filter {
          $0.kernel.operation == operation && $0.kernel.arithmetic == arithmetic
        }
        guard machine.has(arithmetic), let fit = fit(own, operation, arithmetic, after: fits)
        else { continue }
        fits.append(fit)
      }
    }
    return fits.map { fit in
      var fit = fit
      fit.efficiency = FitDigits.rounded(fit.efficiency)
      return fit
    }
  }

  private func fit(
    _ own: [KernelTiming], _ operation: OperatorClass, _ arithmetic: KernelArithmetic,
    after earlier: [FittedEfficiency]
  ) -> FittedEfficiency? {
    func made(_ efficiency: Efficiency, notes: [String] = []) -> FittedEfficiency {
      FittedEfficiency(
        operation: operation, arithmetic: arithmetic, efficiency: efficiency,
        data: FitData(own.map(\.origin)), notes: notes)
    }
    let fit = EfficiencyFit(rows: own, machine: machine)
    let none = Efficiency(provenance: Self.provenance)
    switch operation {
    case .gemm:
      guard own.count >= 7 else { return nil }
      let (efficiency, note) = Self.gemm(fit, earlier)
      return made(efficiency, notes: note.map { [$0] } ?? [])
    case .attentionPrefill, .mlaPrefill:
      guard own.count >= 5 else { return nil }
      return made(fit.fitted([.compute, .floor, .serialTraffic], from: none))
    case .attentionDecode:
      let decode = DecodeRules(fit: fit, rows: own)
      return decode.attention().map { made($0, notes: decode.notes) }
    case .mlaDecode:
      let plain = rows.filter {
        $0.kernel.operation == .attentionDecode && $0.kernel.arithmetic == arithmetic
      }
      let decode = DecodeRules(fit: fit, rows: own)
      let memory = DecodeRules(fit: EfficiencyFit(rows: plain, machine: machine), rows: plain)
        .withItsFloor?.memory
      return decode.latent(memory: memory).map { made($0, notes: decode.latentNotes(memory)) }
    case .moe, .moeFused:
      guard own.count >= 6 else { return nil }
      let (efficiency, note) = Self.experts(own, machine, earlier)
      return made(efficiency, notes: note.map { [$0] } ?? [])
    case .recurrence, .elementwise:
      return nil
    }
  }
}
