internal import Projecting
internal import Rendering
internal import Units

// Amounts of a life as people say them.
extension Cell {
  static func large(_ value: Double?) -> Cell { .optional(value, .large) }
  static func scientific(_ value: Double?) -> Cell { .optional(value, .scientific) }

  /// A number of a unit.
  static func figure(_ value: Double, _ unit: String) -> Cell {
    switch unit {
    case "FLOP": .amount("\(CountText.scientific(value)) FLOPs")
    case "USD": .amount("\(money(value).text) USD")
    case "J": energy(value)
    case "ratio": ratio(value)
    case "": .number(value, 4)
    default: .amount("\(CountText.large(value)) \(unit)")
    }
  }

  static func ratio(_ value: Double?) -> Cell {
    guard let value else { return .unknown }
    return value.magnitude >= 1e6 || (value != 0 && value.magnitude < 1e-3)
      ? .scientific(value) : .number(value)
  }

  static func money(_ value: Double?) -> Cell {
    guard let value else { return .unknown }
    return value.magnitude >= 1e6
      ? .amount(CountText.large(value, digits: 4))
      : value >= 100 ? .value(value, .fixed(0)) : .number(value)
  }

  static func hours(_ value: Double) -> Cell {
    value >= 1e9
      ? .amount(CountText.large(value, digits: 4)) : .value(value, .fixed(value < 100 ? 3 : 0))
  }

  static func energy(_ joules: Double?) -> Cell {
    guard let joules else { return .unknown }
    let units: [(Double, String)] = [
      (3.6e15, "TWh"), (3.6e12, "GWh"), (3.6e9, "MWh"), (3.6e6, "kWh"),
    ]
    for (factor, name) in units where joules >= factor {
      return .amount("\(NumberText.significant(joules / factor, 3)) \(name)")
    }
    return .amount("\(NumberText.significant(joules, 3)) J")
  }

  static func effort(_ value: Double?, _ unit: String) -> Cell {
    guard let value else { return "" }
    return switch unit {
    case "FLOP": .scientific(value)
    case "USD": money(value)
    case "J": energy(value)
    default: hours(value)
    }
  }

  /// - Parameter missing: where there is no solution.
  static func solution(_ solution: Solution, _ unit: String, missing: String) -> Cell {
    guard let value = solution.value else { return .amount(missing) }
    let text =
      unit == "months" ? months(value) : (unit == "ratio" ? ratio(value) : large(value)).text
    return .amount(text + (solution.date.map { " (\($0))" } ?? ""))
  }

  private static func months(_ value: Double) -> String {
    if value >= 24 { return "\(NumberText.significant(value / 12, 3)) years" }
    return value < 0.1
      ? "\(NumberText.significant(value * LifeResult.daysPerMonth * 24, 3)) hours"
      : "\(NumberText.significant(value, 3)) months"
  }
}

extension RatioResult {
  /// FLOPs, accelerator-hours, dollars and joules.
  var cells: [Cell] { all.map { .ratio($0) } }
}
