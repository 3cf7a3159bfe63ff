import ModelArchitecture
import TestSupport

@testable import OperatorCosts

extension ReplicaDesign {
  /// A model on one accelerator with something that guesses, each guess right four times in five.
  static func guessing(
    _ drafter: Speculation.Drafter?, guesses: Int = 3, branches: Int = 1, verified: Int? = nil,
    model: Architecture
  ) -> ReplicaDesign {
    ReplicaDesign(
      architecture: model, hardware: SampleMachine.profile,
      precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
      host: .none,
      speculation: drafter.map {
        Speculation(
          drafter: $0, acceptance: [Double](repeating: 0.8, count: guesses), branches: branches,
          verified: verified)
      })
  }
}
