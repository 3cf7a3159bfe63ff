package import Diagnostics
internal import Units

/// The figures of a result beside those of an earlier one.
package struct BaselineComparison: Hashable, Sendable {
  package enum Verdict: String, Codable, CaseIterable, Sendable {
    /// By more than is tolerated, in the direction that nobody wants.
    case worse
    /// Known before, and now no longer.
    case lost
    /// By more than is tolerated, in the other direction.
    case better
    /// Not known before.
    case found
    /// Different, and tolerated.
    case within
    case same

    package var isFailure: Bool { self == .worse || self == .lost }
  }

  package struct Difference: Hashable, Sendable {
    package let before: FigureValue
    package let now: FigureValue
    package let verdict: Verdict

    package var figure: Figure { now.figure }

    /// What was added to the value before, as a share of it; nil where that is zero or either is
    /// unknown.
    package var change: Double? {
      guard let before = before.value, let now = now.value, before != 0 else { return nil }
      let change = (now - before) / before.magnitude
      // Of next to nothing, as of nothing, there are no shares.
      return (change * 100).isFinite ? change : nil
    }

    package var changeWords: String {
      guard let change else { return verdict == .lost ? now.unknown?.reason ?? "" : "" }
      // Zero has no sign.
      return (change > 0 ? "+" : "") + NumberText.significant(change * 100, 3) + " %"
    }
  }

  /// Where the values before stand.
  package let file: String
  package let tolerances: Tolerances
  /// The differences of every figure that either side knows, in the order of the result.
  package let differences: [Difference]

  package init(
    _ now: [FigureValue], against before: [FigureValue], from file: String,
    tolerances: Tolerances
  ) {
    self.file = file
    self.tolerances = tolerances
    let known = Dictionary(before.map { ($0.figure.path, $0) }) { first, _ in first }
    let present = Set(now.map(\.figure.path))
    let gone = before.filter { !present.contains($0.figure.path) }
      .map { FigureValue($0.figure, nil, unknown: .init("the result has no such figure")) }
    differences = (now + gone).compactMap { value in
      let old = known[value.figure.path] ?? FigureValue(value.figure, nil)
      return Self.verdict(value, old, tolerances.share(of: value.figure)).map {
        Difference(before: old, now: value, verdict: $0)
      }
    }
  }

  package func count(_ verdict: Verdict) -> Int { differences.count { $0.verdict == verdict } }

  package var isMet: Bool { !differences.contains(where: \.verdict.isFailure) }

  private static func verdict(
    _ now: FigureValue, _ before: FigureValue, _ tolerance: Double
  ) -> Verdict? {
    guard let old = before.value else { return now.value == nil ? nil : .found }
    guard let new = now.value else { return .lost }
    guard new != old else { return .same }
    // The last digits of a product are not what anybody tolerates or not.
    guard (new - old).magnitude > tolerance * old.magnitude * (1 + 1e-9) else { return .within }
    return (new > old) == (now.figure.prefers == .more) ? .better : .worse
  }
}

// MARK: In words

extension BaselineComparison {
  /// Most differences that a message shows one by one.
  private static let shown = 10

  /// - Parameter hint: how the baseline is renewed.
  package func failure(hint: String) -> Diagnostic? {
    let failing = differences.filter(\.verdict.isFailure)
    guard !failing.isEmpty else { return nil }
    return Diagnostic(
      code: "baseline/worse",
      "worse than the baseline by more than \(tolerances.words): \(Self.figures(failing.count)) "
        + "of \(differences.count)",
      at: SourceLocation(file: file), notes: Self.notes(failing), hint: hint)
  }

  /// Said when nothing got worse: then the baseline can only be out of date.
  package func improvement(hint: String) -> Diagnostic? {
    let better = differences.filter { $0.verdict == .better }
    guard isMet, !better.isEmpty else { return nil }
    return Diagnostic(
      .note, code: "baseline/better",
      "better than the baseline by more than \(tolerances.words): \(Self.figures(better.count)) "
        + "of \(differences.count)",
      at: SourceLocation(file: file), notes: Self.notes(better), hint: hint)
  }

  private static func figures(_ count: Int) -> String {
    "\(count) figure\(count == 1 ? "" : "s")"
  }

  private static func notes(_ differences: [Difference]) -> [String] {
    let notes = differences.prefix(shown).map { difference in
      let change = difference.changeWords
      return "`\(difference.figure.path)` was \(difference.before.words), is "
        + difference.now.words + (change.isEmpty ? "" : ": \(change)")
    }
    let rest = differences.count - notes.count
    return notes + (rest > 0 ? ["and \(rest) more"] : [])
  }
}
