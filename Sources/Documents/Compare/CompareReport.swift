internal import Outcomes
package import Planning
package import Requirements
package import Results
internal import Units

/// One workload on several machines at the same service level, each as it serves it best.
package struct CompareReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var scenario: String
    package var title: String
    package var file: String
    package var model: String
    package var price: String
    /// How requests come: `poisson`, `offline`.
    package var process: String
    /// What every machine is held to, in words.
    package var level: [String]
    /// Clients are as many as that leaves; absent at the scenario's own load.
    package var interactivity: Double?
    /// Share of the users that must have it; absent for the median one.
    package var share: Double?
  }

  /// A factor against the first machine, with what it may be eight times in ten.
  package struct Ratio: Encodable, Sendable {
    package var value: Double
    package var low: Double?
    package var high: Double?
  }

  /// The deployment that was chosen, or the one that came nearest.
  package struct Choice: Encodable, Sendable {
    package var layout: String
    package var accelerators: Int
    /// Who are served at a time; absent at the scenario's own load.
    package var clients: Int?
    /// What `windtunnel run SCENARIO` is given to simulate it again.
    package var settings: [String]
    package var weights: String
    package var results: RunResults
    package var intervals: PredictionIntervals?
    /// Dollars per million tokens if as much of its capacity were used as of every other; absent
    /// where users come as fast as they are served.
    package var priceAtEqualUse: Double?
    package var fingerprint: String
    /// The weakest status of the figures that its speed rests on.
    package var weakest: String
    /// The figure that most of its steps' time rests on, of those that nobody measured; absent
    /// where all were.
    package var restsOn: RestsOn?
    /// Chance that a guess of the search's own is right, which nobody measured; absent where it
    /// adds none.
    package var assumedAcceptance: Double?
  }

  /// Accelerators of the same layout, eight times in ten.
  package struct Counts: Encodable, Sendable {
    package var low: Int
    /// Most accelerators; absent where no number of them holds the level at the slow end.
    package var high: Int?

    package var words: String { high.map { "\(low) to \($0)" } ?? "\(low) or more" }
  }

  package struct Machine: Encodable, Sendable {
    package enum Verdict: String, Encodable, Sendable {
      /// Something holds the level.
      case holds
      /// It works, but nothing holds the level; `choice` came nearest.
      case misses
      /// The model does not work on it.
      case impossible
    }

    package var hardware: String
    package var title: String
    package var engine: String
    package var verdict: Verdict
    /// How sure that is.
    package var certainty: Certainty
    /// What the verdict is about, with what it may be.
    package var judged: [JudgedRange] = []
    package var counts: Counts?
    /// Formats of weights that the machine runs and nobody has timed there, so that they were not
    /// tried.
    package var untimedWeights: [String]
    package var reasons: [String]
    package var choice: Choice?
    /// Price of a token of any kind as a ratio to the first machine's; absent for the first
    /// machine, and without both.
    package var priceRatio: Ratio?
    /// Output tokens a second on an accelerator as a ratio to the first machine's; absent for the
    /// first machine, and without both.
    package var rateRatio: Ratio?
    package var simulations: Int
  }

  /// Share of its capacity at which each machine's price is set beside the others': as full as a
  /// deployment with some headroom is.
  package static let equalUse = 0.8

  package static let schema = ReportSchema(name: "windtunnel/compare", version: 1)
  package static let command = "compare"

  package var schema = Self.schema
  package var command = Self.command
  package var seed: UInt64
  package var inputs: Inputs
  package var machines: [Machine]
  /// Always absent: what is required is held by the choices.
  package var requirements: [RequirementReport]?
  /// The comparison with an earlier result; absent where none is given.
  package var baseline: BaselineReport?
}

extension CompareReport.Choice: DocumentKeys {
  package static let keys = DocumentNames(["priceAtEqualUse": "usd_per_mtok_at_equal_use"])
}

extension CompareReport.Inputs {
  /// Whether all of it is there at once, and nothing comes after.
  package var isJob: Bool { process == WorkloadInputs.batch && interactivity == nil }
}

extension CompareReport.Inputs: DocumentKeys {
  package static let keys = DocumentNames(["interactivity": "at_tok_s_per_user"])
}

extension CompareReport.Machine: DocumentKeys {
  package static let keys = DocumentNames([
    "counts": "gpus_needed", "priceRatio": "usd_per_mtok_ratio",
    "rateRatio": "output_tok_s_per_gpu_ratio",
  ])
}

extension CompareReport: GatedDocument {
  /// A machine's name may have dots of its own.
  package static func figure(_ path: String) -> Figure? {
    RunFigures.figures.filter { path.hasSuffix(".\($0.path)") }
      .max { $0.path.count < $1.path.count }
      .map { $0.renamed(path) }
  }

  package var subject: String { inputs.scenario }

  package var circumstances: String {
    "\(inputs.model) on \(machines.map(\.hardware).joined(separator: ", ")); seed \(seed)"
  }

  /// The figures of every machine, each under the machine's name: `h200-sxm.cost.blended`.
  package var figures: [FigureValue] {
    machines.flatMap { machine in
      RunFigures.figures.map { figure in
        FigureValue(
          figure.renamed("\(machine.hardware).\(figure.path)"),
          machine.verdict == .holds ? machine.choice?.results.value(of: figure) : nil)
      }
    }
  }
}

extension CompareReport {
  /// A figure, its status, and how much of the time is in proportion to it.
  package struct RestsOn: Encodable, Sendable {
    package var figure: String
    package var status: String
    package var share: Double

    init(_ entry: ReportProvenance.Entry) {
      (figure, status, share) = (entry.path, entry.status, entry.share ?? 0)
    }

    /// `41 % fitted`
    package var words: String { "\(NumberText.fixed(share * 100, 0)) % \(status)" }
  }
}
