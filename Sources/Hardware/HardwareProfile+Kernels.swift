extension HardwareProfile {
  /// Whether any of its efficiencies was fitted to timings of its own.
  package var isTimed: Bool { efficiencies.entries.contains { $0.efficiency.status == .fitted } }

  /// This machine with the shares of its peaks that another one's kernels reach, and its
  /// collectives: what is known of a machine that nobody has timed.
  package func withKernels(of other: HardwareProfile) -> HardwareProfile {
    var profile = self
    profile.efficiencies = other.efficiencies
    profile.scaleUp.collectives = other.scaleUp.collectives
    profile.scaleUp.expertExchange = other.scaleUp.expertExchange
    profile.scaleOut?.expertExchange = other.scaleOut?.expertExchange
    return profile
  }
}
