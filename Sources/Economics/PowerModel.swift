package import Hardware
package import OperatorCosts

/// What an accelerator and everything around it draw, by how busy its units and its memory are.
///
///     P(x, m) = min(TDP, idle + active + compute · √x + memory · m)
///
///     P_IT = P + (S - TDP)            P_facility = PUE · P_IT
///
/// - x: of the time that work is in progress, what its FLOPs would take at the peaks of their own
///   arithmetics; m: what its bytes would take at the full bandwidth (`AcceleratorLoad`)
/// - active [W]: with clocks up, above idle, whatever is done, waiting for links and the host too
/// - compute, memory [W]: what units at their peak and memory at its full bandwidth draw on top
/// - TDP, idle [W]: of one accelerator; without work it draws idle
/// - S [W]: an accelerator at its TDP with its share of CPUs, memory, network and fans; the
///   difference to the TDP is taken as drawn all the time, which is too much for an idle machine
///
/// A unit at its peak draws the same in every format, so a FLOP of 4 bits takes a fraction of one
/// of 16. The root is what measurements ask for: tiles of a matrix switch whole however few rows
/// they have, and clocks fall as units fill. Above the TDP clocks are lowered; the time that takes
/// is in what kernels were measured to take.
///
/// Assumes clocks at their stock settings; a power cap changes both time and power.
/// Source: fitted to `measurements/power`; its README has how, and how far off it is.
/// Check: H200, TDP 700 W, idle 77 W, active 75 W, compute 570 W, memory 505 W, S = 1,370 W; at
/// x = 0.04, m = 0.5: 77 + 75 + 114 + 252.5 = 518.5 W, with the system 1,188.5 W
/// (`PowerModelTests.workedExample`).
package struct PowerModel: Equatable, Sendable {
  package let thermalDesignWatts: Double
  package let idleWatts: Double
  package let activeWatts: Double
  package let computeWatts: Double
  package let memoryWatts: Double
  /// Nil when the profile does not know the system's power.
  package let systemWatts: Double?

  /// Nil when the profile does not know both the TDP and the idle power: energy is then unknown.
  package init?(_ profile: HardwareProfile) {
    guard let power = profile.accelerator.power, let design = power.thermalDesignPower?.value,
      let idle = power.idle?.value
    else { return nil }
    let range = design - idle
    let bandwidth = profile.accelerator.memory[0].bandwidth.value
    self.init(
      thermalDesignWatts: design, idleWatts: idle,
      activeWatts: power.active?.value ?? range * PowerAssumptions.activeShare.value,
      computeWatts: power.compute?.value ?? range * PowerAssumptions.computeShare.value,
      memoryWatts: power.memory?.value ?? bandwidth * PowerAssumptions.joulesPerByte,
      systemWatts: profile.systemPowerPerAccelerator?.value)
  }

  package init(
    thermalDesignWatts: Double, idleWatts: Double, activeWatts: Double, computeWatts: Double,
    memoryWatts: Double, systemWatts: Double?
  ) {
    self.thermalDesignWatts = thermalDesignWatts
    self.idleWatts = idleWatts
    self.activeWatts = activeWatts
    self.computeWatts = computeWatts
    self.memoryWatts = memoryWatts
    self.systemWatts = systemWatts
  }

  /// Power of one accelerator alone; nil is idle.
  package func acceleratorWatts(_ load: AcceleratorLoad?) -> Double {
    guard let load else { return idleWatts }
    let drawn = activeWatts + computeWatts * load.compute.squareRoot() + memoryWatts * load.memory
    return min(thermalDesignWatts, idleWatts + drawn)
  }

  /// What the host, the network and the fans of one accelerator draw, whatever it does.
  package var surroundingWatts: Double? {
    systemWatts.map { max(0, $0 - thermalDesignWatts) }
  }
}

/// How much of what an accelerator can do it does while it works.
package struct AcceleratorLoad: Equatable, Sendable {
  /// Share of the peaks of the arithmetics that are used, 0 to 1.
  package var compute: Double
  /// Share of the memory's bandwidth, 0 to 1.
  package var memory: Double

  /// Nobody has said how far the units are from their peak: they draw what they may.
  package static let full = AcceleratorLoad(compute: 1, memory: 1)

  package init(compute: Double, memory: Double) {
    self.compute = compute
    self.memory = memory
  }

  /// The load of one rank's work [s, B/s]; nil where there is none.
  package init?(_ work: PartCost, busySeconds: Double, bandwidth: Double) {
    guard busySeconds > 0 else { return nil }
    compute = min(1, max(0, work.peakSeconds / busySeconds))
    memory = min(1, max(0, work.bytes / bandwidth / busySeconds))
  }
}

/// The assumptions of the power model that a profile need not state, each with its status and its
/// source.
package enum PowerAssumptions {
  package struct Assumption: Sendable {
    package let name: String
    /// The assumed number: a share of what the chip draws between idling and its thermal design
    /// power, or facility power over that of the machines.
    package let value: Double
    package let provenance: Provenance
  }

  /// Between 0.12 and 0.19 of it on the H100, B200 and MI325X.
  package static let activeShare = Assumption(
    name: "power.active_share", value: 0.15,
    provenance: Provenance(
      status: .estimated, source: "relatives",
      citation: "Of the power between idle and TDP, drawn with clocks up: what is fitted to the "
        + "H100, B200, MI325X and MI355X, taken over to machines whose power nobody measured"))

  package static let computeShare = Assumption(
    name: "power.compute_share", value: 1,
    provenance: Provenance(
      status: .estimated, source: "relatives",
      citation: "Of the power between idle and TDP, drawn by matrix units at their peak: 0.9 is "
        + "fitted to the H100 and more to larger chips, which reach their TDP earlier"))

  /// One figure fits machines with HBM3 and HBM3E of two makers.
  package static let memoryEnergy = Assumption(
    name: "power.memory_picojoules_per_byte", value: 105,
    provenance: Provenance(
      status: .estimated, source: "relatives",
      citation: "What a byte takes from memory to the units: what is fitted to the H100, H200, "
        + "B200, MI325X and MI355X together, taken over to other memories"))

  static let joulesPerByte = memoryEnergy.value * 1e-12

  /// Facility power over IT power.
  package static let usageEffectiveness = Assumption(
    name: "power.usage_effectiveness", value: 1.3,
    provenance: Provenance(
      status: .assumed, source: "project",
      citation: "Between the 1.1 that the largest operators report and the 1.56 that the Uptime "
        + "Institute's surveys of 2020 to 2024 give as the average of all data centres"))

  package static let all = [activeShare, computeShare, memoryEnergy, usageEffectiveness]

  /// Those that a machine's power rests on because its profile does not say.
  package static func standingIn(for profile: HardwareProfile) -> [Assumption] {
    let power = profile.accelerator.power
    return [
      power?.active == nil ? activeShare : nil, power?.compute == nil ? computeShare : nil,
      power?.memory == nil ? memoryEnergy : nil,
    ].compactMap { $0 }
  }
}
