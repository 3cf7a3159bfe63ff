internal import ModelArchitecture

extension StepBreakdown {
  /// A step of a pipeline: the work of its slowest stage, and the time that tokens are on their way
  /// beyond it. FLOPs and bytes are the mean chip's, all stages together.
  init(dataflow design: ReplicaDesign, shape: StepShape) {
    let pipeline = DataflowPipeline(design)
    let sequences = shape.decodingSequences
    var list: [OperatorCost] = []
    if shape.promptTokens > 0 {
      let tokens = shape.promptTokens * shape.prompts
      list.append(pipeline.prompt(tokens: tokens, drawn: shape.prompts))
      let each = pipeline.prefill(new: shape.promptTokens, prior: shape.promptContext)
      list.append(each.times(Double(shape.prompts)))
    }
    var work = 0.0
    if sequences > 0 {
      let costs =
        [pipeline.sequence.times(Double(sequences))]
        + zip(pipeline.visibilities, pipeline.contextTokens).map { view, cost in
          cost.times(Double(sequences * view.visible(at: shape.contextPerSequence)))
        }
      work = costs.seconds
      list += costs
    }
    let waiting = max(0, pipeline.latencySeconds - work)
    list.append(
      OperatorCost(
        name: "pipeline_latency", layers: design.architecture.layerCount, flops: 0, bytes: 0,
        seconds: waiting, bottleneck: .interconnect, speedOfLightSeconds: 0))
    operators = Self.merged(list)
    overlappedSeconds = 0
    acceleratorSeconds = operators.seconds
    let prompts = shape.prompts
    let host = Double(design.host.femtoseconds(sequences: sequences + prompts, prompts: prompts))
    exposedHostSeconds =
      design.host.overlapsAccelerator ? max(0, host * 1e-15 - acceleratorSeconds) : host * 1e-15
  }
}

extension OperatorCost {
  /// This operator for so many times the tokens, in as many layers.
  fileprivate func times(_ count: Double) -> OperatorCost {
    var copy = self
    copy.flops *= count
    copy.bytes *= count
    copy.seconds *= count
    copy.peakSeconds *= count
    copy.speedOfLightSeconds *= count
    return copy
  }
}
