import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

/// Dense matrices, experts and recurrent states: work and bytes from shapes.
struct MatrixTests {
  private let roofline = Roofline(SampleMachine.profile)
  private let bf16 = ResolvedArithmetic(.bf16, on: SampleMachine.profile.accelerator)

  @Test func matrixMultiplyWorkedExample() {
    let multiply = MatrixMultiply(
      name: "gemm", outputWidth: 8192, inputWidth: 8192, arithmetic: bf16)
    let cost = multiply.cost(tokens: 16, on: roofline)
    #expect(abs(cost.flops - 2.147e9) < 0.001e9)
    #expect(abs(cost.bytes - 134.7e6) < 0.1e6)
  }

  @Test func distinctExpertsWorkedExample() {
    let mixture = MixtureOfExperts(experts: 128, topK: 4, inner: 64)
    let experts = ExpertMLP(mixture, hidden: 64, ranks: 1, arithmetic: bf16)
    #expect(abs(experts.distinctExperts(tokens: 64) - 111.2) < 0.05)
    #expect(abs(experts.distinctExperts(tokens: 1) - 4) < 1e-12)
  }

  @Test func oneExpertIsADenseLayer() {
    let builder = LayerBuilder(design(SampleModels.dense(), .bf16))
    let dense = builder.operators(of: DenseFeedForward(inner: 1024), prefix: "mlp")
    let mixture = MixtureOfExperts(experts: 1, topK: 1, inner: 1024)
    let experts = ExpertMLP(mixture, hidden: 512, ranks: 1, arithmetic: bf16)
    for tokens in [1.0, 7, 300] {
      let matrices = dense.compactMap { operation in
        if case .multiply(let multiply) = operation {
          multiply.cost(tokens: tokens, on: roofline)
        } else {
          nil
        }
      }
      let one = experts.cost(tokens: tokens, on: roofline)
      #expect(one.flops == matrices.reduce(0) { $0 + $1.flops })
      #expect(one.bytes == matrices.reduce(0) { $0 + $1.bytes })
    }
  }

  @Test func recurrentStateWorkedExample() throws {
    let model = try ModelCatalogue.load(nameOrPath: "Qwen3.5-27B")
    let mixer = try #require(
      model.groups.compactMap { group -> RecurrentMixer? in
        if case .recurrent(let mixer) = group.mixer { mixer } else { nil }
      }.first)
    let kernel = RecurrentKernel(mixer, hidden: model.hiddenSize, ranks: 1)
    #expect(kernel.stateBytes == 3_207_168)
    #expect(abs(kernel.decodeCost(sequences: 64, on: roofline).bytes - 410.5e6) < 0.05e6)
  }

  @Test(arguments: ModelCatalogue.names)
  func everyShippedModelWeighsAndWorksLikeItsParameters(_ name: String) throws {
    let model = try ModelCatalogue.load(nameOrPath: name)
    let graph = LayerGraph(design(model, .bf16))
    let count = model.parameterCount
    // Norms, biases, convolutions and sinks are the difference.
    let weights = graph.weightBytes / 2
    #expect(abs(weights / Double(count.total) - 1) < 0.005, "\(weights) of \(count.total)")
    let operators = graph.tokenCosts(tokens: 100) + graph.headCosts(sampled: 100)
    let work = operators.reduce(0) { $0 + $1.flops } / 200
    let active = Double(count.activeWithoutInputTable)
    #expect(abs(work / active - 1) < 0.01, "\(work) of \(active)")
  }

  private func design(_ model: Architecture, _ weights: WeightFormat) -> ReplicaDesign {
    ReplicaDesign(
      architecture: model, hardware: SampleMachine.profile,
      precision: Precision(weights: weights, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: 1), host: .none)
  }
}
