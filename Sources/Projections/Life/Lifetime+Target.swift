internal import Statistics
internal import Units

/// What would have to be true for a ratio of serving to training.
package struct RatioTarget: Equatable, Sendable {
  package var ratio: Double
  package var measure: Measure

  package init(ratio: Double, measure: Measure) {
    self.ratio = ratio
    self.measure = measure
  }
}

extension Lifetime {
  /// Thinking tokens for a token of a thought-about answer at which the life reaches the ratio.
  ///
  ///     R T = w (S_0 + k S_1)   =>   k = (R T / w - S_0) / S_1
  ///
  /// - S_0: first month without thinking     - S_1: what one thinking token per answer token adds
  /// - w: worth of the life's months     - R T: the ratio times training
  ///
  /// Thinking tokens are priced as the run's output tokens: longer contexts are a run of their own.
  package func thinkingMultiplier(_ target: RatioTarget) throws(Impossibility) -> Double {
    guard let training = training[target.measure] else { throw unknown(target.measure) }
    var plain = self
    plain.demand.thinkingMultiplier = 0
    let added = TokenMix(input: 0, cached: 0, output: demand.thinkingPerDay)
    let thinking =
      serving.effort(of: added * ProjectedTime.daysPerMonth, attention: countsAttention)
      * servedSize
    guard let base = plain.firstMonth[target.measure], let slope = thinking[target.measure] else {
      throw unknown(target.measure)
    }
    guard slope > 0 else {
      throw Impossibility(
        "no answer is thought about, so thinking longer changes nothing",
        hint: "give `demand.reasoning_share`")
    }
    let multiplier =
      (target.ratio * training / demand.growth.worth(months: months) - base) / slope
    guard multiplier >= 0 else {
      throw Impossibility(
        "the ratio is passed without any thinking: "
          + NumberText.significant(plain.ratio(target.measure, months: months) ?? 0, 4),
        hint: "ask for a higher ratio")
    }
    return multiplier
  }

  private static let growths = 1e-6...1e9

  /// The growth a year at which the life reaches the ratio.
  package func growth(_ target: RatioTarget) throws(Impossibility) -> Double {
    guard let month = firstMonth[target.measure], let training = training[target.measure] else {
      throw unknown(target.measure)
    }
    let wanted = target.ratio * training / month
    func worth(_ growth: Double) -> Double {
      GrowthCurve(perYear: growth, ceiling: demand.growth.ceiling).worth(months: months)
    }
    guard worth(Self.growths.upperBound) >= wanted else {
      throw Impossibility(
        "no growth reaches the ratio in this life: \(NumberText.significant(target.ratio, 4))",
        notes: [
          "it takes \(NumberText.significant(wanted, 4)) months of today's demand in "
            + "\(NumberText.significant(months, 3)) months"
            + (demand.growth.ceiling.map {
              ", and demand ends at \(NumberText.significant($0, 3)) times today's"
            } ?? "")
        ],
        hint: "lengthen `life.years`, or lift `demand.ceiling`")
    }
    guard worth(Self.growths.lowerBound) < wanted else {
      throw Impossibility(
        "the ratio is passed in the first month already: "
          + NumberText.significant(ratio(target.measure, months: 1) ?? 0, 4),
        hint: "ask for a higher ratio")
    }
    var (low, high) = (logarithm(Self.growths.lowerBound), logarithm(Self.growths.upperBound))
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if worth(naturalExponential(middle)) < wanted { low = middle } else { high = middle }
    }
    return naturalExponential((low + high) / 2)
  }
}
