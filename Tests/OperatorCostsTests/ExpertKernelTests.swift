import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// Which kernel and which formats a layer's matrices get.
struct ExpertKernelTests {
  private func design(
    _ architecture: Architecture, _ hardware: HardwareProfile, _ weights: WeightFormat = .bf16,
    layout: ParallelLayout = ParallelLayout(tensor: 2), isFused: Bool = false
  ) -> ReplicaDesign {
    var host = HostCosts.none
    host.fusesExperts = isFused
    return ReplicaDesign(
      architecture: architecture, hardware: hardware,
      precision: Precision(weights: weights, keyValueCache: .bf16), layout: layout, host: host)
  }

  private func expertSeconds(_ design: ReplicaDesign) -> Double {
    LayerGraph(design).tokenCosts(tokens: 64).filter { $0.name == "experts" }
      .reduce(0) { $0 + $1.seconds }
  }

  @Test func fusedExpertsFallBackToSeparateOnes() throws {
    let plain = Roofline(SampleMachine.profile)
    for kernel in [KernelArithmetic.bf16, .fp8, .fp8Block, .w4a16] {
      #expect(
        plain.efficiency(.moeFused, kernel).memory == plain.efficiency(.moe, kernel).memory)
    }
    let mixture = SampleModels.mixture()
    let seconds = expertSeconds(design(mixture, SampleMachine.profile))
    #expect(seconds > 0)
    #expect(expertSeconds(design(mixture, SampleMachine.profile, isFused: true)) == seconds)
  }

  @Test func aMachineWithAFusedKernelUsesItWhereTheEngineDoes() throws {
    let hardware = try HardwareCatalogue.load(nameOrPath: "h200-sxm")
    let roofline = Roofline(hardware)
    #expect(roofline.efficiency(.moeFused, .w4a16MX) != roofline.efficiency(.moe, .w4a16MX))
    let mixture = SampleModels.mixture()
    #expect(
      expertSeconds(design(mixture, hardware, .mxfp4, isFused: true))
        != expertSeconds(design(mixture, hardware, .mxfp4)))
    // Tokens that come from other ranks are computed by kernels of their own.
    let spread = ParallelLayout(tensor: 1, attentionData: 4, expert: 4)
    #expect(
      expertSeconds(design(mixture, hardware, .mxfp4, layout: spread, isFused: true))
        == expertSeconds(design(mixture, hardware, .mxfp4, layout: spread)))
  }

  @Test func mxfp4QuantizesAWholeModelUnlessItsCheckpointSaysOtherwise() throws {
    let dense = SampleModels.dense()
    let precision = Precision(weights: .mxfp4, keyValueCache: .bf16)
    #expect(!precision.quantizesExpertsAlone(of: dense))
    #expect(precision.mixerWeights(of: dense) == .mxfp4)
    #expect(precision.denseWeights(of: dense) == .mxfp4)
    // The matrices into and out of attention and the feed-forwards; not the embeddings.
    let matrices = Double(4 * (512 * (512 + 2 * 256) + 512 * 512 + 3 * 512 * 1024))
    let saved =
      LayerGraph(design(dense, SampleMachine.profile)).weightBytes
      - LayerGraph(design(dense, SampleMachine.profile, .mxfp4)).weightBytes
    let expected = matrices * (2 - WeightFormat.mxfp4.bytesPerWeight) / 2
    #expect(abs(saved / expected - 1) < 1e-9)

    let published = try ModelCatalogue.load(nameOrPath: "gpt-oss-20b")
    #expect(precision.quantizesExpertsAlone(of: published))
    #expect(precision.mixerWeights(of: published) == .bf16)
    #expect(precision.denseWeights(of: published) == .bf16)
    // AMD's checkpoints of models with latent attention.
    #expect(precision.mixerWeights(of: SampleModels.latent()) == .bf16)
    #expect(precision.denseWeights(of: SampleModels.latent()) == .mxfp4)
  }
}
