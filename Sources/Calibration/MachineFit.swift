internal import Diagnostics
package import Hardware

/// What the timings of one machine say of it.
package struct MachineFit: Sendable {
  package let profile: HardwareProfile
  /// In the order of classes and arithmetics.
  package let efficiencies: [FittedEfficiency]
  /// In the order of kinds, then of ranks.
  package let collectives: [FittedCurve]
  package let scaleUpExchange: FittedExchange?
  package let scaleOutExchange: FittedExchange?
  /// Why rows are in no fit, with how many.
  package let unused: [(reason: String, rows: Int)]

  init(_ timings: Timings, on machine: MachinePeaks) {
    profile = machine.profile
    efficiencies = KernelRules(timings.kernels, on: machine).fits()
    collectives = CollectiveRules(timings.collectives, on: machine.profile.scaleUp).fits()
    scaleUpExchange = ExchangeRules.fit(
      timings.exchanges.filter { !$0.isAcrossDomains }, over: machine.profile.scaleUp.bandwidth)
    scaleOutExchange = ExchangeRules.fit(
      timings.exchanges.filter(\.isAcrossDomains), over: machine.profile.scaleOut?.bandwidth)
    var reasons: [String] = []
    var counts: [String: Int] = [:]
    for row in timings.unused {
      if counts[row.reason] == nil { reasons.append(row.reason) }
      counts[row.reason, default: 0] += 1
    }
    unused = reasons.map { ($0, counts[$0] ?? 0) }
  }
}

/// Which rows a fit rests on.
package struct FitData: Equatable, Sendable {
  package var rows: Int
  /// In order of appearance.
  package var files: [String]
  /// Frameworks with versions, in order of appearance.
  package var frameworks: [String]

  init(_ origins: [TimingOrigin]) {
    rows = origins.count
    files = Self.distinct(origins.map(\.place.file))
    frameworks = Self.distinct(origins.map(\.framework).filter { !$0.isEmpty })
  }

  private static func distinct(_ all: [String]) -> [String] {
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

/// The efficiencies of one class and arithmetic, in the digits that a profile has.
package struct FittedEfficiency: Sendable {
  package var operation: OperatorClass
  package var arithmetic: KernelArithmetic
  package var efficiency: Efficiency
  package var data: FitData
  /// What else the rows say.
  package var notes: [String]
}

/// The lines of one collective over a number of ranks.
package struct FittedCurve: Sendable {
  package var kind: CollectiveKind
  package var ranks: Int
  package var lines: [CollectiveCurve.Line]
  package var measured: [CollectiveCurve.Point]
  package var residual: Double
  package var data: FitData
}

/// What dispatch and combine reach over one link.
package struct FittedExchange: Sendable {
  package var latencySeconds: Double
  package var bytesPerSecond: Double
  /// Ends of what the kernel families reach on their own [B/s], where there are several.
  package var bytesPerSecondRange: ClosedRange<Double>?
  package var residual: Double
  package var data: FitData
}
