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
}
