internal import Diagnostics
internal import Outcomes
internal import Requirements
internal import Units

extension RequirementReport {
  init(_ verdict: RequirementVerdict) {
    let asked = verdict.requirement
    requirement = asked.text
    figure = asked.figure.path
    comparison = asked.comparison.rawValue
    bound = asked.bound
    value = verdict.found.value
    missedBy = verdict.missedBy
    unit = asked.figure.unit
    isMet = verdict.isMet
    valueText = verdict.valueWords
    self.verdict = verdict.words
    place = asked.location.map { Place(file: $0.file, line: $0.line, column: $0.column) }
  }
}

extension BaselineReport {
  init(_ comparison: BaselineComparison, inputs: [InputDifference]) {
    file = comparison.file
    tolerance = comparison.tolerances.common
    tolerances = comparison.tolerances.exceptions.map { Tolerance($0) }
    toleranceText = comparison.tolerances.words
    isMet = comparison.isMet
    differences = comparison.differences.filter { $0.verdict != .same }.map { Difference($0) }
    same = comparison.differences.filter { $0.verdict == .same }.map(\.figure.path)
    self.inputs = inputs
  }

  package var isEmpty: Bool { differences.isEmpty && same.isEmpty }
}

extension BaselineReport.Tolerance {
  init(_ exception: Tolerances.Exception) {
    figure = exception.name
    share = exception.share
  }
}

extension BaselineReport.Difference {
  init(_ difference: BaselineComparison.Difference) {
    figure = difference.figure.path
    verdict = difference.verdict.rawValue
    before = difference.before.value
    now = difference.now.value
    unit = difference.figure.unit
    change = difference.change
    beforeText = difference.before.words
    nowText = difference.now.words
    changeText = difference.changeWords
  }

  package var isFailure: Bool { BaselineComparison.Verdict(rawValue: verdict)?.isFailure == true }
}

extension Figure {
  /// The one that its values are in.
  fileprivate var unit: String? { dimension?.units.first { $0.factor == 1 }?.symbol }
}
