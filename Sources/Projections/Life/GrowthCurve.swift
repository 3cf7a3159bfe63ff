internal import Statistics
internal import Units

/// How demand grows: by the same factor every month until a ceiling, if there is one.
///
///     worth(m) = (g^m - 1) / (g - 1)            m when g = 1
///     beyond the ceiling: worth(m_c) + c (m - m_c)      m_c = ln c / ln g
///
/// - g: factor a month, yearly factor^(1/12)     - m: months, also parts of one
/// - c: ceiling over the demand of the first month
/// - worth: total of m months in units of the first one
///
/// Source: the geometric sum. Check: a factor of 4.096 = 1.1247^12 a year, 12 months: worth 24.8
/// (`GrowthCurveTests.workedExample`).
package struct GrowthCurve: Equatable, Sendable {
  /// Demand after a year over demand at its beginning; above zero.
  package var perYear: Double
  /// Most demand that is reached over that of the first month; above one, with growth only, nil for
  /// none.
  package var ceiling: Double?

  package init(perYear: Double = 1, ceiling: Double? = nil) {
    self.perYear = perYear
    self.ceiling = ceiling
  }

  private var logarithmPerMonth: Double { logarithm(perYear) / ProjectedTime.monthsPerYear }
  /// So close to 1 that the geometric sum loses its digits.
  private var isFlat: Bool { logarithmPerMonth.magnitude < 1e-9 }

  private var monthsToCeiling: Double {
    guard let ceiling, logarithmPerMonth > 0 else { return .infinity }
    return logarithm(ceiling) / logarithmPerMonth
  }

  /// Demand of a month over that of the first.
  package func factor(afterMonths months: Double) -> Double {
    let grown = naturalExponential(logarithmPerMonth * min(months, monthsToCeiling))
    return grown
  }

  package func worth(months: Double) -> Double {
    guard months > monthsToCeiling else { return sum(months) }
    return sum(monthsToCeiling) + (ceiling ?? 1) * (months - monthsToCeiling)
  }

  private func sum(_ months: Double) -> Double {
    guard !isFlat else { return months }
    return (naturalExponential(logarithmPerMonth * months) - 1)
      / (naturalExponential(logarithmPerMonth) - 1)
  }

  /// What all the months of eternity are worth; nil when there is no end to it.
  package var limit: Double? {
    logarithmPerMonth < 0 && !isFlat ? 1 / (1 - naturalExponential(logarithmPerMonth)) : nil
  }

  /// After how many months a worth is reached.
  package func months(worth wanted: Double) throws(Impossibility) -> Double {
    if let limit, wanted >= limit {
      throw Impossibility(
        "demand that shrinks never adds up to this many months of today's: "
          + NumberText.significant(wanted, 4),
        notes: [
          "at a factor of \(NumberText.significant(perYear, 3)) a year all time to come is worth "
            + "\(NumberText.significant(limit, 4)) months"
        ],
        hint: "raise `demand.growth`")
    }
    guard !isFlat else { return wanted }
    if monthsToCeiling < .infinity {
      let before = sum(monthsToCeiling)
      if wanted > before { return monthsToCeiling + (wanted - before) / (ceiling ?? 1) }
    }
    let base = naturalExponential(logarithmPerMonth) - 1
    return logarithm(1 + wanted * base) / logarithmPerMonth
  }
}
