import OperatorCosts
import Runs
import ServingSimulation
import Units
import Workloads

/// The simulation as queues that have formulas.
enum QueueSample {
  /// Of the mean service.
  static let seconds = 0.01
  private static let meanLength = 1000

  enum Service {
    case exponential, fixed

    func lengths(mean: Int) -> LengthDistribution {
      switch self {
      case .fixed: return .fixed(mean)
      case .exponential:
        // Geometric, the exponential on whole tokens: each length 1 - 1/mean as likely as the one
        // before.
        let ratio = 1 - 1 / Double(mean)
        var power = 1.0
        var cumulative = (1...(12 * mean)).map { _ -> Double in
          power *= ratio
          return 1 - power
        }
        cumulative[cumulative.count - 1] = 1
        return .empirical(lengths: Array(1...(12 * mean)), cumulative: cumulative)
      }
    }
  }

  /// One server: the prompt is the service, the answer one token.
  static func oneServer(_ service: Service, load: Double, seed: UInt64) -> SimulationConfiguration {
    SimulationConfiguration(
      model: StepModel(secondsPerStep: 0, secondsPerToken: seconds / Double(meanLength)),
      limits: SchedulerLimits(
        policy: .chunkedPrefill, tokenBudget: 1_000_000, maximumSequences: 1),
      capacity: CacheCapacity(totalBlocks: 1_000_000, blockTokens: 16),
      workload: Workload(
        arrivals: .poisson(rate: load / seconds), requests: 1,
        classes: [
          RequestClass(
            name: "job", input: service.lengths(mean: meanLength), output: .fixed(1))
        ]), seed: seed)
  }

  /// As many servers as sequences: a step takes the same time whatever is in it, so an answer is a
  /// service of as many steps as it has tokens. Services begin at steps, which are short beside
  /// them.
  static func servers(
    _ count: Int, _ service: Service, load: Double, seed: UInt64
  ) -> SimulationConfiguration {
    let steps = 400
    return SimulationConfiguration(
      model: StepModel(secondsPerStep: seconds / Double(steps)),
      limits: SchedulerLimits(
        policy: .chunkedPrefill, tokenBudget: 1_000_000, maximumSequences: count),
      capacity: CacheCapacity(totalBlocks: 1_000_000, blockTokens: 16),
      workload: Workload(
        arrivals: .poisson(rate: load * Double(count) / seconds), requests: 1,
        classes: [
          RequestClass(name: "job", input: .fixed(1), output: service.lengths(mean: steps))
        ]), seed: seed)
  }
}
