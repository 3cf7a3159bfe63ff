internal import Diagnostics

// Which model, which text, which way of answering.
extension ProjectionReader {
  private enum Law: String, CaseIterable {
    case besiroglu, hoffmann
    case hoffmannPrinted = "hoffmann-printed"
  }

  private func readLaw(_ node: ConfigNode?) -> LossLaw {
    switch node?.choice(Law.self, default: .besiroglu) ?? .besiroglu {
    case .besiroglu: .besiroglu
    case .hoffmann: .hoffmann
    case .hoffmannPrinted: .hoffmannPrinted
    }
  }

  func readAllocation(_ node: ConfigNode) -> AllocationPlan {
    let map = node.mapping()
    let plan = AllocationPlan(
      law: readLaw(map.optional("law")),
      quality: map.required("quality").map { readQuality($0) } ?? .loss(2),
      served: map.optional("served").map { readServed($0) },
      budget: map.optional("budget")?.number(.within(Limits.flops)))
    map.finish()
    return plan
  }

  private func readQuality(_ node: ConfigNode) -> AllocationPlan.Quality {
    let map = node.mapping()
    defer { map.finish() }
    let loss = map.optional("loss")?.number(.within(1e-3...1_000))
    let parameters = map.optional("parameters")?.number(.within(Limits.parameters))
    let tokens = map.optional("tokens")?.number(.within(Limits.tokens))
    if let loss, parameters == nil, tokens == nil { return .loss(loss) }
    if let parameters, loss == nil {
      return tokens.map { .trained(ModelChoice(parameters: parameters, tokens: $0)) }
        ?? .optimal(parameters: parameters)
    }
    map.report(
      "quality", "`\(map.path)` is a loss, or that of a model",
      hint: "write `{loss: 2.1}`, `{parameters: 13e9}` or `{parameters: 7e9, tokens: 2e12}`")
    return .loss(loss ?? 2)
  }

  private func readServed(_ node: ConfigNode) -> TokenMix {
    let map = node.mapping()
    let mix = TokenMix(
      input: map.optional("input")?.number(.within(0...Limits.tokens.upperBound)) ?? 0, cached: 0,
      output: map.optional("output")?.number(.within(0...Limits.tokens.upperBound)) ?? 0)
    map.finish()
    return mix
  }

  func readData(_ node: ConfigNode) -> DataPlan {
    let map = node.mapping()
    let each = map.optional("tokens_per_parameter")?.number(.within(0.01...1e6)) ?? 20
    let plan = DataPlan(
      law: readLaw(map.optional("law")),
      models: map.required("models")?.sequence().map { item in
        let keys = item.mapping()
        let parameters = keys.required("parameters")?.number(.within(Limits.parameters)) ?? 1e9
        let tokens = keys.optional("tokens")?.number(.within(Limits.tokens))
        let name = keys.required("name")?.words() ?? ""
        keys.finish()
        return DataPlan.Model(
          name: name,
          choice: ModelChoice(parameters: parameters, tokens: tokens ?? parameters * each))
      } ?? [],
      good: map.required("good").map { readSupply($0) } ?? TextSupply(name: "", tokens: 1),
      poor: map.optional("poor").map { readSupply($0) },
      supplies: map.optional("supplies")?.sequence().map { readSupply($0) } ?? [])
    map.finish()
    return plan
  }

  private func readSupply(_ node: ConfigNode) -> TextSupply {
    let map = node.mapping()
    let supply = TextSupply(
      name: map.required("name")?.words() ?? "",
      tokens: map.required("tokens")?.number(.within(Limits.tokens)) ?? 1,
      value: map.optional("value")?.number(.within(1e-6...1)) ?? 1)
    map.finish()
    return supply
  }

  func readExchange(_ node: ConfigNode) -> ExchangePlan {
    let map = node.mapping()
    let plan = ExchangePlan(
      larger: map.required("larger")?.number(.within(1...1e6)) ?? 1,
      trainedTokens: map.required("trained")?.number(.within(Limits.tokens)) ?? 1,
      servedTokens: map.required("served")?.sequence().map { $0.number(.within(Limits.tokens)) }
        ?? [])
    map.finish()
    return plan
  }

  func readWay(_ node: ConfigNode, workloads: [String]) -> AnsweringWay {
    let map = node.mapping()
    let workload = map.optional("workload")
    let way = AnsweringWay(
      name: map.required("name")?.words() ?? "",
      workload: workload?.words() ?? workloads.first ?? "",
      prompt: map.required("prompt")?.integer(in: Limits.lengths) ?? 1,
      thinking: map.optional("thinking")?.integer(in: 0...Limits.lengths.upperBound) ?? 0,
      answer: map.required("answer")?.integer(in: Limits.lengths) ?? 1,
      samples: map.optional("samples")?.integer(in: Limits.counts) ?? 1,
      agents: map.optional("agents")?.integer(in: Limits.counts) ?? 1,
      rounds: map.optional("rounds")?.integer(in: Limits.rounds) ?? 1,
      sharesPrompt: map.optional("shares_prompt")?.boolean() ?? true)
    map.finish()
    if let workload, !workloads.isEmpty, !workloads.contains(way.workload) {
      workload.report(
        "unknown-workload", "`\(workload.path)` is none of the workloads: \(way.workload)",
        notes: ["known: " + workloads.joined(separator: ", ")],
        hint: Suggestion.nearest(to: way.workload, in: workloads).map { "did you mean `\($0)`?" })
    }
    return way
  }
}
