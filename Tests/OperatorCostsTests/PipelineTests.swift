import Hardware
import ModelArchitecture
import TestSupport
import Testing

@testable import OperatorCosts

struct PipelineTests {
  private func design(stages: Int, layers: Int = 8, tensor: Int = 1) -> ReplicaDesign {
    ReplicaDesign(
      architecture: SampleModels.dense(layers: layers), hardware: SampleMachine.profile,
      precision: Precision(weights: .bf16, keyValueCache: .bf16),
      layout: ParallelLayout(tensor: tensor, pipeline: stages), host: .none)
  }

  @Test func aRoundWorkedExample() {
    #expect(PipelineRound(10, stages: 4).batch == 3)
    let one = OperatorCost(
      name: "one", layers: 1, flops: 8, bytes: 8, seconds: 1, bottleneck: .compute,
      speedOfLightSeconds: 1)
    let two = PipelineRound(2, stages: 4).cost(of: one, layers: 2)
    #expect(two.seconds == 8)
    #expect(two.flops == 2 * 2 * 8)
  }

  @Test func stageSendWorkedExample() {
    var design = design(stages: 2)
    design.architecture.hiddenSize = 8192
    let cost = StageSend(design).cost(tokens: 64)
    #expect(abs(cost.seconds - 5.33e-6) < 0.01e-6)
  }

  @Test func oneSequenceTakesTheTimeOfTheWholeModelAndTheSends() {
    var whole = StepModel(design(stages: 1))
    var piped = StepModel(design(stages: 4))
    var views = ContextViews()
    views.tokens[0] = 5000
    let alone = whole.decodeFemtoseconds(sequences: 1, views: views)
    let round = piped.decodeFemtoseconds(sequences: 1, views: views)
    let sends = 3 * StageSend(design(stages: 4)).cost(tokens: 1).seconds
    // Embedding and last norm are counted for every stage.
    let once = PartCost(
      LayerGraph(design(stages: 1)).tokenCosts(tokens: 1).filter { $0.name == "embedding" }
        + LayerGraph(design(stages: 1)).tokenCosts(tokens: 1).suffix(1))
    let expected = Double(alone) * 1e-15 + sends + 3 * once.seconds
    #expect(abs(Double(round) * 1e-15 / expected - 1) < 1e-9)
  }

  @Test func aBusyPipelineReadsContextInParallel() {
    let whole = StepModel(design(stages: 1))
    let piped = StepModel(design(stages: 4))
    let ratio =
      Double(whole.decodePerContextToken[0].femtoseconds)
      / Double(piped.decodePerContextToken[0].femtoseconds)
    #expect(abs(ratio - 4) < 1e-4)
    let alone = piped.pipelineRates[0].perContextToken[0]
    #expect(alone.femtoseconds == whole.decodePerContextToken[0].femtoseconds)
    // Its work is on all stages in turn.
    #expect(alone.flops * 4 == whole.decodePerContextToken[0].flops)
  }

  @Test func layersAreDividedRoundedUp() {
    let weights = [1, 2, 4].map { LayerGraph(design(stages: $0, layers: 6)).weightBytes }
    let tables = Double(4096 * 512 * 2)
    let layer = (weights[0] - 2 * tables) / 6
    #expect(abs(weights[1] - tables - 3 * layer) < 1)
    #expect(abs(weights[2] - tables - 2 * layer) < 1)
    let bytes = [1, 2, 4].map { CacheFootprint(design(stages: $0)).growingBytesPerToken }
    #expect(bytes[0] == 2 * bytes[1] && bytes[0] == 4 * bytes[2])
  }

  @Test func moreTokensNeverTakeLess() {
    var model = StepModel(design(stages: 4))
    var views = ContextViews()
    var last: Int64 = 0
    for sequences in 1...40 {
      views.tokens[0] = Int64(sequences * 1000)
      let time = model.decodeFemtoseconds(sequences: sequences, views: views)
      #expect(time >= last, "\(sequences) sequences")
      last = time
    }
  }
}
