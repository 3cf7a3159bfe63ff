/// How far predictions are from measured points: what `windtunnel validate` found.
///
/// Errors are ratios: 0.1 is 10 % too high. What nothing was measured for is absent.
package struct ValidateReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var file: String
    /// By column, as chosen on the command line.
    package var filters: [String: [String]]
  }

  package struct Source: Encodable, Sendable {
    package var source: String
    package var points: Int
  }

  /// Whose measurements they are: the first word of their `source`.
  package struct Provenance: Encodable, Sendable { package var sources: [Source] }

  package struct Counts: Encodable, Equatable, Sendable {
    package var read: Int
    package var simulated: Int
    package var refused: Int
  }

  package struct Errors: Encodable, Equatable, Sendable {
    package var points: Int
    package var median: Double
    package var mean: Double
    package var p90: Double
    package var bias: Double
  }

  package struct Metrics: Encodable, Sendable {
    package var timePerOutputToken: Errors?
    package var meanTimeToFirstToken: Errors?
    package var medianTimeToFirstToken: Errors?
    package var throughput: Errors?
    package var acceleratorPower: Errors?
    package var energyPerToken: Errors?
  }

  package struct Group: Encodable, Sendable {
    package var name: String
    package var points: Counts
    package var errors: Metrics
  }

  package struct Stage: Encodable, Sendable {
    package var name: String
    package var errors: Metrics
  }

  /// One kind of deployment, at every stage of calibration.
  package struct Section: Encodable, Sendable {
    package var name: String
    package var points: Counts
    package var stages: [Stage]
  }

  package struct Worst: Encodable, Sendable {
    package var id: String
    /// What was run, in words.
    package var what: String
    /// A column of the points file.
    package var metric: String
    package var measured: Double
    package var predicted: Double
    package var error: Double
    package var reasons: [String]
  }

  /// Points that cannot be simulated, by the reason.
  package struct Refusal: Encodable, Sendable {
    package var reason: String
    package var points: [String]
  }

  /// How often a measured value lies in the 80 % interval that `run` prints.
  package struct Coverage: Encodable, Sendable {
    package var metric: String
    package var share: Double
    /// Share of values in the interval, of predictions with the point's machine left out and in the
    /// interval of such machines.
    package var shareWithoutMachine: Double?
    /// Share of values in the interval, of predictions with the point's campaign left out and in
    /// the interval of the other campaigns.
    package var shareWithoutCampaign: Double?
  }

  package struct Results: Encodable, Sendable {
    package var points: Counts
    /// What engines have from serving points, all together.
    package var fittedParameters: Int
    package var coverage: [Coverage]
    package var sections: [Section]
    package var overall: Group?
    package var byHardware: [Group]
    package var byModel: [Group]
    package var byEngine: [Group]
    package var byWeights: [Group]
    package var byMode: [Group]
    package var byLoad: [Group]
    package var byCampaign: [Group]
    package var byUse: [Group]
    package var apart: [Group]
    package var worst: [Worst]
    package var refused: [Refusal]
  }

  package var schema = ReportSchema(name: "windtunnel/validate", version: 1)
  package var command = "validate"
  /// Seed of every simulation.
  package var seed: UInt64
  package var fingerprint: String
  package var inputs: Inputs
  package var provenance: Provenance
  package var results: Results
}

extension ValidateReport.Results {
  /// With the word that the points are divided by.
  package var divisions: [(name: String, groups: [ValidateReport.Group])] {
    [
      ("hardware", byHardware), ("model", byModel), ("engine", byEngine), ("weights", byWeights),
      ("mode", byMode), ("load", byLoad), ("campaign", byCampaign), ("use in fitting", byUse),
    ]
  }
}

extension ValidateReport.Metrics {
  /// In the order of the tables, with what they are called there.
  package static let names = [
    "TPOT", "mean TTFT", "median TTFT", "throughput", "GPU power", "J/token",
  ]

  /// So many of them have a column in every table.
  package static let always = 4

  package var all: [ValidateReport.Errors?] {
    [
      timePerOutputToken, meanTimeToFirstToken, medianTimeToFirstToken, throughput,
      acceleratorPower, energyPerToken,
    ]
  }
}

extension ValidateReport.Metrics: DocumentKeys {
  package static let keys = DocumentNames([
    "timePerOutputToken": "tpot", "meanTimeToFirstToken": "ttft_mean",
    "medianTimeToFirstToken": "ttft_median", "acceleratorPower": "power",
    "energyPerToken": "energy",
  ])
}

extension ValidateReport.Coverage: DocumentKeys {
  package static let keys = DocumentNames(["shareWithoutMachine": "share_machine_left_out"])
}
