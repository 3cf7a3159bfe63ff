import Hardware
import TestSupport
import Testing

@testable import OperatorCosts

struct MediaEncoderTests {
  private let tower = MediaEncoder(
    parameters: 668e6, layers: 32, width: 1280, patchesPerToken: 4, window: 64, fullLayers: 4)

  @Test func workedExample() {
    let cost = tower.cost(items: 1, tokens: 1_024, on: SampleMachine.profile, ranks: 1)
    let matrices: Double = 2 * 668e6 * 4_096
    let pairs: Double = 4 * 4_096 + 28 * 64
    let attention: Double = 4 * 1_280 * 4_096 * pairs
    #expect(abs(cost.flops / (matrices + attention) - 1) < 1e-9)
    #expect(abs(cost.flops / 5.85e12 - 1) < 0.002)
    let light = cost.flops / SampleMachine.profile.accelerator.peak[.bf16]!.value
    #expect(Double(cost.femtoseconds) * 1e-15 > light)
  }

  @Test func partsAddUpAndRanksShareTheWork() {
    let one = tower.cost(items: 2, tokens: 500, on: SampleMachine.profile, ranks: 1)
    let four = tower.cost(items: 2, tokens: 500, on: SampleMachine.profile, ranks: 4)
    let parts = one.compute + one.memory + one.interconnect + one.host
    #expect(abs(parts / (Double(one.femtoseconds) * 1e-15) - 1) < 1e-9)
    #expect(abs(four.flops * 4 / one.flops - 1) < 1e-9)
    #expect(four.femtoseconds < one.femtoseconds)
    #expect(four.femtoseconds * 4 > one.femtoseconds)
  }

  @Test func withoutWindowsEveryPatchSeesAll() {
    var full = tower
    full.window = nil
    full.fullLayers = 32
    let cost = full.cost(items: 1, tokens: 256, on: SampleMachine.profile, ranks: 1)
    let matrices: Double = 2 * 668e6 * 1_024
    let attention: Double = 4 * 1_280 * 1_024 * 1_024 * 32
    let expected = matrices + attention
    #expect(abs(cost.flops / expected - 1) < 1e-9)
  }
}
