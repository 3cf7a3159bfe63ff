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

  /// The ranks sum the squares of queries and of keys, where a norm spans all heads (MiniMax-M2).
  @Test(arguments: [
    (QueryKeyNorm?.some(.perLayer), 2, 1), (.perLayer, 1, 0), (.perHead, 2, 0), (nil, 2, 0),
  ])
  func aNormOverAllHeadsIsSummedOverTheRanks(_ norm: QueryKeyNorm?, _ ranks: Int, _ sums: Int) {
    var architecture = SampleModels.dense()
    for index in architecture.groups.indices {
      guard case .attention(var attention) = architecture.groups[index].mixer else { continue }
      attention.queryKeyNorm = norm
      architecture.groups[index].mixer = .attention(attention)
    }
    let graph = LayerGraph(
      ReplicaDesign(
        architecture: architecture, hardware: SampleMachine.profile,
        precision: Precision(weights: .bf16, keyValueCache: .bf16),
        layout: ParallelLayout(tensor: ranks), host: .serial(step: 0, sequence: 0)))
    let found = graph.tokenCosts(tokens: 8).filter { $0.name == "all_reduce_query_key_norm" }
    #expect(found.count == sums)
  }

  @Test func distinctExpertsWorkedExample() {
    let mixture = MixtureOfExperts(experts: 128, topK: 4, inner: 64)
    let experts = ExpertMLP(mixture, hidden: 64, ranks: 1, arithmetic: bf16)
    #expect(abs(experts.distinctExperts(tokens: 64) - 111.2) < 0.05)
    #expect(abs(experts.distinctExperts(tokens: 1) - 4) < 1e-12)
  }

  @Test func oneExpertIsADenseLayer() {
    let builder = LayerBuilder(design(SampleModels.dense(), .bf16))
    let dense = builder.operators(of: DenseFeedForward(inner: 1024), isShared: false)
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

  @Test func expertsMoveTheirChoiceOfWeightsAndEveryTokenToItsExperts() {
    let mixture = MixtureOfExperts(experts: 8, topK: 2, inner: 256)
    let experts = ExpertMLP(mixture, hidden: 512, ranks: 2, arithmetic: bf16)
    let cost = experts.cost(tokens: 10, on: roofline)
    // Half of the inner width on each rank: three matrices of 512 x 128 in each of 7.55 experts.
    let distinct = experts.distinctExperts(tokens: 10)
    #expect(abs(distinct - 7.549) < 0.0005)
    #expect(cost.flops == 10 * 2 * 2 * 3 * 512 * 128)
    let activations: Double = 10 * 2 * (2 * 512 + 3 * 128) * 2
    #expect(abs(cost.bytes - distinct * 3 * 512 * 128 * 2 - activations) < 1e-6)
  }

  @Test func theHeadReadsItsMatrixAndTheSamplerItsLogits() {
    let model = SampleModels.dense()
    let costs = OutputHead(model, ranks: 1).costs(sampled: 3, allGather: nil, on: roofline)
    #expect(costs.map(\.name) == ["output_head", "sampler"])
    #expect(costs[0].flops == 2 * 3 * 512 * 4096)
    #expect(costs[0].bytes == 4096 * 512 * 2 + 3 * (512 + 4096) * 2)
    // Three passes over fp32 logits.
    #expect(costs[1].bytes == 3 * 3 * 4096 * 4)
    let link = AllGather(ranks: 2, over: SampleMachine.profile.scaleUp)
    let sliced = OutputHead(model, ranks: 2).costs(sampled: 3, allGather: link, on: roofline)
    #expect(sliced.map(\.name) == ["output_head", "gather_logits", "sampler"])
    #expect(sliced[0].flops * 2 == costs[0].flops)
    #expect(sliced[1].seconds == link.seconds(bytes: 3 * 4096 * 2))
    #expect(sliced[2] == costs[1])
  }

  @Test func aRecurrentPrefillReadsItsStateOnceAndItsInputs() {
    let layer = Mamba2(
      heads: 8, headDimension: 64, stateDimension: 64, headGroups: 1, convolutionWidth: 4,
      stateBytesPerElement: 4)
    let kernel = RecurrentKernel(.mamba2(layer), hidden: 512, ranks: 2)
    let state = Double(layer.stateBytesPerSequence) / 2
    #expect(kernel.prefillCost(new: 0, on: roofline).bytes == 2 * state)
    let cost = kernel.prefillCost(new: 100, on: roofline)
    #expect(cost.bytes == 2 * state + 100 * 2 * kernel.inputBytes)
    // 512 + 512 + 2 x 64 channels and 8 steps in, 512 out, on two ranks.
    #expect(kernel.inputBytes == Double(512 + 512 + 128 + 8 + 512) * 2 / 2)
    #expect(cost.flops == 100 * Double(layer.recurrenceFLOPsPerToken) / 2)
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
    let verified = kernel.decodeCost(
      sequences: 64, on: roofline, queries: DecodeQueries(tokens: 4))
    #expect(abs(verified.bytes - 1436.8e6) < 0.05e6)
  }

  @Test(arguments: ModelCatalogue.writers)
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
