extension HardwareProfile {
  /// This machine as if nobody had ever timed it: kernels reach the peaks, without floors, and
  /// transfers take what the latency and the bandwidth of their links say.
  ///
  /// A lower bound of every time, and what a prediction from datasheets alone would say.
  package var asDatasheet: HardwareProfile {
    var profile = self
    profile.efficiencies.entries = efficiencies.entries.map { entry in
      var ideal = entry
      ideal.efficiency = Efficiency(
        compute: entry.efficiency.compute.map { _ in 1 },
        memory: entry.efficiency.memory.map { _ in 1 }, provenance: entry.efficiency.provenance)
      return ideal
    }
    profile.scaleUp.collectives = []
    profile.scaleUp.expertExchange = nil
    profile.scaleOut?.expertExchange = nil
    return profile
  }
}
