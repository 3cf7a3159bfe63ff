import Hardware
import Statistics
import TestSupport
import Testing

@testable import OperatorCosts

struct RooflineTests {
  private let roofline = Roofline(SampleMachine.profile)

  @Test func workedExample() {
    let cost = roofline.cost("gemm", .gemm, .bf16, flops: 2 * 16 * 8192 * 8192, bytes: 134.7e6)
    #expect(abs(cost.seconds - 38.1e-6) < 0.05e-6)
    #expect(cost.bottleneck == .memory)
  }

  @Test func twiceTheBandwidthHalvesOnlyWhatIsBoundByMemory() {
    let faster = Roofline(SampleMachine.profile(bandwidthFactor: 2))
    func seconds(_ roofline: Roofline, flops: Double, bytes: Double) -> Double {
      let floor = roofline.efficiency(.gemm, .bf16).floorSeconds
      return roofline.cost("gemm", .gemm, .bf16, flops: flops, bytes: bytes).seconds - floor
    }
    let slow = seconds(roofline, flops: 1e9, bytes: 1e9)
    #expect(abs(seconds(faster, flops: 1e9, bytes: 1e9) / slow - 0.5) < 1e-12)
    let bound = seconds(roofline, flops: 1e14, bytes: 1e6)
    #expect(seconds(faster, flops: 1e14, bytes: 1e6) == bound)
  }

  @Test func anEnginesKernelsComputeSlower() {
    var timed = Efficiency(
      compute: 0.8, memory: 0.5, floorSeconds: 3e-6,
      provenance: Provenance(status: .fitted, source: "test", citation: "a test"))
    #expect(abs(KernelReach(timed, computeExcess: 0.25).compute - 0.64) < 1e-12)
    #expect(KernelReach(timed, computeExcess: 0.25).memory == 0.5)
    func seconds(_ excess: Double, flops: Double, bytes: Double) -> Double {
      KernelRate(KernelReach(timed, computeExcess: excess), peak: 1e15, bandwidth: 4e12)
        .work(flops: flops, bytes: bytes).seconds - 3e-6
    }
    let slower = seconds(0.25, flops: 1e14, bytes: 1e6) / seconds(0, flops: 1e14, bytes: 1e6)
    #expect(abs(slower - 1.25) < 1e-12)
    #expect(seconds(0.25, flops: 1e9, bytes: 1e9) == seconds(0, flops: 1e9, bytes: 1e9))
    timed.provenance = Provenance(status: .estimated, source: "test", citation: "a test")
    #expect(KernelReach(timed, computeExcess: 0.25).compute == 0.8)
  }

  @Test func aMissingFormatFallsBackToAPlainerOne() {
    // The sample machine has no attention in fp8, no mixture and no latent attention of its own.
    #expect(roofline.efficiency(.attentionDecode, .fp8).memory == 0.74)
    #expect(roofline.efficiency(.mlaPrefill, .fp8).compute == 0.55)
    #expect(roofline.efficiency(.moe, .fp8Block).memory == 0.78)
    #expect(roofline.efficiency(.moe, .w4a16).memory == 0.8)
    // Without fp4 units its peak is the next wider one that every profile has.
    #expect(roofline.peakFLOPsPerSecond(.fp4) == 989e12)
  }

  /// Law L9, for every operator of every sample model in random steps.
  @Test func noOperatorIsFasterThanLight() {
    for seed in LongTests.seeds(short: 100, long: 5_000) {
      let design = RandomDesign(seed: seed)
      let graph = LayerGraph(design.design)
      var random = design.random
      let new = random.integer(in: 1...5000)
      let prior = random.integer(in: 0...20_000)
      let sequences = random.integer(in: 1...256)
      let context = Double(sequences) * Double(random.integer(in: 1...10_000))
      var operators = graph.tokenCosts(tokens: new) + graph.headCosts(sampled: sequences)
      operators += graph.prefillCosts(new: new, prior: prior)
      operators += graph.attention.map {
        $0.element.decodeCost(
          sequences: Double(sequences), context: context, on: graph.roofline)
      }
      operators += graph.recurrent.map {
        $0.element.decodeCost(sequences: Double(sequences), on: graph.roofline)
      }
      for cost in operators {
        #expect(
          Self.isNoFasterThanLight(cost),
          "\(design): \(cost.name) \(cost.seconds) s < \(cost.speedOfLightSeconds) s")
      }
    }
  }

  /// The two sides may be rounded differently, by far less than any efficiency.
  static func isNoFasterThanLight(_ cost: OperatorCost) -> Bool {
    cost.seconds >= cost.speedOfLightSeconds * (1 - 1e-12)
  }

  @Test func lightSpeedCatchesAMissingMatrix() {
    // Two of three matrices of a gated layer read: what another simulator shipped.
    var cost = roofline.cost("mlp", .gemm, .bf16, flops: 0, bytes: 3e9)
    let two = roofline.cost("mlp", .gemm, .bf16, flops: 0, bytes: 2e9)
    cost.seconds = two.seconds
    #expect(!Self.isNoFasterThanLight(cost))
  }
}
