package import Hardware
package import ServingSimulation

/// The energy of one run, of all accelerators deployed.
///
///     E = sum over pools of n · ( P(load) · t(busy) + P(idle) · t(idle) )
///
/// - n: accelerators of a replica
/// - t [s]: time of the pool's replicas with and without work; they sum to their number times the
///   makespan
/// - P, load: from `PowerModel`, over the busy time; E for the accelerators alone, with their
///   system, and with the facility
///
/// Check: two H200 for 10 s, 9 s with x = 0.04 and m = 0.5, 1 s idle: 2 · (9 · 518.5 + 77) =
/// 9,487 J; their systems add 2 · 10 · 670 = 13,400 J (`EnergyUseTests.workedExample`).
package struct EnergyUse: Equatable, Sendable {
  package private(set) var acceleratorJoules = 0.0
  /// Energy of the accelerators with CPUs, memory, network and fans [J]; nil when a profile does
  /// not know its system's power.
  package private(set) var informationTechnologyJoules: Double? = 0

  /// Energy with cooling and distribution [J]; nil when the system's power is unknown.
  package var facilityJoules: Double? {
    informationTechnologyJoules.map { $0 * PowerAssumptions.usageEffectiveness.value }
  }

  package init() {}

  /// Adds what the replicas of a pool drew.
  ///
  /// - Parameters:
  ///   - load: of these accelerators while a replica works.
  ///   - accelerators: of one replica.
  package mutating func add(
    _ pool: PoolSummary, load: AcceleratorLoad?, makespanSeconds: Double, accelerators: Int,
    model: PowerModel
  ) {
    // A step that began before the judged part of a run is counted in it as a whole.
    let all = makespanSeconds * Double(pool.replicas)
    let busy = min(pool.busySeconds, all)
    add(
      load: load, busySeconds: busy, idleSeconds: all - busy, accelerators: accelerators,
      model: model)
  }

  package mutating func add(
    load: AcceleratorLoad?, busySeconds: Double, idleSeconds: Double = 0, accelerators: Int,
    model: PowerModel
  ) {
    let count = Double(accelerators)
    let joules =
      (model.acceleratorWatts(load) * busySeconds + model.idleWatts * idleSeconds) * count
    acceleratorJoules += joules
    guard let system = informationTechnologyJoules, let surrounding = model.surroundingWatts else {
      informationTechnologyJoules = nil
      return
    }
    informationTechnologyJoules =
      system + joules + surrounding * (busySeconds + idleSeconds) * count
  }
}

extension AcceleratorLoad {
  /// The load of a pool's accelerators over its busy time; nil of a pool that did nothing.
  package init?(_ pool: PoolSummary, on profile: HardwareProfile) {
    self.init(
      pool.work, busySeconds: pool.busySeconds,
      bandwidth: profile.accelerator.memory[0].bandwidth.value)
  }
}
