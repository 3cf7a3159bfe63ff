internal import Results
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

extension ClassResults {
  /// Nil where the classes of the workload are not told apart.
  static func all(of summary: RunSummary, _ deployment: Deployment) -> [ClassResults]? {
    guard !summary.classes.isEmpty else { return nil }
    let workload = deployment.scenario.workload
    let isOrdered = deployment.pools.contains { $0.limits.priorities != nil }
    let batch = workload.batch.map { Int($0.classIndex) }
    return zip(summary.classes, workload.classes).enumerated().map { index, pair in
      let (item, kind) = pair
      var results = ClassResults(item, seconds: summary.makespan.seconds)
      if isOrdered { results.priority = Int(kind.priority) }
      if index == batch { return results }
      if workload.hasPatience { results.abandoned = item.abandoned }
      if !summary.objectives.isEmpty, item.ended > 0 {
        results.attainment = Double(item.good) / Double(item.ended)
      }
      return results
    }
  }

  private init(_ summary: ClassSummary, seconds: Double) {
    self.init()
    name = summary.name
    completed = summary.completed
    failed = summary.failed
    preempted = summary.preempted
    if seconds > 0, summary.outputTokens > 0 {
      outputRate = Double(summary.outputTokens) / seconds
    }
    timeToFirstToken = RunResults.Spread(summary.timeToFirstToken)
    timePerOutputToken = RunResults.Spread(summary.timePerOutputToken)
    endToEnd = RunResults.Spread(summary.endToEnd)
  }
}
