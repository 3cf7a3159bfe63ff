internal import Units

/// What the four ratios of a life become when one thing is otherwise.
package struct Sensitivity: Equatable, Sendable {
  package enum Factor: String, CaseIterable, Sendable {
    case growth, thinking
    case servedSize = "served_size"
    case price = "serving_price"
    case utilization = "serving_utilization"
  }

  package struct Case: Equatable, Sendable {
    /// What it is set to, in words.
    package var words: String
    package var ratios: [Measure: Double]
  }

  package var factor: Factor
  package var low: Case
  package var high: Case

  /// Growth, size, price and utilisation by half and double; thinking without and with ten tokens
  /// for each of a thought-about answer when there is none, else by half and double.
  package static func all(of life: Lifetime) -> [Sensitivity] {
    Factor.allCases.compactMap { factor in
      guard factor != .thinking || life.demand.reasoningShare > 0 else { return nil }
      return Sensitivity(
        factor: factor, low: life.varied(factor, 0.5), high: life.varied(factor, 2))
    }
  }
}

extension Lifetime {
  fileprivate func varied(_ factor: Sensitivity.Factor, _ by: Double) -> Sensitivity.Case {
    var life = self
    var scale: [Measure: Double] = [:]
    let words: String
    func times(_ value: Double) -> String { "x \(NumberText.plain(value))" }
    switch factor {
    case .growth:
      life.demand.growth.perYear *= by
      words = "\(NumberText.significant(life.demand.growth.perYear, 3)) a year"
    case .thinking:
      let multiplier = demand.thinkingMultiplier
      life.demand.thinkingMultiplier = multiplier > 0 ? multiplier * by : by > 1 ? 10 : 0
      words = "\(NumberText.plain(life.demand.thinkingMultiplier)) a token"
    case .servedSize:
      life.servedSize *= by
      words = times(by)
    case .price:
      // Of serving alone: were training's to change with it, the ratio would stay.
      scale = [.dollars: by]
      words = times(by)
    case .utilization:
      // Twice the tokens of an hour halve what is not counted in FLOPs.
      scale = [.acceleratorHours: 1 / by, .dollars: 1 / by, .joules: 1 / by]
      words = times(by)
    }
    var ratios: [Measure: Double] = [:]
    for measure in Measure.allCases {
      ratios[measure] = life.ratio(measure, months: months).map { $0 * (scale[measure] ?? 1) }
    }
    return Sensitivity.Case(words: words, ratios: ratios)
  }
}
