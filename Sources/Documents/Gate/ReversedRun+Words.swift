package import Planning
package import Requirements
internal import Units

extension ReversedRun.Doubt {
  /// What is there where a marginal verdict is another; nothing of the others.
  ///
  ///     ; at the slow end of the 80 % interval 612 ms
  func words(whereItHolds holds: Bool, _ words: (Double) -> String) -> String {
    guard certainty == .marginal else { return "" }
    return "; at the \(holds ? "slow" : "fast") end of the 80 % interval "
      + (value.map(words) ?? "the queue grows")
  }
}

extension RunReport {
  /// Says how sure its verdicts are.
  ///
  /// - Parameter asked: the requirements, as they stand in the report.
  package mutating func add(_ other: ReversedRun, on asked: [Requirement]) {
    if let doubt = other.objectives { objectives?.add(doubt) }
    guard var reports = requirements, reports.count == other.requirements.count else { return }
    for (index, doubt) in other.requirements.enumerated() {
      guard let doubt else { continue }
      reports[index].add(doubt) { asked[index].figure.words($0, apartFrom: asked[index].bound) }
    }
    requirements = reports
  }
}

extension RequirementReport {
  fileprivate mutating func add(_ doubt: ReversedRun.Doubt, _ words: (Double) -> String) {
    certainty = doubt.certainty
    guard certainty == .marginal else { return }
    verdict += ", marginally" + doubt.words(whereItHolds: isMet, words)
  }
}
