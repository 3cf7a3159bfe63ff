internal import Hardware
internal import ModelArchitecture

/// A model as the list of operators that one rank runs in a step.
///
/// Everything about cost and weight memory is derived from this one list: the fast tables of
/// `StepModel`, the table of `windtunnel explain`, and the bytes that must fit.
///
/// With pipeline stages it is the list of the heaviest stage, and a step is a round of all
/// micro-batches through all stages (`LayerGraph+Pipeline`).
struct LayerGraph: Sendable {
  /// An operator whose cost depends only on how many tokens are in the step.
  enum TokenOperator: Sendable {
    case multiply(MatrixMultiply)
    case experts(ExpertMLP)
    case elementwise(Elementwise)
    /// A sum over the tensor ranks of `width` 16-bit elements per token.
    case allReduce(name: String, width: Double)
    /// Every tensor rank's share of the tokens to all of them, `width` 16-bit elements per token.
    case allGather(name: String, width: Double)
    /// Sends all tokens of a stage to all its ranks, and the sum of their results back.
    case stageGather(width: Double)
    case stageScatter(width: Double)
    case dispatch(TokenExchange, of: ExpertMLP)
    case combine(TokenExchange, of: ExpertMLP)
    case remote(RemoteFeedForwardLayer.Operator)
  }

  struct Counted<Element: Sendable>: Sendable {
    var layers: Int
    var element: Element
  }

  /// Operators on a rank's own tokens.
  private(set) var tokenOperators: [Counted<TokenOperator>] = []
  /// Operators on the tokens of all attention ranks together; empty when there is one.
  private(set) var jointOperators: [Counted<TokenOperator>] = []
  private(set) var attention: [Counted<AttentionKernel>] = []
  private(set) var recurrent: [Counted<RecurrentKernel>] = []
  let head: OutputHead
  let roofline: Roofline
  let collectives: Collectives
  let layout: ParallelLayout
  let host: HostCosts
  let queries: DecodeQueries
  /// Embedding and head: 16-bit whatever the weights are quantized to, but for a head that the
  /// checkpoint has in a format of its own. Norms, biases and other
  /// vectors are below a thousandth of any model and left out.
  private(set) var plainWeightBytes: Double

  init(_ design: ReplicaDesign) {
    let architecture = design.architecture
    layout = design.layout
    roofline = Roofline(design.hardware, computeExcess: design.host.computeExcess)
    collectives = Collectives(design)
    host = design.host
    queries = design.decodeQueries
    let headArithmetic = design.headArithmetic
    head = OutputHead(architecture, ranks: layout.tensor, arithmetic: headArithmetic)
    // The first stage has one table and the last the other.
    let tables =
      architecture.tiesEmbeddings || !architecture.writes || layout.pipeline > 1 ? 1.0 : 2.0
    let table = architecture.vocabularySize * architecture.surroundings.embeddingWidth
    let idle = architecture.groups.reduce(0) { $0 + $1.count * $1.frame.idleParameters }
    let held =
      tables * Double(table) + Double(architecture.surroundings.tableParameters)
      + Double(idle) / Double(layout.pipeline)
    let narrower = 2 - (headArithmetic?.bytesPerWeight ?? 2)
    let saved = tables > 1 ? Double(architecture.headParameters) * narrower : 0
    plainWeightBytes = (held * 2 - saved) / Double(layout.tensor)
    let builder = LayerBuilder(design)
    addOnce(.elementwise(builder.embedding))
    for multiply in builder.surroundings(architecture.surroundings.projections) {
      addOnce(.multiply(multiply))
    }
    if layout.tensor > 1 {
      addOnce(.allReduce(name: "all_reduce_embedding", width: Double(architecture.hiddenSize)))
    }
    for group in architecture.groups {
      let builder = builder.reading(group.frame)
      addMixer(of: group, builder, hidden: architecture.hiddenSize)
      if let remote = design.remoteFeedForwardLayer(of: group) {
        addRemote(remote, builder, hidden: architecture.hiddenSize, group)
      } else {
        addFeedForward(of: group, builder, hidden: architecture.hiddenSize)
      }
    }
    addOnce(.elementwise(builder.norm))
  }

  private mutating func add(_ operation: TokenOperator, layers: Int) {
    tokenOperators.append(Counted(layers: layers, element: operation))
  }

  /// With what adapters add to a matrix.
  private mutating func addAdapted(
    _ operation: TokenOperator, _ builder: LayerBuilder, _ layers: Int
  ) {
    add(operation, layers: layers)
    guard case .multiply(let multiply) = operation else { return }
    for adapter in builder.adapters(beside: multiply) { add(.multiply(adapter), layers: layers) }
  }

  /// Outside the layers. A round of several stages counts it for each: the heaviest one has it.
  private mutating func addOnce(_ operation: TokenOperator) { add(operation, layers: 1) }

  private mutating func addAllReduce(_ name: String, _ width: Int, layers: Int) {
    guard layout.tensor > 1 else { return }
    add(.allReduce(name: name, width: Double(width)), layers: layers)
  }

  private mutating func addNorms(_ count: Int, _ builder: LayerBuilder, _ layers: Int) {
    if count > 0 { add(.elementwise(builder.norm), layers: layers * count) }
  }

