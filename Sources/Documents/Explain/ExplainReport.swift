internal import Outcomes
package import Results

/// Where the time of one step goes, operator by operator, on one rank.
package struct ExplainReport: ReportDocument {
  package struct Step: Encodable, Sendable {
    package var decodingSequences: Int
    package var contextPerSequence: Int
    /// Tokens of each prompt that the step computes.
    package var promptTokens: Int
    /// Tokens of each prompt that are in the cache before the step.
    package var promptContext: Int
    package var prompts: Int
  }

  package struct Operator: Encodable, Sendable {
    package var name: String
    /// How many layers run it; the figures are for all of them together.
    package var layers: Int
    package var milliseconds: Double
    /// Time of the operator as a share of the whole step, host time included.
    package var share: Double
    package var flops: Double
    package var bytes: Double
    /// Time at the accelerator's peaks over time taken; absent for transfers.
    package var ofPeak: Double?
    package var boundBy: String
  }

  package struct Results: Encodable, Sendable {
    package var stepMilliseconds: Double
    package var acceleratorMilliseconds: Double
    /// Time of the engine's software [ms], as far as it is not hidden behind the accelerator.
    package var hostMilliseconds: Double
    /// What of the operators' time goes on behind others: absent when none does.
    package var overlappedMilliseconds: Double?
    package var flops: Double
    package var bytes: Double
    package var ofPeak: Double?
    /// Between what the step would be measured, eight times in ten; absent for a prefill step and
    /// where nothing alike was measured.
    package var stepInterval: PredictionIntervals.Range?
    package var operators: [Operator]
  }

  package var schema = ReportSchema(name: "windtunnel/explain", version: 1)
  package var command = "explain"
  package var seed: UInt64
  package var inputs: RunInputs
  /// Whose step it is.
  package var pool: String
  package var step: Step
  package var provenance: ReportProvenance
  package var results: Results
}

extension ExplainReport.Operator: DocumentKeys {
  package static let keys = DocumentNames(["milliseconds": "time_ms"])
}

extension ExplainReport.Results: DocumentKeys {
  package static let keys = DocumentNames([
    "stepMilliseconds": "step_ms", "acceleratorMilliseconds": "accelerator_ms",
    "hostMilliseconds": "exposed_host_ms", "overlappedMilliseconds": "overlapped_ms",
    "stepInterval": "step_ms_interval",
  ])
}
