internal import Diagnostics
package import Hardware
internal import OperatorCosts

extension Deployment {
  /// This scenario on machines or with an engine that differ by a little, to see what of it rests
  /// on them. Nil when it cannot be deployed so; how long its steps may get is not asked.
  package func changed(
    machines change: (HardwareProfile) -> HardwareProfile = { $0 }, engine: EngineProfile? = nil
  ) -> Deployment? {
    var changed = self
    changed.engine = engine ?? self.engine
    changed.pools = []
    for pool in pools {
      let resolver = PoolResolver(
        scenario: scenario, pool: pool.scenario, architecture: pool.design.architecture,
        hardware: change(pool.hardware),
        chips: pool.design.remoteFeedForward.map { change($0.hardware) }, engine: changed.engine,
        draft: pool.design.speculation?.model?.architecture, loads: pool.design.loads)
      guard let found = resolver.resolve(limitsSteps: false) else { return nil }
      changed.pools.append(found)
    }
    guard transfer != nil else { return changed }
    let resolver = TransferResolver(
      scenario: scenario.transfer, engine: changed.engine, prefill: changed.pools[0],
      decode: changed.pools[1])
    guard let link = try? resolver.resolve() else { return nil }
    changed.transfer = link
    return changed
  }

  /// Whether the simulation is given the same as with another deployment of the same scenario,
  /// apart from what steps take.
  package func isRun(like other: Deployment) -> Bool {
    transfer?.transfer == other.transfer?.transfer
      && zip(pools, other.pools).allSatisfy {
        $0.memory == $1.memory && $0.limits == $1.limits && $0.prefixCache == $1.prefixCache
          && $0.frontEnd == $1.frontEnd
      }
  }
}
