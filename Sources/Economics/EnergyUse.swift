package import OperatorCosts
package import ServingSimulation

/// The energy of one run, of all accelerators deployed.
///
///     E = n · ( sum over b of P(b) · t(b) + P(idle) · t(idle) )
///
/// - n: accelerators        - t(b) [s]: time bounded by b; with t(idle) they sum to the makespan
/// - P: from `PowerModel`; E for the accelerators alone, with their system, and with the facility
///
/// Check: two H200 for 10 s, 4 s compute-bound, 5 s memory-bound, 1 s idle: 2 · (4 · 700 + 5 ·
/// 516.8 + 77) = 10,922 J; their systems add 2 · 10 · 670 = 13,400 J
/// (`EnergyUseTests.workedExample`).
package struct EnergyUse: Equatable, Sendable {
  package let seconds: Double
  package let acceleratorJoules: Double
  /// With CPUs, memory, network and fans; nil when the profile does not know the system's power.
  package let informationTechnologyJoules: Double?

  /// With cooling and distribution; nil when the system's power is unknown.
  package var facilityJoules: Double? {
    informationTechnologyJoules.map { $0 * PowerShares.usageEffectiveness.value }
  }

  package init(_ summary: RunSummary, accelerators: Int, model: PowerModel) {
    self.init(
      times: [
        (.compute, summary.pools[0].work.compute), (.memory, summary.pools[0].work.memory),
        (.interconnect, summary.pools[0].work.interconnect),
        (.host, summary.pools[0].work.host),
        (nil, summary.idleSeconds),
      ],
      accelerators: accelerators, model: model)
  }

  package init(
    times: [(bottleneck: Bottleneck?, seconds: Double)], accelerators: Int, model: PowerModel
  ) {
    let count = Double(accelerators)
    let total = times.reduce(0) { $0 + $1.seconds }
    let joules = times.reduce(0) { $0 + model.acceleratorWatts($1.bottleneck) * $1.seconds } * count
    seconds = total
    acceleratorJoules = joules
    informationTechnologyJoules = model.surroundingWatts.map { joules + $0 * total * count }
  }
}
