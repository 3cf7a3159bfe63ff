internal import Outcomes
internal import Planning
internal import Requirements
internal import ServingSimulation
internal import Units

extension ServiceLevel {
  /// `99 % of requests within TTFT 2 s and TPOT 50 ms`, and each requirement.
  func words(_ objectives: Objectives) -> [String] {
    let limits = objectives.limits.map { latency, limit in
      "\(latency.figureName.uppercased()) \(Self.words(limit))"
    }
    let share = attainment.map {
      "\(NumberText.plain($0 * 100)) % of requests within \(limits.joined(separator: " and "))"
    }
    return (share.map { [$0] } ?? []) + requirements.map(\.text)
  }

  /// In the largest unit that leaves a whole number: `2 s`, `50 ms`.
  private static func words(_ limit: SimDuration) -> String {
    var count = limit.nanoseconds
    var units = ["ns", "us", "ms", "s"][...]
    while units.count > 1, count != 0, count % 1_000 == 0 {
      count /= 1_000
      units.removeFirst()
    }
    return "\(NumberText.grouped(count)) \(units[units.startIndex])"
  }
}
