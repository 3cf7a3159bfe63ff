internal import Diagnostics
internal import ServingSimulation
internal import Units
package import Workloads

/// Whether the parts of a fleet take every request between them.
struct FleetChecks {
  let scenario: Scenario
  private(set) var problems: [Diagnostic] = []

  init(_ scenario: Scenario) {
    self.scenario = scenario
    guard scenario.isFleet else { return }
    checkNames()
    if problems.isEmpty { checkCoverage() }
  }

  private var classes: [RequestClass] { scenario.workload.classes }

  private mutating func refuse(
    _ code: String, _ message: String, at place: Place, hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        code: "scenario/\(code)", message, at: place.location, path: place.path, hint: hint))
  }

  private mutating func checkNames() {
    let names = classes.map(\.name)
    for takes in scenario.pools.compactMap(\.takes) {
      for (name, place) in zip(takes.classes ?? [], takes.classPlaces) where !names.contains(name) {
        let nearest = Suggestion.nearest(to: name, in: names)
        refuse(
          "unknown-class", "no class of the workload has this name: \(name)", at: place,
          hint: nearest.map { "did you mean `\($0)`?" })
      }
      if takes.calls == .verdicts, !classes.contains(where: { $0.strategy?.hasVerdicts == true }) {
        refuse(
          "no-verdicts", "no call of the workload is a verdict that this part could take",
          at: takes.place, hint: "answer with `strategy: best` or `strategy: tree`")
      }
    }
  }

  /// Every class in every length, answers and verdicts apart.
  private mutating func checkCoverage() {
    for (index, item) in classes.enumerated() {
      let kinds: [(calls: RequestFilter.Calls, words: String)] =
        item.strategy?.hasVerdicts == true
        ? [(.answers, "calls"), (.verdicts, "verdicts")]
        : [(.answers, "prompts")]
      for kind in kinds {
        let ranges = scenario.pools.compactMap { pool -> ClosedRange<Int>? in
          let filter = pool.takes(of: scenario.workload)
          let isTaken = filter.classes?.contains(index) ?? true
          return isTaken && (filter.calls == .all || filter.calls == kind.calls)
            ? filter.input : nil
        }
        guard let gap = Self.firstGap(in: ranges) else { continue }
        let which = classes.count > 1 ? " of `\(item.name)`" : ""
        let span =
          gap.upperBound == .max
          ? "\(NumberText.grouped(gap.lowerBound)) tokens and more"
          : "\(NumberText.grouped(gap.lowerBound)) to \(NumberText.grouped(gap.upperBound)) tokens"
        refuse(
          "nobody-takes", "no part of the fleet takes \(kind.words)\(which) of \(span)",
          at: scenario.pools[0].takes?.place ?? scenario.model.place,
          hint: "leave `takes` out of one part, and it takes what is left")
      }
    }
  }

  /// Prompt lengths from 1 on that no range has.
  static func firstGap(in ranges: [ClosedRange<Int>]) -> ClosedRange<Int>? {
    var reached = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > reached + 1 { return (reached + 1)...(range.lowerBound - 1) }
      if range.upperBound == .max { return nil }
      reached = max(reached, range.upperBound)
    }
    return (reached + 1)...Int.max
  }
}

extension ScenarioPool {
  /// Which requests of a workload it takes.
  func takes(of workload: Workload) -> RequestFilter {
    guard let takes else { return .all }
    let classes = takes.classes.map { names in
      Set(workload.classes.indices.filter { names.contains(workload.classes[$0].name) })
    }
    return RequestFilter(
      input: (takes.shortest ?? 0)...(takes.longest ?? .max), classes: classes,
      calls: takes.calls ?? .all)
  }

  /// Whether nothing that it takes of a workload is written.
  package func answersNothing(of workload: Workload) -> Bool {
    if let trace = workload.recorded { return trace.answersNothing }
    let filter = takes(of: workload)
    return workload.classes.indices.allSatisfy { index in
      guard filter.classes?.contains(index) ?? true else { return true }
      let item = workload.classes[index]
      let answers = filter.calls == .verdicts || item.answersNothing
      let verdicts = filter.calls == .answers || item.strategy?.verdictTokens ?? 0 == 0
      return answers && verdicts
    }
  }
}
