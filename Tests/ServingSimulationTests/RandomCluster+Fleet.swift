import OperatorCosts
import ServingSimulation
import Statistics
import Workloads

extension RandomCluster {
  /// Makes parts of a pool that differ in machine, cache, limits and in what they take, from a
  /// stream of its own.
  mutating func splitIntoFleet() {
    random = RandomStream(seed: seed, name: "fleet")
    guard chance(0.5) else { return }
    let base = configuration.pools[0]
    let count = pick([2, 2, 3])
    let hasVerdicts = configuration.workload.classes.contains {
      $0.strategy?.hasVerdicts == true
    }
    configuration.pools = (0..<count).map { index in
      var part = base
      part.name = "part \(index)"
      part.replicas = pick([1, 1, 2, 3])
      part.availability = availability(replicas: part.replicas)
      if index > 0, chance(0.7) {
        part.model = StepModel(
          secondsPerStep: step * pick([0.5, 1, 1.7]), secondsPerToken: pick([0, step / 60]),
          attentionRanks: pick([1, 2]))
        part.limits.tokenBudget = max(part.limits.tokenBudget, part.limits.maximumSequences)
      }
      if chance(0.5) {
        part.capacity = CacheCapacity(
          totalBlocks: base.capacity.totalBlocks * pick([1, 2, 3]) / 2 + 1,
          blockTokens: base.capacity.blockTokens)
      }
      part.takes = filter(isLast: index == count - 1, hasVerdicts: hasVerdicts)
      notes.append("\(part.replicas) \(part.name) take \(part.takes), \(part.availability)")
      return part
    }
  }

  private mutating func filter(isLast: Bool, hasVerdicts: Bool) -> RequestFilter {
    // Mostly the last part takes what is left; now and then nobody does.
    if isLast, chance(0.8) { return .all }
    switch random.integer(in: 0...3) {
    case 0: return RequestFilter(input: 0...pick([3, 30, 150]))
    case 1: return RequestFilter(input: pick([2, 20])...Int.max)
    case 2: return RequestFilter(classes: [random.integer(in: 0...1)])
    default:
      return hasVerdicts ? RequestFilter(calls: pick([.answers, .verdicts])) : .all
    }
  }
}
