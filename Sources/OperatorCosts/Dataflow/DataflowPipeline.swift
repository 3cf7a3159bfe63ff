internal import Hardware
internal import ModelArchitecture

/// A model spread over the SRAM of many chips, as a pipeline of its layers.
///
/// In a step every sequence in flight passes the pipeline once, and prompt tokens stream through:
///
///     t(n, m) = X(m) + max( L, n · τ + sum over views of κ_v · C_v )
///     L = sum over layers of max( λ, σ ) + r · ρ
///     τ = max over stages of max( w(1) / c, a )     X(m) = the same of w(m) and m · a, + attention
///
/// - n, m: decoding sequences, prompt tokens       - C_v: context tokens read in view v
/// - λ [s]: latency of a layer, everything between its chips and to the next layer included
/// - σ [s]: the layer's own work for one token on its chips, should that be longer
/// - r, ρ [s]: crossings between scale-up domains on the way round, when there are several, and
///   the latency of one
/// - w(m) [s]: roofline time of a stage for m tokens on one chip     - c: its chips
/// - a [s]: a hidden vector of 16-bit numbers over the link between chips
/// - κ_v [s]: reading one context token out of the SRAM of the slowest stage
///
/// A decoding sequence enters on its own and reads the weights of a stage anew, as in a schedule
/// compiled for single tokens; a prompt enters as a matrix and reads them once. The slowest stage
/// is taken for each term apart, which is never too fast. Valid while a token's own attention in a
/// layer is shorter than λ: 1.2 million tokens of context for Llama-2-70B on 576 chips.
/// Source: Abts et al., "A software-defined tensor streaming multiprocessor for large-scale
/// machine learning", ISCA 2022, for the machine; λ is the profile's, with its own source.
/// Check: Llama-2-70B in int8 on 576 chips of groq-lpu, one sequence: 80 · 41 us = 3.28 ms, 305
/// tokens/s; 69.5 GB / 576 over 80 TB/s · 0.7 = 2.15 us a sequence
/// (`DataflowPipelineTests.llama2WorkedExample`).
///
/// A class, because it is large and the step loop would copy it with every price.
final class DataflowPipeline: Sendable {
  let stages: [DataflowStage]
  /// Time of one token through all layers when nothing else is in flight [s].
  let latencySeconds: Double
  let latencyFemtoseconds: Int64
  let visibilities: [ContextVisibility]
  /// The cost of one decoding sequence, context apart.
  let sequence: OperatorCost
  /// One per view: reading one more context token.
  let contextTokens: [OperatorCost]
  let weightBytes: Double
  private let chips: Double
  /// For one hidden vector between chips.
  private let linkSeconds: Double

  /// - Precondition: the profile has the figures that `DataflowPlan.missingFigure` asks for.
  init(_ design: ReplicaDesign) {
    let hardware = design.hardware
    let stages = Self.stages(of: design)
    let weights = stages.reduce(0) { $0 + Double($1.layers) * $1.weightBytes }
    let chips = Double(design.layout.accelerators)
    let crossings = DataflowCrossings(hardware, chips: design.layout.accelerators)
    guard let layerLatency = hardware.lpu?.layerLatency?.value else {
      preconditionFailure("deployment checks refuse a pipeline without a layer latency")
    }
    var latency = crossings.seconds
    for stage in stages where !stage.isHead && stage.tableBytes == 0 {
      // A layer on a part of a chip has all of it while its token is there.
      let parallel = max(1, chips * stage.weightBytes / weights)
      latency += Double(stage.layers) * max(layerLatency, stage.work(tokens: 1).seconds / parallel)
    }
    self.stages = stages
    self.chips = chips
    weightBytes = weights
    latencySeconds = latency
    latencyFemtoseconds = PartCost.femtoseconds(latency)
    linkSeconds = Double(design.architecture.hiddenSize) * 2 / crossings.bytesPerSecond
    var slowest = SlowestStage(chips: chips, weightBytes: weights)
    for stage in stages { slowest.add(stage.work(tokens: 1), of: stage) }
    slowest.limit(linkSeconds)
    sequence = slowest.cost("decode_stage")
    (visibilities, contextTokens) = Self.views(of: stages, slowest.empty)
  }

  static func stages(of design: ReplicaDesign) -> [DataflowStage] {
    let architecture = design.architecture
    let formats = DataflowFormats(design.precision.weights, on: design.hardware)
    let count = architecture.parameterCount
    var stages = zip(architecture.groups, count.groups).map {
      DataflowStage($0, $1.layer, design)
    }
    if count.head > 0 {
      stages.append(DataflowStage(table: count.embedding, isHead: false, formats))
    }
    // What else every token passes once stands with the head.
    let around = count.outside.matrices - count.tables
    stages.append(DataflowStage(table: count.embedding + around, isHead: true, formats))
    return stages
  }

  /// The slowest stage for each view of the context.
  ///
  /// No view is longer than the full one. So a stage with a window only counts as far as it is
  /// slower per token than the slowest one that reads everything: with K for that one,
  ///
  ///     κ_v = max over stages of max( 0, k_v - (K - k_full) )
  private static func views(
    of stages: [DataflowStage], _ empty: SlowestStage
  ) -> ([ContextVisibility], [OperatorCost]) {
    var views: [ContextVisibility] = [.full]
    for stage in stages {
      for item in stage.kernels where !views.contains(item.kernel.visibility) {
        views.append(item.kernel.visibility)
      }
    }
    precondition(views.count <= ContextViews.most, "too many views of a context")
    var costs: [OperatorCost] = []
    for view in views {
      var slowest = empty
      for stage in stages {
        let own = stage.contextWork(.full)
        let slack = view == .full ? 0 : costs[0].seconds - empty.seconds(own, of: stage)
        slowest.add(stage.contextWork(view), of: stage, less: slack)
      }
      costs.append(slowest.cost("decode_attention"))
    }
    return (views, costs)
  }

  /// Prompt tokens through the slowest stage as one matrix, and the head for the drawn tokens.
  func prompt(tokens: Int, drawn: Int) -> OperatorCost {
    var slowest = SlowestStage(chips: chips, weightBytes: weightBytes)
    for stage in stages where !stage.isHead || drawn > 0 {
      slowest.add(stage.work(tokens: Double(stage.isHead ? drawn : tokens)), of: stage)
    }
    slowest.limit(linkSeconds * Double(tokens))
    return slowest.cost("prompt_stage")
  }

  /// Attention of one prompt chunk in the slowest stage.
  func prefill(new: Int, prior: Int) -> OperatorCost {
    var slowest = SlowestStage(chips: chips, weightBytes: weightBytes)
    for stage in stages { slowest.add(stage.prefillWork(new: new, prior: prior), of: stage) }
    return slowest.cost("prompt_attention")
  }
}
