package import Planning

/// A requirement and what became of it.
package struct RequirementReport: Encodable, Sendable {
  package struct Place: Encodable, Sendable {
    /// The file of the requirement, or its option as typed.
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
  /// How sure that is; absent where nobody asked, of a backlog, and of figures that do not follow
  /// from how long a step takes.
  package internal(set) var certainty: Certainty?
  /// The value as people read it.
  package var valueText: String
  /// `met`, by how much it is missed, or why nobody knows the value; whether that is marginal.
  package var verdict: String
  package var place: Place?
}

/// A result beside an earlier one.
package struct BaselineReport: Encodable, Sendable {
  package struct Difference: Encodable, Sendable {
    package var figure: String
    /// `worse`, `lost`, `better`, `found` or `within`.
    package var verdict: String
    package var before: Double?
    package var now: Double?
    package var unit: String?
    /// What was added to the value before, as a share of it; absent where there is no such share.
    package var change: Double?
    package var beforeText: String
    package var nowText: String
    package var changeText: String
  }

  package struct Tolerance: Encodable, Sendable {
    /// The figure's name, or a part of the names of several.
    package var figure: String
    package var share: Double
  }

  package var file: String
  /// Share by which a figure may differ that none of `tolerances` is about.
  package var tolerance: Double
  package var tolerances: [Tolerance]
  package var toleranceText: String
  package var isMet: Bool
  /// The differences of all figures that are not the same.
  package var differences: [Difference]
  /// The figures that are.
  package var same: [String]
  /// What the two results were made from, where it is not the same.
  package var inputs: [InputDifference]
}

// MARK: Keys

extension RequirementReport: DocumentKeys {
  package static let keys = DocumentNames(["isMet": "met"], exact: ["bound", "value"])
}

extension BaselineReport: DocumentKeys {
  package static let keys = DocumentNames(["isMet": "met"])
}

extension BaselineReport.Difference: DocumentKeys {
  package static let keys = DocumentNames(exact: ["before", "now"])
}

// MARK: In words

extension BaselineReport {
  /// What is beyond the tolerance, what fails first; the rest is only counted.
  package var shownDifferences: [Difference] {
    differences.filter(\.isFailure)
      + differences.filter { !$0.isFailure && $0.verdict != "within" }
  }

  /// `chat.json, 1 % tolerated: 2 worse, 1 better, 3 within, 40 the same`
  package var countWords: String {
    func count(_ verdict: String) -> Int { differences.count { $0.verdict == verdict } }
    let counts = [
      ("worse", count("worse")), ("no longer known", count("lost")), ("better", count("better")),
      ("not known before", count("found")), ("within", count("within")), ("the same", same.count),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return "\(file), \(toleranceText) tolerated: "
      + (counts.isEmpty ? "nothing to compare" : counts.joined(separator: ", "))
  }
}

extension BaselineReport.Difference {
  package var verdictWords: String {
    switch verdict {
    case "lost": "no longer known"
    case "found": "not known before"
    default: verdict
    }
  }
}
