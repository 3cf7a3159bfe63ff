import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct AllReduceTests {
  private let link = SampleMachine.profile.scaleUp

  @Test func ringAllReduceWorkedExample() {
    let seconds = AllReduce(ranks: 8, over: link).seconds(bytes: 64 * 1024 * 1024)
    #expect(abs(seconds - 303.0e-6) < 0.05e-6)
  }

  @Test func ringAllGatherWorkedExample() {
    // The sample's hop takes 3 us: 7 of them instead of 7 x 1.5.
    let seconds = AllGather(ranks: 8, over: link).seconds(bytes: 103e6)
    #expect(abs(seconds - (210.8e-6 + 7 * 1.5e-6)) < 0.05e-6)
  }

  @Test func aGroupAcrossDomainsWorkedExample() throws {
    let network = try #require(SampleMachine.profile.scaleOut)
    let gather = CollectiveLink(.allGather, ranks: 16, over: link, across: network)
    #expect(abs(gather.networkSeconds(bytes: 8e6, passes: 1) - 15e-6) < 1e-12)
    // Reduced and gathered again: twice. Inside the domain nothing changes.
    #expect(gather.networkSeconds(bytes: 8e6, passes: 2) == 30e-6)
    let inside = AllReduce(ranks: 8, over: link).seconds(bytes: 8e6)
    let both = AllReduce(ranks: 16, over: link, across: network).seconds(bytes: 8e6)
    #expect(abs(both - inside - 30e-6) < 1e-12)
  }

  @Test func aGatherIsNeverFasterThanTheLink() {
    for ranks in 2...8 {
      for bytes in [1e3, 1e6, 1e9] {
        let cost = AllGather(ranks: ranks, over: link).cost("gather", bytes: bytes)
        #expect(cost.seconds >= Double(ranks - 1) / Double(ranks) * bytes / 450e9)
        #expect(cost.seconds >= cost.speedOfLightSeconds)
      }
    }
  }

  @Test func smallMessagesGoInOneShot() {
    let seconds = AllReduce(ranks: 8, over: link).seconds(bytes: 1000)
    #expect(abs(seconds - (3e-6 + 7 * 1000 / 450e9)) < 1e-15)
  }

  @Test func aOneShotKernelReadsWhatAllOthersHave() {
    let whole = AllReduce(ranks: 8, over: link, oneShotShare: 0.5)
    let plain = AllReduce(ranks: 8, over: link)
    // Half of 7 x 1 MB over 450 GB/s.
    #expect(abs(whole.seconds(bytes: 1e6) - plain.seconds(bytes: 1e6) - 7.78e-6) < 0.005e-6)
    // Up to 2 MiB.
    let limit = 2.0 * 1024 * 1024
    #expect(whole.seconds(bytes: limit) > plain.seconds(bytes: limit))
    #expect(whole.seconds(bytes: limit + 1) == plain.seconds(bytes: limit + 1))
    #expect(AllReduce(ranks: 1, over: link, oneShotShare: 0.5).seconds(bytes: 1e6) == 0)
  }

  @Test func oneRankHasNothingToAdd() {
    #expect(AllReduce(ranks: 1, over: link).seconds(bytes: 1e9) == 0)
    for model in SampleModels.all {
      let design = ReplicaDesign(
        architecture: model, hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16),
        layout: ParallelLayout(tensor: 1), host: .none)
      let graph = LayerGraph(design)
      let operators = graph.tokenCosts(tokens: 64) + graph.headCosts(sampled: 64)
      #expect(!operators.contains { $0.bottleneck == .interconnect })
    }
  }

  @Test func everyLayerAddsUpItsMixerAndItsFeedForward() {
    for model in SampleModels.all {
      let design = ReplicaDesign(
        architecture: model, hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16),
        layout: ParallelLayout(tensor: 4), host: .none)
      let sums = LayerGraph(design).tokenCosts(tokens: 64).filter {
        $0.bottleneck == .interconnect
      }
      #expect(sums.reduce(0) { $0 + $1.layers } == 2 * model.layerCount + 1, "\(model.name)")
      // Each of 16-bit hidden vectors.
      let one = AllReduce(ranks: 4, over: link).seconds(bytes: Double(64 * model.hiddenSize * 2))
      let seconds = sums.reduce(0) { $0 + $1.seconds } / Double(2 * model.layerCount + 1)
      #expect(abs(seconds / one - 1) < 1e-12)
    }
  }

  /// Law L9 for a collective: a hop's latency, and each rank's share of the bytes over its link.
  private func brokenBy(_ seconds: (Double) -> Double, ranks: Int) -> [Double] {
    let latency = link.latency!.value
    let share = Double(ranks - 1) / Double(ranks) / link.bandwidth!.value
    return [0, 1, 1e3, 1e5, 1e7, 1e9].filter { seconds($0) < latency + share * $0 }
  }

  @Test(arguments: [2, 4, 8])
  func noAllReduceIsFasterThanItsLinks(_ ranks: Int) {
    #expect(brokenBy(AllReduce(ranks: ranks, over: link).seconds, ranks: ranks) == [])
  }

  @Test func lightSpeedCatchesAnAllReduceWithoutLatency() {
    let bandwidth = link.bandwidth!.value
    let optimistic = { (bytes: Double) in 2 * 7.0 / 8 * bytes / bandwidth }
    #expect(brokenBy(optimistic, ranks: 8) == [0, 1, 1e3, 1e5])
  }
}
