import OperatorCosts
import ServingSimulation
import Statistics
import Units
import Workloads

extension RandomCluster {
  /// Puts images into prompts, from a stream of its own.
  mutating func addMedia() {
    random = RandomStream(seed: seed, name: "media")
    guard chance(0.3) else { return }
    for pool in configuration.pools.indices where configuration.pools[pool].role != .decode {
      configuration.pools[pool].encoding = configuration.workload.classes.map { _ in
        var cost = PartCost()
        cost.femtoseconds = Int64(step * pick([0, 0.3, 2]) * 1e15)
        cost.compute = Double(cost.femtoseconds) * 1e-15
        return cost
      }
    }
    notes.append("images take up to two steps")
  }

  /// Decides about caches between turns, from a stream of its own.
  mutating func holdCaches() {
    random = RandomStream(seed: seed, name: "between turns")
    let isBatch = configuration.workload.batch?.classIndex ?? -1
    for index in configuration.workload.classes.indices
    where configuration.workload.recorded == nil && index != isBatch {
      var item = configuration.workload.classes[index]
      guard configuration.transfer == nil, item.strategy == nil, item.cachedShare == nil,
        chance(0.6)
      else { continue }
      if item.sessions == nil {
        item.sessions = Sessions(turns: .uniform(2...8), thinkTime: .fixed(seconds: step))
      }
      configuration.workload.classes[index] = item
      for pool in configuration.pools.indices
      where configuration.pools[pool].capacity.blockTokens <= 64 {
        let tokens = configuration.pools[pool].capacity.blockTokens
        configuration.pools[pool].prefixCache =
          configuration.pools[pool].prefixCache
          ?? PrefixCacheSettings(hashTokens: tokens, hostBlocks: pick([0, 40, 40]))
      }
      let choice: BetweenTurns = pick([
        .pinned(SimDuration(seconds: step * 5)), .pinned(SimDuration(seconds: alone)),
        .pinned(SimDuration(seconds: alone * 20)), .offloaded, .offloaded, .dropped,
      ])
      configuration.workload.classes[index].betweenTurns = choice
      notes.append("caches are \(choice) between turns")
    }
  }

  /// Sends requests that nobody waits for now and then, from a stream of its own.
  mutating func addBatch() {
    random = RandomStream(seed: seed, name: "batches")
    guard configuration.workload.arrivals.meanRate != nil, chance(0.4) else { return }
    let period = alone * pick([0.5, 2, 5])
    var item = configuration.workload.classes[0]
    item.name = "batch"
    item.share = 0
    item.sessions = nil
    item.strategy = nil
    item.cachedShare = nil
    configuration.workload.batch = BatchWindow(
      classIndex: Int16(configuration.workload.classes.count), requests: pick([1, 5, 40]),
      inFlight: pick([1, 3, 8]), opens: pick([0, period / 3, period * 0.8]),
      length: period * pick([0.1, 0.5, 0.9]), period: period)
    configuration.workload.classes.append(item)
    notes.append("\(configuration.workload.batch!)")
  }

  /// Makes some requests more urgent than others, from a stream of its own.
  mutating func orderByPriority() {
    random = RandomStream(seed: seed, name: "priorities")
    guard chance(0.4) else { return }
    if configuration.workload.classes.count == 1 {
      guard configuration.workload.recorded == nil else { return }
      var other = configuration.workload.classes[0]
      other.name = "other"
      configuration.workload.classes.append(other)
    }
    let priorities = configuration.workload.classes.map { _ in pick([Int32(0), 1, 20]) }
    for index in priorities.indices {
      configuration.workload.classes[index].priority = priorities[index]
    }
    let order = PriorityOrder(ofClasses: priorities, margin: pick([nil, 0, 0, 10]))
    for index in configuration.pools.indices {
      configuration.pools[index].limits.priorities = order
    }
    notes.append("\(order)")
  }

  /// Lets clients go away, from a stream of its own as well.
  mutating func loseClients() {
    random = RandomStream(seed: seed, name: "clients")
    guard chance(0.6) else { return }
    for index in configuration.workload.classes.indices
    where configuration.workload.classes[index].strategy == nil && chance(0.8) {
      // On round instants now and then, where steps end as well.
      let patience = Patience(
        firstToken: pick([
          nil, .fixed(seconds: step * 3), .fixed(seconds: step * 20),
          .exponential(meanSeconds: alone),
        ]),
        deadline: pick([
          nil, .fixed(seconds: step * 40), .fixed(seconds: alone * 3),
          .logNormal(meanSeconds: alone * 2, coefficientOfVariation: 1),
        ]))
      configuration.workload.classes[index].patience = patience
      notes.append("\(configuration.workload.classes[index].name) has \(patience)")
    }
  }
}
