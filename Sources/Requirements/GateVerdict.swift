package import Diagnostics

/// What a build gate says of a result: its requirements, and its baseline if there is one.
///
///     let verdict = GateVerdict(results.figures, requirements: scenario.requirements)
///     if !verdict.isMet { throw RequirementFailure(verdict, hint: nil) }
package struct GateVerdict: Hashable, Sendable {
  package let requirements: [RequirementVerdict]
  package let baseline: BaselineComparison?

  package init(
    _ values: [FigureValue], peak: [FigureValue] = [], requirements: [Requirement],
    baseline: BaselineComparison? = nil
  ) {
    self.requirements = requirements.map { RequirementVerdict($0, values, peak: peak) }
    self.baseline = baseline
  }

  /// The verdict on results with several sets of figures, each judged on its own.
  package init(_ requirements: [RequirementVerdict], baseline: BaselineComparison? = nil) {
    self.requirements = requirements
    self.baseline = baseline
  }

  /// Whether there is nothing that could fail.
  package var isEmpty: Bool { requirements.isEmpty && baseline == nil }

  package var isMet: Bool { requirements.allSatisfy(\.isMet) && baseline?.isMet != false }

  /// - Parameters:
  ///   - hint: what to do about a value on the wrong side.   - renewal: of the baseline.
  package func failures(hint: String?, renewal: String) -> [Diagnostic] {
    requirements.compactMap { $0.diagnostic(hint: hint) }
      + [baseline?.failure(hint: renewal)].compactMap { $0 }
  }

  /// `2 of 3 requirements met; 1 of 46 figures worse than the baseline`
  package var words: String {
    var parts: [String] = []
    if !requirements.isEmpty {
      let met = requirements.count { $0.isMet }
      parts.append(
        "\(met) of \(requirements.count) requirement\(requirements.count == 1 ? "" : "s") met")
    }
    if let baseline {
      let failing = baseline.differences.count { $0.verdict.isFailure }
      parts.append("\(failing) of \(baseline.differences.count) figures worse than the baseline")
    }
    return parts.isEmpty ? "nothing required" : parts.joined(separator: "; ")
  }
}
