/// A model's life: what was spent on training it, and what serving takes month by month.
///
///     R(measure, m) = S(measure) · worth(m) / T(measure)
///
/// - S: serving of the first month     - T: training     - worth: `GrowthCurve.worth`
///
/// Counted in FLOPs it does not depend on the machine; in hours, dollars and joules it does, since
/// utilisation is what a simulated run finds. Without attention both sides are proportional to N,
/// and R = T_served / (3 D): break-even at 3 D, 118 times at 354 D, for any model.
/// Check: 3 and 354 to nine digits (`LifetimeTests.breakEvenIsThreeTimesTheTrainingTokens`).
package struct Lifetime: Sendable {
  package var training: Effort
  /// D, for what is said in multiples of it.
  package var trainingTokens: Double
  package var serving: [(share: Double, figures: ServingFigures)]
  package var demand: Demand
  package var years: Double
  package var countsAttention: Bool
  package var trainingSpread: Spread
  package var trainingPriceSpread: Spread
  /// Size of the served model over that of the simulated one; costs go with it.
  package var servedSize = 1.0

  package init(
    training: Effort, trainingTokens: Double, serving: [(share: Double, figures: ServingFigures)],
    demand: Demand, years: Double, countsAttention: Bool = true, trainingSpread: Spread = .none,
    trainingPriceSpread: Spread = .none
  ) {
    self.training = training
    self.trainingTokens = trainingTokens
    self.serving = serving
    self.demand = demand
    self.years = years
    self.countsAttention = countsAttention
    self.trainingSpread = trainingSpread
    self.trainingPriceSpread = trainingPriceSpread
  }

  package var months: Double { years * ProjectedTime.monthsPerYear }

  package var tokensOfFirstMonth: TokenMix { demand.tokensPerDay * ProjectedTime.daysPerMonth }

  package var firstMonth: Effort {
    serving.effort(of: tokensOfFirstMonth, attention: countsAttention) * servedSize
  }

  package func tokens(months: Double) -> TokenMix {
    tokensOfFirstMonth * demand.growth.worth(months: months)
  }

  package func effort(months: Double) -> Effort {
    firstMonth * demand.growth.worth(months: months)
  }

  /// Serving over training, up to a time; nil when a side is unknown.
  package func ratio(_ measure: Measure, months: Double) -> Double? {
    guard let served = effort(months: months)[measure], let trained = training[measure],
      trained > 0
    else { return nil }
    return served / trained
  }

  /// Between what the ratio lies, eight times in ten.
  ///
  /// FLOPs are counted, not measured: they have no interval. Hours and joules have that of the
  /// run's throughput and of the training's utilisation, dollars that of both prices too, as if
  /// they varied apart.
  package func spread(_ measure: Measure) -> Spread {
    guard measure != .flops else { return .none }
    var parts = [servingSpread(\.timeSpread), trainingSpread.inverse]
    if measure == .dollars {
      parts += [servingSpread(\.priceSpread), trainingPriceSpread.inverse]
    }
    return Spread.product(parts)
  }

  /// The mean spread of workloads that are off alike: their engine and their kind of machine are
  /// the same.
  private func servingSpread(_ part: (ServingFigures) -> Spread) -> Spread {
    let shares = serving.reduce(0) { $0 + $1.share }
    func mean(_ end: (Spread) -> Double) -> Double {
      serving.reduce(0) { $0 + $1.share / shares * end(part($1.figures)) }
    }
    return serving.isEmpty ? .none : Spread(low: mean(\.low), high: mean(\.high))
  }

  /// After how many months serving has taken as much as training, times a factor.
  package func months(
    _ measure: Measure, ratio: Double
  ) throws(Impossibility) -> Double {
    guard let month = firstMonth[measure], let trained = training[measure] else {
      throw unknown(measure)
    }
    guard month > 0 else { throw nothingServed }
    return try demand.growth.months(worth: ratio * trained / month)
  }

  /// Served tokens at which the ratio is reached, of the demand's mix.
  package func tokens(_ measure: Measure, ratio: Double) throws(Impossibility) -> Double {
    guard let month = firstMonth[measure], let trained = training[measure] else {
      throw unknown(measure)
    }
    guard month > 0 else { throw nothingServed }
    return ratio * trained / month * tokensOfFirstMonth.total
  }

  func unknown(_ measure: Measure) -> Impossibility {
    Impossibility(
      "nobody knows what this takes: \(measure.unit)",
      notes: ["a profile states no \(measure == .dollars ? "price" : "power")"],
      hint: "look at `windtunnel show hardware`, or count another way")
  }

  private var nothingServed: Impossibility {
    Impossibility("nothing is served: 0 tokens a day", hint: "raise `demand.input` or `.answer`")
  }
}
