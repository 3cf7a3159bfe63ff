internal import Outcomes
internal import Planning
internal import Requirements
internal import ServingSimulation
internal import Units

extension ServiceLevel {
  /// `99 % of requests within TTFT 2 s and TPOT 50 ms`, and each requirement.
  func words(_ objectives: Objectives) -> [String] {
    let share = attainment.map {
      "\(NumberText.plain($0 * 100)) % of requests within \(objectives.words)"
    }
    return (share.map { [$0] } ?? []) + requirements.map { $0.words + users(of: $0) }
  }

  /// Whose speed an interactivity is.
  private func users(of requirement: Requirement) -> String {
    guard requirement.figure.path == "interactivity" else { return "" }
    return share.map { " for \(NumberText.plain(ReportNumber.rounded($0 * 100))) % of the users" }
      ?? " for the median user"
  }
}

extension Objectives {
  /// `TTFT 2 s and TPOT 50 ms`
  var words: String {
    limits.map { latency, limit in
      let seconds = ReportNumber.rounded(limit.seconds)
      return "\(latency.figureName.uppercased()) \(NumberText.plain(seconds, .seconds))"
    }.joined(separator: " and ")
  }
}

extension Requirement {
  /// As people write it: a share in percent.
  fileprivate var words: String {
    guard ["attainment", "load.utilisation"].contains(figure.path) else { return text }
    let percent = NumberText.plain(ReportNumber.rounded(bound * 100))
    return "\(figure.path) \(comparison.rawValue) \(percent) %"
  }
}
