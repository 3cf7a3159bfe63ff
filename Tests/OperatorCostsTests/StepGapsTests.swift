import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct StepGapsTests {
  private let gaps = StepGaps(
    secondsPerStep: 0.2e-3, secondsPerSequence: 5e-6, secondsPerLayer: 2e-6)

  @Test func workedExample() {
    let gap = gaps.femtoseconds(layers: 80)
    #expect(abs(gap.of(sequences: 32) - 520_000_000_000) <= 2)
    var recurrent = gaps
    recurrent.secondsPerRecurrentLayer = 10e-6
    let longer = recurrent.femtoseconds(layers: 80, recurrentLayers: 60)
    #expect(abs(longer.of(sequences: 32) - 1_120_000_000_000) <= 2)
  }

  /// Nothing hides it, whether the host works beside the accelerator or before it.
  @Test(arguments: [true, false])
  func aGapComesOnTopOfEveryStep(_ overlaps: Bool) {
    var host = HostCosts.serial(step: 1e-3, sequence: 1e-5)
    host.overlapsAccelerator = overlaps
    var views = ContextViews()
    views.tokens[0] = 32_000
    func price(_ gaps: StepGaps) -> StepPrice {
      var changed = host
      changed.gaps = gaps
      var model = StepModel(
        ReplicaDesign(
          architecture: SampleModels.dense(layers: 80), hardware: SampleMachine.profile,
          precision: Precision(weights: .bf16, keyValueCache: .bf16),
          layout: ParallelLayout(tensor: 1), host: changed))
      return model.decodePrice(sequences: 32, views: views)
    }
    #expect(abs(price(gaps).first - price(.none).first - 520_000_000_000) <= 2)
  }
}
