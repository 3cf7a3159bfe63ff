package import Hardware
package import OperatorCosts

/// What an accelerator and everything around it draw, by what keeps it busy.
///
///     P(b) = idle + u(b) · (TDP - idle)            P_IT(b) = P(b) + (S - TDP)
///
///     P_facility(b) = PUE · P_IT(b)
///
/// - b: what bounds the work at a time: compute, memory, interconnect, host, or nothing (idle, u =
///   0)
/// - u(b): share of the range between idle and TDP, in 0...1 (`PowerShares`)
/// - TDP, idle [W]: of one accelerator, from the profile
/// - S [W]: an accelerator at its TDP with its share of CPUs, memory, network and fans; the
///   difference to the TDP is taken as drawn all the time, which is too much for an idle machine
///
/// Assumes clocks at their stock settings; a power cap changes both time and power.
/// Check: H200, TDP 700 W, idle 77 W, S = 1,370 W, memory-bound: 77 + 0.706 · 623 = 516.8 W,
/// with the system 1,186.8 W, with PUE 1.3 1,542.9 W (`PowerModelTests.workedExample`).
package struct PowerModel: Equatable, Sendable {
  package let thermalDesignWatts: Double
  package let idleWatts: Double
  /// Nil when the profile does not know the system's power.
  package let systemWatts: Double?

  /// Nil when the profile does not know both the TDP and the idle power: energy is then unknown.
  package init?(_ profile: HardwareProfile) {
    guard let design = profile.accelerator.power?.thermalDesignPower?.value,
      let idle = profile.accelerator.power?.idle?.value
    else { return nil }
    self.init(
      thermalDesignWatts: design, idleWatts: idle,
      systemWatts: profile.systemPowerPerAccelerator?.value)
  }

  package init(thermalDesignWatts: Double, idleWatts: Double, systemWatts: Double?) {
    self.thermalDesignWatts = thermalDesignWatts
    self.idleWatts = idleWatts
    self.systemWatts = systemWatts
  }

  /// Power of one accelerator alone; nil is idle.
  package func acceleratorWatts(_ bottleneck: Bottleneck?) -> Double {
    let share = bottleneck.map(PowerShares.share) ?? 0
    return idleWatts + share * (thermalDesignWatts - idleWatts)
  }

  /// What the host, the network and the fans of one accelerator draw, whatever it does.
  package var surroundingWatts: Double? {
    systemWatts.map { max(0, $0 - thermalDesignWatts) }
  }
}

/// The assumptions of the power model that no profile states, each with its status and its source.
package enum PowerShares {
  package struct Assumption: Sendable {
    package let name: String
    /// The assumed number: a share of what the chip draws between idling and its thermal design
    /// power, or facility power over that of the machines.
    package let value: Double
    package let provenance: Provenance
  }

  /// Matrix units at work draw all that the chip may; at most true, hence an upper bound of energy.
  package static let compute = Assumption(
    name: "power.compute_share", value: 1,
    provenance: Provenance(
      status: .assumed, source: "project",
      citation: "Matrix units at work are taken to draw the whole TDP: an upper bound"))

  /// (516.9 - 77) / (700 - 77) = 0.706, from decode at batch 128.
  package static let memory = Assumption(
    name: "power.memory_share", value: 0.706,
    provenance: Provenance(
      status: .estimated, source: "h200-decode",
      citation: "H200 (TDP 700 W, idle 77 W) drawing 516.9 W while decoding Phi-3-mini at batch "
        + "128, serialalice GPU benchmark, 2026-06; taken over to every machine"))

  package static let interconnect = Assumption(
    name: "power.interconnect_share", value: 0.4,
    provenance: Provenance(
      status: .assumed, source: "project",
      citation: "Links and the memory behind them at work, the matrix units not: between idle and "
        + "a memory-bound kernel"))

  package static let host = Assumption(
    name: "power.host_share", value: 0.15,
    provenance: Provenance(
      status: .assumed, source: "project",
      citation: "The accelerator waits for the host with its clocks up: a little above idle"))

  /// Facility power over IT power.
  package static let usageEffectiveness = Assumption(
    name: "power.usage_effectiveness", value: 1.3,
    provenance: Provenance(
      status: .assumed, source: "project",
      citation: "Between the 1.1 that the largest operators report and the 1.56 that the Uptime "
        + "Institute's surveys of 2020 to 2024 give as the average of all data centres"))

  package static let all = [compute, memory, interconnect, host, usageEffectiveness]

  static func share(_ bottleneck: Bottleneck) -> Double {
    switch bottleneck {
    case .compute: compute.value
    case .memory: memory.value
    case .interconnect: interconnect.value
    case .host: host.value
    }
  }
}
