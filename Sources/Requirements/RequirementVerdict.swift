package import Diagnostics
internal import Units

/// Whether a figure is as it must be, and by how much it is not.
package struct RequirementVerdict: Hashable, Sendable {
  package let requirement: Requirement
  package let found: FigureValue
  /// Whether what was found is of the hours with the highest load.
  package let isAtPeak: Bool

  /// - Parameters:
  ///   - values: of a result; a figure that is not among them is unknown.
  ///   - peak: of the hours with the highest load, where there are such: what does not hold then
  ///     does not hold.
  package init(
    _ requirement: Requirement, _ values: [FigureValue], peak: [FigureValue] = []
  ) {
    self.requirement = requirement
    func value(in values: [FigureValue]) -> FigureValue? {
      values.first { $0.figure.path == requirement.figure.path }
    }
    let all =
      value(in: values)
      ?? FigureValue(
        requirement.figure, nil, unknown: FigureValue.Unknown("the result has no such figure"))
    let busiest = value(in: peak)
    isAtPeak =
      requirement.isMet(by: all.value) && busiest.map { !requirement.isMet(by: $0.value) } ?? false
    found = isAtPeak ? busiest ?? all : all
  }

  package var isMet: Bool { requirement.isMet(by: found.value) }

  /// How far the value is on the wrong side of the bound; nil when it is not, or when it is
  /// unknown.
  package var missedBy: Double? {
    guard let value = found.value, !isMet else { return nil }
    return (value - requirement.bound).magnitude
  }

  /// `met`, `missed by 81.2 ms (16.2 %)`, or why nobody can know.
  package var words: String {
    let when = isAtPeak ? "at the highest load: " : ""
    guard found.value != nil else { return when + (found.unknown?.reason ?? "unknown") }
    return missedWords.map { "\(when)missed by \($0)" } ?? "met"
  }

  /// The value, in enough digits to tell it from the bound.
  package var valueWords: String {
    found.value.map { requirement.figure.words($0, apartFrom: requirement.bound) } ?? "unknown"
  }

  /// - Parameter hint: what to do about a value that is known.
  package func diagnostic(hint: String?) -> Diagnostic? {
    guard !isMet else { return nil }
    let limit =
      "\(requirement.comparison.words) \(requirement.figure.typed(requirement.bound))"
    return Diagnostic(
      code: "requirement/not-met",
      "`\(requirement.figure.path)` must be \(limit): \(valueWords)",
      at: requirement.location, path: requirement.path, notes: [words],
      hint: found.value == nil ? found.unknown?.remedy : hint)
  }

  private var missedWords: String? {
    guard let missedBy else { return nil }
    // A percentage of a percentage is taken for one of the whole.
    if requirement.figure.isShare {
      return "\(NumberText.significant(missedBy * 100, 3)) percentage points"
    }
    let distance = requirement.figure.words(missedBy, digits: 3)
    let percent = missedBy / requirement.bound.magnitude * 100
    // Of nothing there are no shares.
    return percent.isFinite ? "\(distance) (\(NumberText.significant(percent, 3)) %)" : distance
  }
}
