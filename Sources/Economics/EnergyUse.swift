package import OperatorCosts
package import ServingSimulation

/// The energy of one run, of all accelerators deployed.
///
///     E = sum over pools of n · ( sum over b of P(b) · t(b) + P(idle) · t(idle) )
///
/// - n: accelerators of a replica
/// - t(b) [s]: time of the pool's replicas bounded by b; with t(idle) it sums to their number times
///   the makespan
/// - P: from `PowerModel`; E for the accelerators alone, with their system, and with the facility
///
/// Check: two H200 for 10 s, 4 s compute-bound, 5 s memory-bound, 1 s idle: 2 · (4 · 700 + 5 ·
/// 516.8 + 77) = 10,922 J; their systems add 2 · 10 · 670 = 13,400 J
/// (`EnergyUseTests.workedExample`).
package struct EnergyUse: Equatable, Sendable {
  package private(set) var acceleratorJoules = 0.0
  /// Energy of the accelerators with CPUs, memory, network and fans [J]; nil when a profile does
  /// not know its system's power.
  package private(set) var informationTechnologyJoules: Double? = 0

  /// Energy with cooling and distribution [J]; nil when the system's power is unknown.
  package var facilityJoules: Double? {
    informationTechnologyJoules.map { $0 * PowerShares.usageEffectiveness.value }
  }

  package init() {}

  /// Adds what the replicas of a pool drew.
  ///
  /// - Parameter accelerators: of one replica.
  package mutating func add(
    _ pool: PoolSummary, makespanSeconds: Double, accelerators: Int, model: PowerModel
  ) {
    add(
      times: [
        (.compute, pool.work.compute), (.memory, pool.work.memory),
        (.interconnect, pool.work.interconnect), (.host, pool.work.host),
        (nil, max(0, makespanSeconds * Double(pool.replicas) - pool.busySeconds)),
      ],
      accelerators: accelerators, model: model)
  }

  package mutating func add(
    times: [(bottleneck: Bottleneck?, seconds: Double)], accelerators: Int, model: PowerModel
  ) {
    let count = Double(accelerators)
    let total = times.reduce(0) { $0 + $1.seconds }
    let joules = times.reduce(0) { $0 + model.acceleratorWatts($1.bottleneck) * $1.seconds } * count
    acceleratorJoules += joules
    guard let system = informationTechnologyJoules, let surrounding = model.surroundingWatts else {
      informationTechnologyJoules = nil
      return
    }
    informationTechnologyJoules = system + joules + surrounding * total * count
  }
}
