internal import Results
package import ServingSimulation
internal import Units
internal import Workloads

// What two pools can serve, of which one computes prompts and one answers.
extension Capacity {
  /// The scarcer of the two pools and of the links between them: each pool alone where that says
  /// it, both together where it does not.
  ///
  /// - Parameters:
  ///   - alone: what either pool says.
  ///   - together: so many replicas of each at full load; nil when they serve nothing.
  package static func ofTwo(
    _ configuration: SimulationConfiguration, alone: (Int) throws(RunFailure) -> Alone,
    together: ([Int]) throws(RunFailure) -> SaturatedRun?
  ) throws(RunFailure) -> Capacity? {
    let sides = [try alone(0), try alone(1)]
    guard sides.contains(where: \.needsOther) else { return scarcer(sides, of: configuration) }
    let replicas = replicas(of: configuration, sides)
    guard let run = try together(replicas) else { return nil }
    return scarcer(sides, (run, replicas), of: configuration)
  }

  /// What one of two pools says without the other.
  package enum Alone: Sendable {
    /// The capacity of one replica, whatever the other pool is; nil when it serves nothing.
    case found(Capacity?)
    case needsOther

    fileprivate var needsOther: Bool { if case .needsOther = self { true } else { false } }
  }

  /// One replica of one of two pools, with requests that are over when their prompts are computed,
  /// or whose prompts are there but for the last token: then it does what it would do beside the
  /// other pool, and nothing else has to be simulated.
  ///
  /// Where later turns have the answers of earlier ones in their prompts, where the calls of a
  /// question hold its prompt once, or where sequences lose their caches to each other, it is not
  /// what it would do.
  package static func alone(
    _ pool: Int, of configuration: SimulationConfiguration, _ effort: SaturatedRun.Effort,
    _ watch: RunWatch
  ) throws(RunFailure) -> Alone {
    guard
      !configuration.workload.classes.contains(where: { $0.sessions != nil || $0.strategy != nil })
    else { return .needsOther }
    var alone = configuration
    alone.keepsRecords = false
    alone.pools = [configuration.pools[pool]]
    alone.pools[0].role = .serving
    alone.pools[0].replicas = 1
    alone.transfer = nil
    if pool == 1 {
      alone.pools[0].frontEnd = .none
      // What comes to it has been computed, and needs no step of its own before it decodes.
      alone.pools[0].limits.policy = .chunkedPrefill
      alone.pools[0].limits.gathering = nil
    }
    alone.workload =
      pool == 0 ? configuration.workload.promptsAlone : configuration.workload.answersAlone
    guard let run = try SaturatedRun.run(alone, effort, watch) else { return .found(nil) }
    let found = Capacity(run, of: alone, pool: 0, simulated: 1)
    // What loses its blocks is computed anew from its prompt, which alone is not there to be.
    let losesBlocks = pool == 1 && found.limit == .cache && run.summary.counts.preemptions > 0
    return losesBlocks ? .needsOther : .found(found)
  }

  /// Replicas that stand for all of two pools.
  private static let mostTogether = 16.0
  private static let mostOfOne = 64

  /// Few replicas in the proportion of many; at least one, and of the more numerous at most so many
  /// that the others limit in any case.
  ///
  /// Check: 2 and 2 are 1 and 1, 6 and 4 are 3 and 2, 17 and 16 are 8 and 8, 40 and 1 are 40 and 1
  /// (`PoolCapacityTests.fewReplicasAreInTheProportionOfMany`).
  package static func proportion(of counts: [Int]) -> [Int] {
    let divisor = counts.reduce(0, commonDivisor)
    let (sum, fewest) = (Double(counts.reduce(0, +)), Double(counts.min() ?? 1))
    let isSmall = sum / Double(divisor) <= mostTogether
    let scale = isSmall ? 1 / Double(divisor) : max(mostTogether / sum, 1 / fewest)
    return counts.map { min(mostOfOne, max(1, Int((Double($0) * scale).rounded()))) }
  }

  /// Replicas of two pools that are looked at together: those that decode beside as many that
  /// prefill as there are for one of them, where it is known what these do alone.
  private static func replicas(
    of configuration: SimulationConfiguration, _ alone: [Alone]
  ) -> [Int] {
    let counts = configuration.pools.map(\.replicas)
    guard !alone[0].needsOther else { return proportion(of: counts) }
    return [min(mostOfOne, (counts[0] + counts[1] - 1) / counts[1]), 1]
  }

  private static func commonDivisor(_ one: Int, _ other: Int) -> Int {
    other == 0 ? max(1, one) : commonDivisor(other, one % other)
  }

  /// What all replicas of two pools serve: the scarcest of those that are known alone, of both
  /// together, and of the links between them.
  ///
  /// - Parameter together: both at full load, with the replicas that were simulated.
  private static func scarcer(
    _ alone: [Alone], _ together: (run: SaturatedRun, replicas: [Int])? = nil,
    of configuration: SimulationConfiguration
  ) -> Capacity? {
    var limits = [links(of: configuration)].compactMap { $0 }
    for (pool, found) in zip(configuration.pools, alone) {
      guard case .found(let side) = found else { continue }
      guard let side else { return nil }
      limits.append(side.times(Double(pool.replicas)))
    }
    let isFull = together.map { decodingIsFull($0.run, configuration) } ?? false
    // Those that decode and wait for prompts limit nothing; what those that prefill serve is known.
    if let together, isFull || alone[0].needsOther {
      let limiting = isFull ? 1 : 0
      limits.append(
        Capacity(
          together.run, of: configuration, pool: limiting, simulated: together.replicas[limiting]))
    }
    return limits.min { $0.rate < $1.rate }
  }

  /// Share of what those that decode hold at which they are full: some keep a reserve.
  private static let nearlyFull = 0.7

  /// Whether those that prefill wait for those that decode, and not the other way round.
  private static func decodingIsFull(
    _ run: SaturatedRun, _ configuration: SimulationConfiguration
  ) -> Bool {
    let (summary, pool) = (run.summary.pools[1], configuration.pools[1])
    return max(
      summary.meanOccupancy(over: run.summary.makespan.seconds),
      summary.meanBatch / Double(pool.seats)) >= nearlyFull
  }

  /// Each replica sends one cache at a time, and receives one at a time.
  private static func links(of configuration: SimulationConfiguration) -> Capacity? {
    guard let transfer = configuration.transfer,
      let fewest = configuration.pools.map(\.replicas).min()
    else { return nil }
    let seconds = transfer.seconds(context: Int(configuration.workload.meanInput))
    guard seconds > 0 else { return nil }
    return Capacity(
      rate: Double(fewest) / seconds, standardError: 0, limit: .transfer,
      pool: configuration.pools[0].name)
  }
}
