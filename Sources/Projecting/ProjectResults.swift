internal import Projections

/// One simulated run: what a token of each kind takes.
package struct ProjectRun: Encodable, Sendable {
  package var workload: String
  package var scenario: String
  package var model: String
  package var hardware: String
  package var gpus: Int
  package var seed: UInt64
  package var fingerprint: String
  /// Accelerator-seconds for a million computed prompt tokens.
  package var inputSeconds: Double
  /// Accelerator-seconds for a million output tokens.
  package var outputSeconds: Double
  package var inputDollars: Double?
  package var outputDollars: Double?
  /// Utilisation of prefill: 2 N a token over the peak; idle time included.
  package var prefillUtilization: Double?
  /// Utilisation of decode: 2 N a token over the peak; idle time included.
  package var decodeUtilization: Double?
  package var tokensPerSecondPerAccelerator: Double
  package var weakest: String
}

package struct ProjectResults: Encodable, Sendable {
  package var claim: ClaimResult?
  package var training: TrainingResult?
  package var life: LifeResult?
  package var machines: [MachineResult] = []
  package var sensitivity: [SensitivityResult] = []
  package var targets: [TargetResult] = []
  package var allocation: AllocationResult?
  package var data: DataResult?
  package var exchange: ExchangeResult?
  package var answers: [AnswerResult] = []
  /// Questions that have no answer at all.
  package var impossible: [String] = []
}

/// The four measures of something.
package struct EffortResult: Encodable, Sendable {
  package var flops: Double
  package var hours: Double
  package var dollars: Double?
  package var joules: Double?

  init(_ effort: Effort) {
    flops = effort.flops
    hours = effort.acceleratorHours
    dollars = effort.dollars
    joules = effort.joules
  }
}

/// A ratio of serving to training, four ways.
package struct RatioResult: Encodable, Sendable {
  package var flops: Double?
  package var hours: Double?
  package var dollars: Double?
  package var joules: Double?

  init(_ ratio: (Measure) -> Double?) {
    flops = ratio(.flops)
    hours = ratio(.acceleratorHours)
    dollars = ratio(.dollars)
    joules = ratio(.joules)
  }

  /// The ratios in the order of tables.
  package var all: [Double?] { Measure.allCases.map { self[$0] } }

  subscript(_ measure: Measure) -> Double? {
    switch measure {
    case .flops: flops
    case .acceleratorHours: hours
    case .dollars: dollars
    case .joules: joules
    }
  }
}

/// A number, or the reason why there is none.
package struct Solution: Encodable, Sendable {
  package var value: Double?
  package var date: String?
  package var reason: String?

  init(_ solve: () throws(Impossibility) -> Double, date: (Double) -> String? = { _ in nil }) {
    do {
      let found = try solve()
      value = found
      self.date = date(found)
    } catch {
      reason = error.words
    }
  }
}

extension Impossibility {
  /// All of it on one line.
  var words: String {
    ([reason] + notes).joined(separator: "; ") + (hint.map { " - \($0)" } ?? "")
  }
}
