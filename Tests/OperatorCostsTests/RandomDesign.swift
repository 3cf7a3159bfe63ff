import ModelArchitecture
import OperatorCosts
import Statistics
import TestSupport

/// A sample model in random formats on one to four ranks, drawn from a seed.
struct RandomDesign: CustomStringConvertible {
  let seed: UInt64
  var design: ReplicaDesign
  /// For the test's own draws.
  let random: RandomStream

  init(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "design")
    func pick<Element>(_ choices: [Element]) -> Element {
      choices[random.integer(in: 0...choices.count - 1)]
    }
    design = ReplicaDesign(
      architecture: pick(SampleModels.all), hardware: SampleMachine.profile,
      precision: Precision(
        weights: pick(WeightFormat.allCases), keyValueCache: pick(KeyValueFormat.allCases)),
      layout: ParallelLayout(tensor: pick([1, 2, 4])),
      host: HostCosts(
        secondsPerStep: 0, secondsPerSequence: 0, secondsPerPrefill: 0, overlapsAccelerator: true,
        exposedElementwiseFloor: pick([0, 0.3, 1]),
        gaps: pick([
          .none,
          StepGaps(secondsPerStep: 2e-4, secondsPerSequence: 5e-6, secondsPerLayer: 2e-6),
        ]), oneShotShare: pick([0, 0.7]), fusesExperts: pick([false, true])))
    self.seed = seed
    self.random = random
  }

  var description: String {
    "RandomDesign(seed: \(seed)): \(design.architecture.name), \(design.precision), "
      + "\(design.layout.tensor) ranks"
  }
}
