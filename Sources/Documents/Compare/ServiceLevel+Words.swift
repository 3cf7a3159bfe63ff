internal import Outcomes
internal import Planning
internal import Requirements
internal import ServingSimulation
internal import Units

extension ServiceLevel {
  /// `99 % of requests within TTFT 2 s and TPOT 50 ms`, and each requirement.
  func words(_ objectives: Objectives) -> [String] {
    let limits = objectives.limits.map { latency, limit in
      let seconds = ReportNumber.rounded(limit.seconds)
      return "\(latency.figureName.uppercased()) \(NumberText.plain(seconds, .seconds))"
    }
    let share = attainment.map {
      "\(NumberText.plain($0 * 100)) % of requests within \(limits.joined(separator: " and "))"
    }
    return (share.map { [$0] } ?? []) + requirements.map(\.text)
  }
}
