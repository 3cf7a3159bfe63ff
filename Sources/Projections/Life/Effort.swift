/// What something takes, counted four ways. The ways do not agree, which is why all are kept.
package struct Effort: Equatable, Sendable {
  package var flops: Double
  package var acceleratorHours: Double
  /// Nil when a price is unknown.
  package var dollars: Double?
  /// Energy of the facility [J]; nil when a machine's power is unknown.
  package var joules: Double?

  package init(flops: Double, acceleratorHours: Double, dollars: Double?, joules: Double?) {
    self.flops = flops
    self.acceleratorHours = acceleratorHours
    self.dollars = dollars
    self.joules = joules
  }

  package static let none = Effort(flops: 0, acceleratorHours: 0, dollars: 0, joules: 0)

  package static func + (left: Effort, right: Effort) -> Effort {
    func sum(_ left: Double?, _ right: Double?) -> Double? {
      left.flatMap { left in right.map { left + $0 } }
    }
    return Effort(
      flops: left.flops + right.flops,
      acceleratorHours: left.acceleratorHours + right.acceleratorHours,
      dollars: sum(left.dollars, right.dollars), joules: sum(left.joules, right.joules))
  }

  package static func * (effort: Effort, factor: Double) -> Effort {
    Effort(
      flops: effort.flops * factor, acceleratorHours: effort.acceleratorHours * factor,
      dollars: effort.dollars.map { $0 * factor }, joules: effort.joules.map { $0 * factor })
  }

  package subscript(_ measure: Measure) -> Double? {
    switch measure {
    case .flops: flops
    case .acceleratorHours: acceleratorHours
    case .dollars: dollars
    case .joules: joules
    }
  }
}

/// One of the four ways to count.
package enum Measure: String, CaseIterable, Sendable {
  case flops
  case acceleratorHours = "gpu_hours"
  case dollars, joules

  package var unit: String {
    switch self {
    case .flops: "FLOP"
    case .acceleratorHours: "GPU-h"
    case .dollars: "USD"
    case .joules: "J"
    }
  }
}

/// Between what a figure lies, as factors of it.
package struct Spread: Equatable, Sendable {
  /// Least value over the figure.
  package var low: Double
  /// Largest value over the figure.
  package var high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  package static let none = Spread(low: 1, high: 1)
}