  private mutating func addMixer(of group: LayerGroup, _ builder: LayerBuilder, hidden: Int) {
    let layers = layout.layersPerStage(group.count)
    if case .none = group.mixer { return }
    addNorms(group.frame.mixerNorms, builder, layers)
    for multiply in builder.framing(group.frame) { add(.multiply(multiply), layers: layers) }
    for multiply in builder.projections(of: group.mixer) {
      if let quantise = builder.quantise(inputOf: multiply) {
        add(.elementwise(quantise), layers: layers)
      }
      addAdapted(.multiply(multiply), builder, layers)
    }
    for elementwise in builder.elementwise(of: group.mixer) {
      add(.elementwise(elementwise), layers: layers)
    }
    for sum in builder.innerSums(of: group.mixer) {
      addAllReduce(sum.name, sum.width, layers: layers)
    }
    for kernel in builder.attentionKernels(of: group.mixer) {
      attention.append(Counted(layers: layers, element: kernel))
    }
    if let kernel = builder.recurrentKernel(of: group.mixer) {
      recurrent.append(Counted(layers: layers, element: kernel))
    }
    addAllReduce("all_reduce_mixer", hidden, layers: layers)
  }

  private mutating func addFeedForward(
    of group: LayerGroup, _ builder: LayerBuilder, hidden: Int
  ) {
    let layers = layout.layersPerStage(group.count)
    guard let feedForward = group.feedForward else { return }
    addNorms(group.frame.feedForwardNorms, builder, layers)
    if case .none = group.mixer {
      for multiply in builder.framing(group.frame) { add(.multiply(multiply), layers: layers) }
    }
    switch feedForward {
    case .dense(let dense):
      for operation in builder.operators(of: dense, isShared: false) {
        addAdapted(operation, builder, layers)
      }
    case .experts(let mixture):
      addExperts(mixture, builder, hidden: Double(hidden), layers: layers)
      // Each tensor rank has the routed results of its share of the tokens. Where shared experts
      // are summed over the ranks, these results join that sum half way: it is a reduce-scatter
      // and a gather.
      if layout.attentionData > 1, layout.tensor > 1, mixture.shared == nil {
        add(.allGather(name: "gather_feed_forward", width: Double(hidden)), layers: layers)
        return
      }
    }
    addAllReduce("all_reduce_feed_forward", hidden, layers: layers)
  }

  /// All attention ranks have the chips together. Each tensor rank receives a share of the results.
  private mutating func addRemote(
    _ layer: RemoteFeedForwardLayer, _ builder: LayerBuilder, hidden: Int, _ group: LayerGroup
  ) {
    let layers = layout.layersPerStage(group.count)
    addNorms(group.frame.feedForwardNorms, builder, layers)
    let operators = layer.operators.map { TokenOperator.remote($0) }
    if layout.attentionData > 1 {
      addJoint(operators, layers)
    } else {
      for operation in operators { add(operation, layers: layers) }
    }
    guard layout.tensor > 1 else { return }
    add(.allGather(name: "gather_feed_forward", width: Double(hidden)), layers: layers)
  }

  /// With one attention rank all tokens are on all ranks; with more they travel to the experts.
  private mutating func addExperts(
    _ mixture: MixtureOfExperts, _ builder: LayerBuilder, hidden: Double, layers: Int
  ) {
    for operation in builder.routing(of: mixture) { add(operation, layers: layers) }
    for multiply in builder.outerProjections(of: mixture) {
      add(.multiply(multiply), layers: layers)
    }
    let experts = builder.experts(of: mixture)
    if layout.attentionData == 1 {
      add(.experts(experts), layers: layers)
    } else if layout.expert == 1 {
      addJoint(
        [.stageGather(width: hidden), .experts(experts), .stageScatter(width: hidden)], layers)
    } else {
      let exchange = builder.exchange(of: mixture)
      addJoint(
        [.dispatch(exchange, of: experts), .experts(experts), .combine(exchange, of: experts)],
        layers)
    }
    guard let shared = mixture.shared else { return }
    for operation in builder.operators(of: shared, isShared: true) {
      addAdapted(operation, builder, layers)
    }
  }

  private mutating func addJoint(_ operations: [TokenOperator], _ layers: Int) {
    jointOperators += operations.map { Counted(layers: layers, element: $0) }
  }

  /// Layers from which tokens travel to experts on other ranks, over a round of all stages.
  var exchangeLayers: Int {
    jointOperators.reduce(0) {
      if case .dispatch = $1.element { $0 + $1.layers * layout.pipeline } else { $0 }
    }
  }

  /// Bytes of this rank's weights.
  var weightBytes: Double { weightBytes(.none) }

  /// - Parameter padding: of the experts.
  func weightBytes(_ padding: ExpertPadding) -> Double {
    (tokenOperators + jointOperators).reduce(plainWeightBytes) { sum, item in
      let each: Double =
        switch item.element {
        case .multiply(let multiply): multiply.weightBytes
        case .experts(let experts): experts.weightBytes(padding)
        default: 0
        }
      return sum + Double(item.layers) * each
    }
  }
}
