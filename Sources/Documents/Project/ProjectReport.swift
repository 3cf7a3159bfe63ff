internal import Outcomes
package import Projecting
package import Requirements

/// What a projection finds: a model's life in four measures, and the questions of its file.
///
/// A part that was not asked for is absent; an answer that cannot be is a reason in its place.
package struct ProjectReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var name: String
    package var title: String
    package var file: String
  }

  package static let schema = ReportSchema(name: "windtunnel/project", version: 1)
  package static let command = "project"

  package var schema = Self.schema
  package var command = Self.command
  /// Seed of the first simulated run; absent when there is none.
  package var seed: UInt64?
  /// Fingerprints of all simulated runs, one after the other; absent when there is none.
  package var fingerprint: String?
  package var inputs: Inputs
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

  package init(_ outcome: ProjectOutcome) {
    inputs = Inputs(name: outcome.name, title: outcome.title, file: outcome.file)
    runs = outcome.runs
    seed = runs.first?.seed
    fingerprint = runs.isEmpty ? nil : runs.map(\.fingerprint).joined(separator: "-")
    provenance = outcome.provenance
    results = outcome.results
    headline = outcome.headline
  }
}

extension ProjectReport: GatedDocument {
  package static let subjectPath = ["inputs", "name"]

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

  package static func figure(_ path: String) -> Figure? { ProjectFigures.figure(path) }
}

// MARK: Keys

extension ProjectReport: DocumentKeys {
  package static let keys = DocumentNames(["headline": "figures"])
}

extension ProjectRun: DocumentKeys {
  package static let keys = DocumentNames([
    "inputSeconds": "gpu_s_per_mtok_input", "outputSeconds": "gpu_s_per_mtok_output",
    "inputDollars": "usd_per_mtok_input", "outputDollars": "usd_per_mtok_output",
    "prefillUtilization": "mfu_prefill", "decodeUtilization": "mfu_decode",
    "tokensPerSecondPerAccelerator": "output_tok_s_per_gpu",
  ])
}

extension EffortResult: DocumentKeys {
  package static let keys = DocumentNames(
    ["hours": "gpu_hours", "dollars": "usd"], exact: ["hours", "dollars"])
}

extension RatioResult: DocumentKeys {
  package static let keys = DocumentNames(["hours": "gpu_hours", "dollars": "usd"])
}

extension Solution: DocumentKeys {
  package static let keys = DocumentNames(exact: ["value"])
}

extension TrainingResult: DocumentKeys {
  package static let keys = DocumentNames([
    "price": "usd_per_gpu_hour", "lowHours": "gpu_hours_low", "highHours": "gpu_hours_high",
  ])
}

extension TrainingResult.Line: DocumentKeys {
  package static let keys = DocumentNames(["utilization": "mfu"])
}

extension TrainingResult.Published: DocumentKeys {
  package static let keys = DocumentNames([
    "hours": "gpu_hours", "dollars": "usd", "isWithin": "within_range",
  ])
}

extension LifeResult.Row: DocumentKeys {
  package static let keys = DocumentNames(["breakEven": "break_even_months"])
}

extension MachineResult: DocumentKeys {
  package static let keys = DocumentNames(["decodeUtilization": "mfu_decode"])
}

extension AllocationResult: DocumentKeys {
  package static let keys = DocumentNames(["budget": "budget_flops"])
}

extension AllocationResult.Law: DocumentKeys {
  package static let keys = DocumentNames(["isDefault": "default"])
}

extension DataResult.Option: DocumentKeys {
  package static let keys = DocumentNames([
    "hours": "gpu_hours", "dollars": "usd", "equalTokens": "equal_loss_tokens",
    "equalDollars": "equal_loss_usd",
  ])
}

extension AnswerResult: DocumentKeys {
  package static let keys = DocumentNames([
    "heldTokens": "kv_tokens", "heldBytes": "kv_bytes", "timesBytes": "times_kv_bytes",
  ])
}
