/// A requirement and what became of it.
package struct RequirementReport: Codable, Equatable, Sendable {
  package struct Place: Codable, Equatable, Sendable {
    /// Or the option, as typed.
    package var file: String
    package var line: Int?
    package var column: Int?
  }

  package var requirement: String
  package var figure: String
  package var comparison: String
  /// This, the value and the distance in `unit`; none for a count or a share of 1.
  package var bound: Double
  package var value: Double?
  package var missedBy: Double?
  package var unit: String?
  package var isMet: Bool
  /// The value as people read it.
  package var valueText: String
  /// `met`, by how much it is missed, or why nobody knows the value.
  package var verdict: String
  package var place: Place?

  private enum CodingKeys: String, CodingKey {
    case requirement, figure, comparison, bound, value, unit, verdict, place
    case missedBy = "missed_by"
    case isMet = "met"
    case valueText = "value_text"
  }
}

/// A result beside an earlier one.
package struct BaselineReport: Codable, Equatable, Sendable {
  package struct Difference: Codable, Equatable, Sendable {
    package var figure: String
    /// `worse`, `lost`, `better`, `found` or `within`.
    package var verdict: String
    package var before: Double?
    package var now: Double?
    package var unit: String?
    /// As a share of the value before.
    package var change: Double?
    package var beforeText: String
    package var nowText: String
    package var changeText: String

    private enum CodingKeys: String, CodingKey {
      case figure, verdict, before, now, unit, change
      case beforeText = "before_text"
      case nowText = "now_text"
      case changeText = "change_text"
    }
  }

  package var file: String
  package var tolerance: Double
  package var toleranceText: String
  package var isMet: Bool
  /// Of all figures that are not the same.
  package var differences: [Difference]
  /// The figures that are.
  package var same: [String]
  /// What the two results were made from, where it is not the same.
  package var inputs: [InputDifference]

  private enum CodingKeys: String, CodingKey {
    case file, tolerance, differences, same, inputs
    case toleranceText = "tolerance_text"
    case isMet = "met"
  }
}
