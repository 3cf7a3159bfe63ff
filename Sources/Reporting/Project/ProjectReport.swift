internal import Outcomes
internal import Projections
package import Requirements

/// What a projection finds: a model's life in four measures, and the questions of its file.
///
/// A part that was not asked for is absent; an answer that cannot be is a reason in its place.
package struct ProjectReport: ReportDocument, Equatable {
  package static let schema = ReportSchema(name: "windtunnel/project", version: 1)
  package static let command = "project"

  package var schema = Self.schema
  package var command = Self.command
  /// Of the first simulated run; absent when there is none.
  package var seed: UInt64?
  /// Those of all runs, one after the other.
  package var fingerprint: String?
  package var inputs: ProjectInputs
  /// The simulated runs behind it.
  package var runs: [ProjectRun]
  package var provenance: ProjectProvenance
  package var results: ProjectResults
  /// The headline figures in order, by path and with their unit: what thresholds are set on.
  package var headline: [HeadlineFigure]
  /// Each with what became of it; absent where nothing is required.
  package var requirements: [RequirementReport]?
  /// Absent where no earlier result is given.
  package var baseline: BaselineReport?

  private enum CodingKeys: String, CodingKey {
    case schema, command, seed, fingerprint, inputs, runs, provenance, results
    case requirements, baseline
    case headline = "figures"
  }
}

extension ProjectReport: GatedDocument {
  package var subject: String { inputs.name }
  package var circumstances: String {
    runs.map { "\($0.model) on \($0.hardware)" }.joined(separator: ", ")
      + (fingerprint.map { "; fingerprint \($0)" } ?? "")
  }

  /// The headline figures that can be named.
  package var figures: [FigureValue] {
    headline.compactMap { item in
      ProjectFigures.figure(item.path).map { FigureValue($0, item.value) }
    }
  }
}

/// What the figures rest on.
package struct ProjectProvenance: Codable, Equatable, Sendable {
  package struct Entry: Codable, Equatable, Sendable {
    package var from = "projection"
    package var path: String
    package var status: String
    package var source: String
  }

  package var weakest: String
  package var figures: [Entry]
}

/// A figure that others find by name.
package struct HeadlineFigure: Codable, Equatable, Sendable {
  package var path: String
  package var value: Double
  package var unit: String

  package init(_ path: String, _ value: Double, _ unit: String) {
    self.path = path
    self.value = ReportNumber.rounded(value)
    self.unit = unit
  }
}

package struct ProjectInputs: Codable, Equatable, Sendable {
  package var name: String
  package var title: String
  package var file: String
}

/// One simulated run: what a token of each kind takes.
package struct ProjectRun: Codable, Equatable, Sendable {
  package var workload: String
  package var scenario: String
  package var model: String
  package var hardware: String
  package var gpus: Int
  package var seed: UInt64
  package var fingerprint: String
  /// GPU-seconds for a million computed prompt tokens and for a million output tokens.
  package var inputSeconds: Double
  package var outputSeconds: Double
  package var inputDollars: Double?
  package var outputDollars: Double?
  /// 2 N a token over the peak, in either phase; idle time included.
  package var prefillUtilization: Double?
  package var decodeUtilization: Double?
  package var tokensPerSecondPerAccelerator: Double
  package var weakest: String

  private enum CodingKeys: String, CodingKey {
    case workload, scenario, model, hardware, gpus, seed, fingerprint, weakest
    case inputSeconds = "gpu_s_per_mtok_input"
    case outputSeconds = "gpu_s_per_mtok_output"
    case inputDollars = "usd_per_mtok_input"
    case outputDollars = "usd_per_mtok_output"
    case prefillUtilization = "mfu_prefill"
    case decodeUtilization = "mfu_decode"
    case tokensPerSecondPerAccelerator = "output_tok_s_per_gpu"
  }
}

package struct ProjectResults: Codable, Equatable, Sendable {
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
package struct EffortResult: Codable, Equatable, Sendable {
  package var flops: Double
  package var hours: Double
  package var dollars: Double?
  package var joules: Double?

  private enum CodingKeys: String, CodingKey {
    case flops
    case hours = "gpu_hours"
    case dollars = "usd"
    case joules
  }

  init(_ effort: Effort) {
    flops = ReportNumber.rounded(effort.flops)
    hours = ReportNumber.rounded(effort.acceleratorHours, digits: 9)
    dollars = effort.dollars.map { ReportNumber.rounded($0, digits: 9) }
    joules = effort.joules.map { ReportNumber.rounded($0) }
  }
}

/// A ratio of serving to training, four ways.
package struct RatioResult: Codable, Equatable, Sendable {
  package var flops: Double?
  package var hours: Double?
  package var dollars: Double?
  package var joules: Double?

  private enum CodingKeys: String, CodingKey {
    case flops
    case hours = "gpu_hours"
    case dollars = "usd"
    case joules
  }

  init(_ ratio: (Measure) -> Double?) {
    func rounded(_ measure: Measure) -> Double? { ratio(measure).map { ReportNumber.rounded($0) } }
    flops = rounded(.flops)
    hours = rounded(.acceleratorHours)
    dollars = rounded(.dollars)
    joules = rounded(.joules)
  }

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
package struct Solution: Codable, Equatable, Sendable {
  package var value: Double?
  package var date: String?
  package var reason: String?

  init(_ solve: () throws(Impossibility) -> Double, date: (Double) -> String? = { _ in nil }) {
    do {
      let found = try solve()
      value = ReportNumber.rounded(found, digits: 9)
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
