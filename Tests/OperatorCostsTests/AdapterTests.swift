import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// Low-rank adapters beside a model's matrices.
struct AdapterTests {
  private let roofline = Roofline(SampleMachine.profile)
  private let bf16 = ResolvedArithmetic(.bf16, on: SampleMachine.profile.accelerator)

  private func pair(_ count: Int) -> [MatrixMultiply] {
    Adapters(rank: 8, count: count).multiplies(
      beside: MatrixMultiply(
        name: "qkv", outputWidth: 4096, inputWidth: 4096, arithmetic: bf16), bf16)
  }

  @Test func workedExample() {
    let pair = pair(1)
    #expect(pair.reduce(0) { $0 + $1.weightBytes } == 131_072)
    let flops = pair.reduce(0) { $0 + $1.cost(tokens: 16, on: roofline).flops }
    #expect(flops == 2 * 16 * 8 * (4096 + 4096))
  }

  /// What two kernels take that have nearly nothing to do; large ones are as fast as others are.
  @Test func smallKernelsTakeTheirTime() {
    let seconds = pair(1).map { $0.cost(tokens: 16, on: roofline).seconds }
    #expect(seconds == [10e-6, 10e-6])
    let large = pair(1)[1]
    #expect(
      large.cost(tokens: 1e6, on: roofline).seconds
        == roofline.cost("", .gemm, bf16.kernel, large.demand(tokens: 1e6)).seconds)
  }

  /// All are in memory; a step reads those that its tokens use.
  @Test func stepsReadTheAdaptersOfTheirTokens() {
    let (one, many) = (pair(1)[0], pair(64)[0])
    #expect(many.weightBytes == 64 * one.weightBytes)
    func weights(_ multiply: MatrixMultiply, _ tokens: Double) -> Double {
      multiply.demand(tokens: tokens).bytes - tokens * 2 * (4096 + 8)
    }
    #expect(abs(weights(many, 1) / one.weightBytes - 1) < 1e-9)
    #expect(abs(weights(many, 10_000) / one.weightBytes - 64) < 1e-6)
    #expect(weights(many, 64) / one.weightBytes > 40)
  }

  private func design(_ adapters: Adapters?) -> ReplicaDesign {
    var design = ReplicaDesign(
      architecture: SampleModels.dense(), hardware: SampleMachine.profile,
      precision: Precision(weights: .bf16, keyValueCache: .bf16), layout: ParallelLayout(),
      host: .none)
    design.adapters = adapters
    return design
  }

  /// Queries, keys and values are computed as one, and so are gate and up: each has its own.
  @Test func everyMatrixHasItsOwn() throws {
    var design = design(nil)
    design.architecture = try ModelCatalogue.load(nameOrPath: "meta-llama/Llama-3.1-8B")
    let plain = LayerGraph(design).weightBytes
    design.adapters = Adapters(rank: 16, count: 1)
    #expect(LayerGraph(design).weightBytes - plain == 2 * 41_943_040)
  }

  /// Every matrix of every layer has its adapters, and they make nothing quicker.
  @Test func adaptersTakeMemoryAndTime() {
    let (plain, adapted) = (LayerGraph(design(nil)), LayerGraph(design(.init(rank: 16, count: 8))))
    #expect(adapted.weightBytes > plain.weightBytes)
    let steps = [nil, Adapters(rank: 16, count: 1), Adapters(rank: 16, count: 8)].map {
      var model = StepModel(design($0))
      return model.decodePrice(sequences: 32, views: ContextViews()).first
    }
    #expect(steps[0] < steps[1] && steps[1] <= steps[2])
  }
}
