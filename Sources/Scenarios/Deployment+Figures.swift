package import Hardware
package import OperatorCosts
internal import ServingSimulation
internal import Units
internal import Workloads

/// A step that a pool makes, and how much of all time goes into such steps.
package struct StepSample: Equatable, Sendable {
  /// Place of the pool in the deployment.
  package var pool: Int
  package var shape: StepShape
  /// Zero for a step that only says which figures can matter.
  package var weight: Double

  package init(pool: Int, shape: StepShape, weight: Double) {
    self.pool = pool
    self.shape = shape
    self.weight = weight
  }
}

/// A figure that a deployment's times or its schedule rest on.
package struct FigureBehind: Equatable, Sendable {
  package enum Origin: Equatable, Sendable {
    /// Place of the machine in `Deployment.machines`.
    case machine(Int)
    case engine
  }

  package var origin: Origin
  /// Key path in the profile.
  package var path: String
  /// How much of the steps' time is in proportion to it or to its inverse, or what turning it over
  /// would change; nil of a figure that only decides what fits and when it is served.
  package var share: Double?
  /// The number with the largest share, where several stand under one path.
  package var leading: ProfileNumber?
}

extension Deployment {
  /// The machines of all pools, those that do feed-forwards included, each once.
  package var machines: [HardwareProfile] { pools.flatMap { $0.machines.map(\.hardware) }.uniqued }

  /// The least and the most that each pool may have in a step, for when nothing was simulated.
  package var typicalSteps: [StepSample] {
    let longest = max(1, scenario.workload.longestRequest)
    return pools.indices.flatMap { index -> [StepSample] in
      let pool = pools[index]
      let most = min(longest, pool.limits.maximumContext ?? longest)
      let fitting = pool.memory.blocks * pool.memory.blockTokens / max(1, most)
      let batches = pool.role == .prefill ? [] : [1, min(pool.limits.maximumSequences, fitting)]
      let decoding = batches.filter { $0 > 0 }.uniqued.map {
        StepShape(decodingSequences: $0, contextPerSequence: most)
      }
      let prompt = StepShape(
        decodingSequences: 0, contextPerSequence: 0,
        promptTokens: min(most, pool.limits.tokenBudget))
      return (decoding + (pool.role == .decode ? [] : [prompt]))
        .map { StepSample(pool: index, shape: $0, weight: 1) }
    }
  }

  /// Every figure of the machines and every setting of the engine that makes a difference to what
  /// is simulated, found by making each a little worse, or another one.
  ///
  ///     share = sum over samples of w · |t' - t| / t / (h · sum of w)
  ///
  /// - t, t' [s]: step with the figure as it is, and worse by h = 1e-6 of itself
  /// - w: weight of the sample
  ///
  /// A setting that is turned over has no size: its share is |t' - t| of the longer of the two.
  ///
  /// So the share is the elasticity of the time: how much of it is in proportion to the figure.
  /// Shares do not add up to one, since bandwidth and efficiency are behind the same time. Nothing
  /// is listed: whatever a price is made of is found, and what another figure hides is not.
  /// Derived from the step's own formula.
  /// Check: Llama-3.1-8B on an H200, 32 sequences of 2,000 tokens: of the time of attention as much
  /// rests on its efficiency as the breakdown has without the floor
  /// (`StepFiguresTests.aShareIsThatOfTheOperatorsTime`).
  package func figures(behind samples: [StepSample]) -> [FigureBehind] {
    let search = FigureSearch(self, samples)
    return machines.indices.flatMap { search.figures(ofMachine: $0) } + search.settings
  }
}

/// Prices steps again with one figure another.
private struct FigureSearch {
  let deployment: Deployment
  let samples: [StepSample]
  private let times: [Double]
  /// Shares below are of rounding.
  private static let least = 1e-7

  init(_ deployment: Deployment, _ samples: [StepSample]) {
    self.deployment = deployment
    self.samples = samples
    times = Self.times(of: samples, deployment)
  }

  private static func times(of samples: [StepSample], _ deployment: Deployment) -> [Double] {
    var times = [Double](repeating: 0, count: samples.count)
    for pool in deployment.pools.indices {
      let own = samples.indices.filter { samples[$0].pool == pool }
      let steps = StepBreakdown.list(
        deployment.pools[pool].design, own.map { samples[$0].shape })
      for (index, step) in zip(own, steps) { times[index] = step.seconds }
    }
    return times
  }

  func figures(ofMachine place: Int) -> [FigureBehind] {
    let machine = deployment.machines[place]
    func changed(to other: HardwareProfile) -> Deployment? {
      deployment.changed(machines: { $0 == machine ? other : $0 })
    }
    let numbers = machine.numbers
    let groups = machine.numbersByPath
    return machine.paths { effect(of: changed(to: $0)) != nil }.map { path in
      let indices = groups.first { $0.path == path }?.indices ?? []
      func share(_ indices: [Int]) -> Double? {
        effect(of: changed(to: machine.worse(by: HardwareProfile.nudge, at: indices)))?.share
      }
      let parts = indices.count > 1 ? indices.map { (numbers[$0], share([$0]) ?? 0) } : []
      return FigureBehind(
        origin: .machine(place), path: path, share: share(indices),
        leading: parts.max { $0.1 < $1.1 }?.0)
    }
  }

  var settings: [FigureBehind] {
    deployment.engine.settings.compactMap { setting in
      guard
        let (engine, isInProportion) = deployment.engine.changed(
          setting.path, by: HardwareProfile.nudge),
        let effect = effect(
          of: deployment.changed(engine: engine),
          nudge: isInProportion ? HardwareProfile.nudge : nil)
      else { return nil }
      return FigureBehind(origin: .engine, path: setting.path, share: effect.share)
    }
  }

  private struct Effect { var share: Double? }

  /// Nil when nothing is different; without a share when steps take as long as they did.
  ///
  /// - Parameter nudge: nil where what was changed has no size.
  private func effect(
    of changed: Deployment?, nudge: Double? = HardwareProfile.nudge
  ) -> Effect? {
    // What can't be deployed any more is different.
    guard let changed else { return Effect() }
    let shares = zip(times, Self.times(of: samples, changed)).map { time, other in
      nudge.map { abs(other - time) / time / $0 } ?? abs(other - time) / max(time, other)
    }
    if shares.contains(where: { $0 > Self.least }) {
      let weights = samples.reduce(0) { $0 + $1.weight }
      let sum = zip(samples, shares).reduce(0) { $0 + $1.0.weight * $1.1 }
      return Effect(share: weights > 0 ? sum / weights : 0)
    }
    return changed.isRun(like: deployment) ? nil : Effect()
  }
}
