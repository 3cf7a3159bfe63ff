internal import Hardware

// What a step costs, operator by operator.
extension LayerGraph {
  /// The operators that depend on the token count alone, for a step of `tokens`.
  func tokenCosts(tokens: Int) -> [OperatorCost] {
    let round = PipelineRound(tokens, stages: layout.pipeline)
    var list = tokenOperators.map { item in
      round.cost(of: cost(of: item.element, tokens: round.batch), layers: item.layers)
    }
    if let send = collectives.stageSend {
      list.append(send.cost(tokens: round.batch).repeated(layout.pipeline - 1))
    }
    return list
  }

  /// What the attention ranks do together, for a step of `tokens` over all of them.
  func jointCosts(tokens: Int) -> [OperatorCost] {
    let round = PipelineRound(tokens, stages: layout.pipeline)
    return jointOperators.map { item in
      round.cost(of: cost(of: item.element, tokens: round.batch), layers: item.layers)
    }
  }

  private func cost(of operation: TokenOperator, tokens count: Double) -> OperatorCost {
    switch operation {
    case .multiply(let multiply): multiply.cost(tokens: count, on: roofline)
    case .experts(let experts): experts.cost(tokens: count, on: roofline)
    case .elementwise(let elementwise):
      elementwise.cost(tokens: count, exposedFloor: host.exposedElementwiseFloor, on: roofline)
    case .allReduce(let name, let width):
      collectives.allReduce!.cost(name, bytes: count * width * 2)
    case .allGather(let name, let width):
      collectives.allGather!.cost(name, bytes: count * width * 2)
    case .stageGather(let width):
      collectives.stageGather!.cost("gather_tokens", bytes: count * width * 2)
    case .stageScatter(let width):
      collectives.stageScatter!.cost("scatter_tokens", bytes: count * width * 2)
    case .remote(let operation): operation.cost(tokens: count)
    case .dispatch(let exchange, let experts):
      exchange.dispatch(tokens: count, imbalance: experts.imbalance(tokens: count))
    case .combine(let exchange, let experts):
      exchange.combine(tokens: count, imbalance: experts.imbalance(tokens: count))
    }
  }

  /// Head and sampler, for the tokens of a step whose next token is drawn.
  ///
  /// The last stage runs them once for each micro-batch.
  func headCosts(sampled: Int) -> [OperatorCost] {
    let batches = min(layout.pipeline, max(1, sampled))
    let each = (sampled + batches - 1) / batches
    return head.costs(
      sampled: Double(each), allGather: collectives.allGather, on: roofline
    ).map { $0.repeated(batches) }
  }

  /// What ranks that share contexts tell each other, for a number of decoding sequences.
  func contextCosts(sequences: Int) -> [OperatorCost] {
    guard let split = collectives.context else { return [] }
    let round = PipelineRound(sequences, stages: layout.pipeline)
    return attention.flatMap { item in
      split.decodeCosts(of: item.element, tokens: round.batch * Double(queries.tokens))
        .map { round.cost(of: $0, layers: item.layers) }
    }
  }

  /// Everything that prefilling one chunk adds beside its tokens' share of the token operators.
  ///
  /// Each stage has its layers' part of it; the kernels' floors are paid by every micro-batch.
  func prefillCosts(new: Int, prior: Int) -> [OperatorCost] {
    let floors = Double(layout.pipeline - 1)
    let kernels = attention.map { item in
      var cost = item.element.prefillCost(new: new, prior: prior, on: roofline)
      cost.seconds +=
        floors * roofline.rate(item.element.prefillClass, item.element.kernel).floorSeconds
      return cost.repeated(item.layers)
    }
    let gathers = attention.compactMap { item in
      collectives.context?.prefillCost(of: item.element, prior: prior)?.repeated(item.layers)
    }
    return kernels + gathers
      + recurrent.map { item in
        var cost = item.element.prefillCost(new: new, on: roofline)
        cost.seconds += floors * roofline.rate(RecurrentKernel.prefillClass, .bf16).floorSeconds
        return cost.repeated(item.layers)
      }
  }

  /// What the kernels of prompt chunks cost however little they have to do.
  var prefillFloors: [OperatorCost] {
    attention.map { item in
      let kernel = item.element
      return roofline.cost(
        "prefill_\(kernel.name.rawValue)", kernel.prefillClass, kernel.kernel, flops: 0, bytes: 0
      ).repeated(item.layers * layout.pipeline)
    }
      + recurrent.map {
        roofline.cost(
          "prefill_recurrence", RecurrentKernel.prefillClass, .bf16, flops: 0, bytes: 0
        ).repeated($0.layers * layout.pipeline)
      }
  }

  /// Decode attention and state updates of a batch whose sequences have equal contexts of whole
  /// tokens.
  ///
  /// - Parameter queries: in place of the graph's own.
  func decodeCosts(
    sequences: Int, context: Int, queries stated: DecodeQueries? = nil
  ) -> [OperatorCost] {
    let queries = stated ?? queries
    let round = PipelineRound(evenly: sequences, stages: layout.pipeline)
    return attention.map { item in
      let visible = item.element.visibility.visible(at: context) * queries.contextUnitsPerToken
      return round.cost(
        of: item.element.decodeCost(
          sequences: round.batch, context: round.batch * Double(visible), on: roofline,
          queries: queries),
        layers: item.layers)
    }
      + recurrent.map {
        round.cost(
          of: $0.element.decodeCost(sequences: round.batch, on: roofline, queries: queries),
          layers: $0.layers)
      }
  }
}
