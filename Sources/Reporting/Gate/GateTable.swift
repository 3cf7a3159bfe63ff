internal import Units

/// Requirements and baseline as sections of a page of text.
struct GateTable {
  private let requirements: [RequirementReport]
  private let baseline: BaselineReport?

  init(_ requirements: [RequirementReport]?, _ baseline: BaselineReport?) {
    self.requirements = requirements ?? []
    self.baseline = baseline
  }

  /// Both, each under its heading; nothing where nothing was asked for.
  func sections(_ style: TextStyle) -> [String] {
    var lines: [String] = []
    for (heading, section) in [
      ("Requirements", requirementLines(style)), ("Baseline", baselineLines(style)),
    ] where !section.isEmpty {
      lines += ["", style.bold(heading)] + section
    }
    return lines
  }

  func requirementLines(_ style: TextStyle) -> [String] {
    var table = TextTable([.left, .right, .left])
    for item in requirements { table.add([item.requirement, item.valueText, item.verdict]) }
    return table.lines(style)
  }

  func baselineLines(_ style: TextStyle) -> [String] {
    guard let baseline else { return [] }
    var table = TextTable([.left, .right, .right, .left])
    let shown = baseline.shownDifferences
    if !shown.isEmpty { table.add(heading: ["", "before", "now"]) }
    for item in shown {
      table.add([
        item.figure, item.beforeText, item.nowText,
        [item.changeText, item.verdictWords].filter { !$0.isEmpty }.joined(separator: ", "),
      ])
    }
    let counts = TextWrap.lines(baseline.countWords, width: 100, indent: 2, hang: 4)
    return counts + table.lines(style) + inputLines(baseline)
  }

  /// As many as say what was changed; another machine changes dozens.
  private static let mostInputs = 10

  private func inputLines(_ baseline: BaselineReport) -> [String] {
    let inputs = baseline.inputs
    guard !inputs.isEmpty else { return [] }
    let lines = inputs.prefix(Self.mostInputs).map { input in
      "    \(input.path): \(Self.short(input.before)) -> \(Self.short(input.now))"
    }
    let rest = inputs.count - lines.count
    return ["  other inputs:"] + lines + (rest > 0 ? ["    and \(rest) more"] : [])
  }

  private static func short(_ value: String?) -> String {
    guard let value else { return "none" }
    return value.count > 30 ? value.prefix(30) + "..." : value
  }
}

extension BaselineReport {
  /// What is beyond the tolerance, what fails first; the rest is only counted.
  var shownDifferences: [Difference] {
    differences.filter(\.isFailure)
      + differences.filter { !$0.isFailure && $0.verdict != "within" }
  }

  /// `chat.json, 1 % tolerated: 2 worse, 1 better, 3 within, 40 the same`
  var countWords: String {
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
  var verdictWords: String {
    switch verdict {
    case "lost": "no longer known"
    case "found": "not known before"
    default: verdict
    }
  }
}
