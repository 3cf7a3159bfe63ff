internal import Hardware
internal import OperatorCosts
internal import Units

/// How decode attention is fitted: the floor is held, and the share is that of long rows.
///
/// Kernels for one token a sequence differ most in their floors, 5.3 to 12 us in what vLLM, SGLang
/// and TensorRT-LLM run. One framework's rows would give every engine its own, so the floor is the
/// middle of them all.
struct DecodeRules {
  let fit: EfficiencyFit
  let rows: [KernelTiming]

  /// Middle of the floors of three engines' kernels at small caches (aiconfigurator 0.12.0:
  /// vLLM 0.24.0, SGLang 0.5.12, TensorRT-LLM 1.3.0rc20; 5.3 to 12 us).
  static let floorSeconds = 8.5e-6
  /// From where on reading the cache takes several times the floor on every machine of today:
  /// 200 MB are 25 us at 8 TB/s.
  static let largeCacheBytes = 200e6
  /// Time from which on latent attention counts as long [s], as arithmetic decides it: seven
  /// floors.
  static let longLatentSeconds = 60e-6

  private var held: Efficiency {
    Efficiency(floorSeconds: Self.floorSeconds, provenance: KernelRules.provenance)
  }

  private func part(_ isIn: (KernelTiming) -> Bool) -> EfficiencyFit? {
    let part = rows.filter(isIn)
    guard part.count >= 3 else { return nil }
    return EfficiencyFit(rows: part, machine: fit.machine)
  }

  /// Memory with the floor held. There are two readings of it, since middling caches reach less
  /// than large ones: that of caches above 200 MB, and that of all rows when the floor is theirs
  /// too. Of both the one that errs less over all rows is taken.
  func attention() -> Efficiency? {
    let large = part { $0.kernel.bytes > Self.largeCacheBytes }
    let readings = [large?.fitted([.memory], from: held).memory, withItsFloor?.memory]
    let candidates = readings.compactMap { $0 }.map { memory in
      var efficiency = held
      efficiency.memory = memory
      efficiency.residual = fit.residual(of: efficiency)
      return efficiency
    }
    return candidates.min { $0.residual ?? 0 < $1.residual ?? 0 }
  }

  /// Memory and floor of all rows: what this framework's kernels would have alone.
  var withItsFloor: Efficiency? {
    rows.count >= 4 ? fit.fitted([.memory, .floor], from: held) : nil
  }

  var notes: [String] {
    guard let own = withItsFloor.map(FitDigits.rounded) else { return [] }
    return [
      "the floor is held; all rows alone would have \(KernelRules.text(own.floorSeconds)) and "
        + "memory \(NumberText.plain(own.memory ?? 0))"
    ]
  }

  /// Compute of rows above 60 us, where it decides; the memory is that of plain decode attention
  /// when its floor is fitted too, since no row tells it.
  func latent(memory: Double?) -> Efficiency? {
    guard let long = part({ $0.seconds > Self.longLatentSeconds }) else { return nil }
    var start = held
    start.memory = memory
    var efficiency = long.fitted([.compute], from: start)
    efficiency.residual = fit.residual(of: efficiency)
    return efficiency
  }

  func latentNotes(_ memory: Double?) -> [String] {
    var start = held
    start.memory = memory
    let own = FitDigits.rounded(fit.fitted([.compute, .floor], from: start))
    return [
      "the floor is held; all rows alone would have \(KernelRules.text(own.floorSeconds)) and "
        + "compute \(NumberText.plain(own.compute ?? 0))"
    ]
  }
}
