internal import Hardware
internal import ModelArchitecture

/// A model as the list of operators that one rank runs in a step.
///
/// Everything about cost and weight memory is derived from this one list: the fast tables of
/// `StepModel`, the table of `windtunnel explain`, and the bytes that must fit.
struct LayerGraph: Sendable {
  /// An operator whose cost depends only on how many tokens are in the step.
  enum TokenOperator: Sendable {
    case multiply(MatrixMultiply)
    case experts(ExpertMLP)
    case elementwise(Elementwise)
    /// A sum over the ranks of `width` 16-bit elements per token.
    case allReduce(name: String, width: Double)
    case remoteFeedForward(RemoteFeedForwardLayer)
  }

  struct Counted<Element: Sendable>: Sendable {
    var layers: Int
    var element: Element
  }

  private(set) var tokenOperators: [Counted<TokenOperator>] = []
  private(set) var attention: [Counted<AttentionKernel>] = []
  private(set) var recurrent: [Counted<RecurrentKernel>] = []
  let head: OutputHead
  let roofline: Roofline
  let allReduce: AllReduce?
  private let allGather: AllGather?
  let host: HostCosts
  /// Embedding and head: 16-bit whatever the weights are quantized to. Norms, biases and other
  /// vectors are below a thousandth of any model and left out.
  private(set) var plainWeightBytes: Double

  init(_ design: ReplicaDesign) {
    let architecture = design.architecture
    let ranks = design.layout.tensor
    roofline = Roofline(design.hardware)
    allReduce = ranks > 1 ? AllReduce(ranks: ranks, over: design.hardware.scaleUp) : nil
    allGather = ranks > 1 ? AllGather(ranks: ranks, over: design.hardware.scaleUp) : nil
    host = design.host
    head = OutputHead(architecture, ranks: ranks)
    let tables = architecture.tiesEmbeddings ? 1.0 : 2.0
    plainWeightBytes =
      tables * Double(architecture.vocabularySize) * Double(architecture.hiddenSize) * 2
      / Double(ranks)
    let builder = LayerBuilder(design)
    add(.elementwise(builder.embedding), layers: 1)
    if ranks > 1 { addAllReduce("all_reduce_embedding", architecture.hiddenSize, layers: 1) }
    for group in architecture.groups {
      addMixer(of: group, builder, hidden: architecture.hiddenSize)
      if let remote = design.remoteFeedForwardLayer(of: group) {
        add(.elementwise(builder.norm), layers: group.count * builder.normsPerPart)
        add(.remoteFeedForward(remote), layers: group.count)
        // Each rank receives a share of the results; a sum is never faster than the gather of it.
        addAllReduce("gather_feed_forward", architecture.hiddenSize, layers: group.count)
      } else {
        addFeedForward(of: group, builder, hidden: architecture.hiddenSize)
      }
    }
    add(.elementwise(builder.norm), layers: 1)
  }

  private mutating func add(_ operation: TokenOperator, layers: Int) {
    tokenOperators.append(Counted(layers: layers, element: operation))
  }

  private mutating func addAllReduce(_ name: String, _ width: Int, layers: Int) {
    guard allReduce != nil else { return }
    add(.allReduce(name: name, width: Double(width)), layers: layers)
  }

  private mutating func addMixer(of group: LayerGroup, _ builder: LayerBuilder, hidden: Int) {
    let layers = group.count
    if case .none = group.mixer { return }
    add(.elementwise(builder.norm), layers: layers * builder.normsPerPart)
    for multiply in builder.projections(of: group.mixer) {
      if let quantise = builder.quantise(inputOf: multiply) {
        add(.elementwise(quantise), layers: layers)
      }
      add(.multiply(multiply), layers: layers)
    }
    for elementwise in builder.elementwise(of: group.mixer) {
      add(.elementwise(elementwise), layers: layers)
    }
    for width in builder.innerSums(of: group.mixer) {
      addAllReduce("all_reduce_state_inputs", width, layers: layers)
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
    let layers = group.count
    guard let feedForward = group.feedForward else { return }
    add(.elementwise(builder.norm), layers: layers * builder.normsPerPart)
    switch feedForward {
    case .dense(let dense):
      for operation in builder.operators(of: dense, prefix: "mlp") {
        add(operation, layers: layers)
      }
    case .experts(let experts):
      for operation in builder.operators(of: experts) { add(operation, layers: layers) }
    }
    addAllReduce("all_reduce_feed_forward", hidden, layers: layers)
  }

  // MARK: Costs

  /// The operators that depend on the token count alone, for a step of `tokens`.
  func tokenCosts(tokens: Int) -> [OperatorCost] {
    let count = Double(tokens)
    return tokenOperators.flatMap { item in
      let costs =
        switch item.element {
        case .multiply(let multiply): [multiply.cost(tokens: count, on: roofline)]
        case .experts(let experts): [experts.cost(tokens: count, on: roofline)]
        case .elementwise(let elementwise):
          [
            elementwise.cost(
              tokens: count, exposedFloor: host.exposedElementwiseFloor, on: roofline)
          ]
        case .allReduce(let name, let width):
          [allReduce!.cost(name, bytes: count * width * 2)]
        case .remoteFeedForward(let layer): layer.costs(tokens: count)
        }
      return costs.map { $0.repeated(item.layers) }
    }
  }

  /// Head and sampler, for the tokens of a step whose next token is drawn.
  func headCosts(sampled: Int) -> [OperatorCost] {
    head.costs(sampled: Double(sampled), allGather: allGather, on: roofline)
  }

  /// Everything that prefilling one chunk adds beside its tokens' share of the token operators.
  func prefillCosts(new: Int, prior: Int) -> [OperatorCost] {
    attention.map {
      $0.element.prefillCost(new: new, prior: prior, on: roofline).repeated($0.layers)
    }
      + recurrent.map {
        $0.element.prefillCost(new: new, on: roofline).repeated($0.layers)
      }
  }

  /// Bytes of this rank's weights.
  var weightBytes: Double {
    tokenOperators.reduce(plainWeightBytes) { sum, item in
      let each: Double =
        switch item.element {
        case .multiply(let multiply): multiply.weightBytes
        case .experts(let experts): experts.weightBytes
        case .elementwise, .allReduce, .remoteFeedForward: 0
        }
      return sum + Double(item.layers) * each
    }
  }
}
