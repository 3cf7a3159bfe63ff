package import Hardware
internal import ModelArchitecture

extension ReplicaDesign {
  /// What most weights are multiplied in: the peak that utilisation is measured against.
  package var weightArithmetic: Arithmetic {
    if precision.followsCheckpoint(of: architecture), let format = architecture.checkpointFormat {
      return ResolvedArithmetic(format, on: hardware.accelerator).kernel.peak
    }
    return ResolvedArithmetic(
      precision.weights, on: hardware.accelerator,
      narrowsActivations: !precision.quantizesExpertsAlone(of: architecture)
    ).kernel.peak
  }

  /// What the output head runs as where the checkpoint has it in less than 16 bits; nil else.
  var headArithmetic: ResolvedArithmetic? {
    let format = architecture.surroundings.headFormat
    guard format != .bfloat16, precision.followsCheckpoint(of: architecture) else { return nil }
    return ResolvedArithmetic(format, on: hardware.accelerator)
  }
}
