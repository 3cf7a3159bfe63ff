internal import Outcomes
internal import Projections

extension AllocationResult {
  init(
    _ plan: AllocationPlan, life: Lifetime?, dollarPrices: ComputePrices?
  ) throws(Impossibility) {
    let law = plan.law
    self.law = law.name
    source = law.source
    let base: ModelChoice
    let wanted: Double
    switch plan.quality {
    case .optimal(let parameters):
      base = law.optimum(parameters: parameters)
      wanted = law.loss(parameters: base.parameters, tokens: base.tokens)
    case .trained(let choice):
      base = choice
      wanted = law.loss(parameters: choice.parameters, tokens: choice.tokens)
    case .loss(let value):
      wanted = value
      base = try law.optimum(loss: value)
    }
    loss = wanted
    let served =
      plan.served ?? life.map { $0.tokens(months: $0.months) }
      ?? TokenMix(input: 0, cached: 0, output: 0)
    inputTokens = served.input
    outputTokens = served.output
    let budget = plan.budget ?? base.trainingFLOPs
    self.budget = budget
    laws =
      LossLaw.all.map { other in
        let choice = other.optimum(flops: budget)
        return Law(
          other.name, choice,
          loss: other.loss(
            parameters: choice.parameters, tokens: choice.tokens), isDefault: other == law)
      } + [
        Law(
          "kaplan", KaplanLaw.optimum(flops: budget), loss: KaplanLaw.loss(compute: budget),
          isDefault: false)
      ]
    optima = []
    for (unit, prices) in [("FLOP", ComputePrices.flops), ("USD", dollarPrices)] {
      guard let prices else { continue }
      let question = ServedOptimum(
        law: law, loss: wanted, inputTokens: served.input, outputTokens: served.output,
        prices: prices)
      optima.append(try Optimum(question, base: base.parameters, unit: unit))
    }
  }
}

extension AllocationResult.Law {
  fileprivate init(_ name: String, _ choice: ModelChoice, loss: Double, isDefault: Bool) {
    law = name
    parameters = choice.parameters
    tokens = choice.tokens
    tokensPerParameter = choice.tokensPerParameter
    self.loss = loss
    self.isDefault = isDefault
  }
}

extension AllocationResult.Optimum {
  /// Sizes over that of the base, of the curve.
  private static let sizes = [
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 3, 5, 10,
  ]

  fileprivate init(
    _ question: ServedOptimum, base: Double, unit: String
  ) throws(Impossibility) {
    self.unit = unit
    let own = try question.cost(parameters: base)
    let found = try question.best()
    self.base = AllocationResult.Point(own)
    best = AllocationResult.Point(found)
    saved = 1 - found.total / own.total
    curve = Self.sizes.map { Self.point(base * $0, question) }
  }

  private static func point(
    _ parameters: Double, _ question: ServedOptimum
  ) -> AllocationResult.Point {
    do {
      return AllocationResult.Point(try question.cost(parameters: parameters))
    } catch {
      return AllocationResult.Point(
        parameters: parameters, reason: error.reason)
    }
  }
}

extension AllocationResult.Point {
  fileprivate init(_ cost: ServedOptimum.Cost) {
    self.init(
      parameters: cost.choice.parameters,
      tokens: cost.choice.tokens,
      training: cost.training, serving: cost.serving,
      total: cost.total)
  }
}

extension DataResult {
  init(_ plan: DataPlan, price: TrainingPrice?) {
    law = plan.law.name
    models = plan.models.map { model in
      let choice = model.choice
      let wall = DataWall(
        law: plan.law, parameters: choice.parameters, tokens: choice.tokens, good: plan.good,
        poor: plan.poor)
      return Model(
        model: model.name, parameters: choice.parameters,
        tokens: choice.tokens,
        tokensPerParameter: choice.tokensPerParameter,
        loss: wall.targetLoss,
        supplies: plan.supplies.map { supply in
          Supply(
            supply: supply.name, tokens: supply.tokens,
            epochs: choice.tokens / supply.tokens,
            worth:
              RepeatedData.worth(unique: supply.tokens, read: choice.tokens))
        },
        options: choice.tokens > plan.good.tokens
          ? wall.options.map { Option($0, price: price) } : [])
    }
  }
}

extension DataResult.Option {
  fileprivate init(_ found: DataOption, price: TrainingPrice?) {
    option = found.name
    parameters = found.choice.parameters
    tokens = found.choice.tokens
    epochs = found.epochs
    worth = found.worth
    loss = found.loss
    flops = found.flops
    hours = price.map { $0.hours(found.flops) }
    dollars = price.map { $0.dollars(found.flops) }
    switch found.equal {
    case .success(let equal):
      equalTokens = equal.tokens
      equalDollars = price.map { $0.dollars(equal.flops) }
    case .failure(let impossibility): reason = impossibility.words
    }
  }
}

extension ExchangeResult {
  init(_ plan: ExchangePlan) {
    larger = plan.larger
    trained = plan.trainedTokens
    matches = plan.servedTokens.map { served in
      let ratio = served / plan.trainedTokens
      return Match(
        served: served, servedPerTrained: ratio,
        times:
          ComputeExchange.matchedInference(larger: plan.larger, servedPerTrained: ratio))
    }
    rates = ComputeExchange.rates.map { rate in
      Rate(
        technique: rate.technique,
        inferenceOrders: [rate.inferenceOrders.lowerBound, rate.inferenceOrders.upperBound],
        trainingOrders: [rate.trainingOrders.lowerBound, rate.trainingOrders.upperBound],
        optimalRatio:
          ComputeExchange.optimalRatio(exchange: rate.exchange))
    }
    source = ComputeExchange.source
  }
}

extension AnswerResult {
  static func all(
    _ ways: [AnsweringWay], _ workloads: [ServingFigures], countsAttention: Bool
  ) -> [AnswerResult] {
    let costs = ways.compactMap { way in
      workloads.first { $0.name == way.workload }.map {
        AnswerCost(way, $0, countsAttention: countsAttention)
      }
    }
    guard let first = costs.first else { return [] }
    return costs.map { AnswerResult($0, against: first) }
  }

  private init(_ cost: AnswerCost, against first: AnswerCost) {
    way = cost.way.name
    workload = cost.way.workload
    input = cost.tokens.input
    cached = cost.tokens.cached
    output = cost.tokens.output
    effort = EffortResult(cost.effort)
    seconds = cost.seconds
    heldTokens = cost.heldTokens
    heldBytes = cost.heldBytes
    func times(_ value: Double?, _ base: Double?) -> Double? {
      value.flatMap { value in base.flatMap { $0 > 0 ? value / $0 : nil } }
    }
    self.times = RatioResult { times(cost.effort[$0], first.effort[$0]) }
    timesSeconds = times(cost.seconds, first.seconds)
    timesBytes = times(cost.heldBytes, first.heldBytes) ?? 1
  }
}
