package import Outcomes

/// One workload on several machines at the same service level, each as it serves it best.
package struct CompareReport: ReportDocument, Equatable {
  package struct Inputs: Codable, Equatable, Sendable {
    package var scenario: String
    package var title: String
    package var file: String
    package var model: String
    package var price: String
    /// What every machine is held to, in words.
    package var level: [String]
    /// Clients are as many as that leaves; absent at the scenario's own load.
    package var interactivity: Double?

    private enum CodingKeys: String, CodingKey {
      case scenario, title, file, model, price, level
      case interactivity = "at_tok_s_per_user"
    }
  }

  /// A factor against the first machine, with what it may be eight times in ten.
  package struct Ratio: Codable, Equatable, Sendable {
    package var value: Double
    package var low: Double?
    package var high: Double?
  }

  /// The deployment that was chosen, or the one that came nearest.
  package struct Choice: Codable, Equatable, Sendable {
    package var layout: String
    package var accelerators: Int
    /// What `windtunnel run SCENARIO` is given to simulate it again.
    package var settings: [String]
    package var weights: String
    package var results: RunResults
    package var intervals: PredictionIntervals?
    package var fingerprint: String
    /// The weakest status of the figures that its speed rests on.
    package var weakest: String
  }

  package struct Machine: Codable, Equatable, Sendable {
    package enum Verdict: String, Codable, Sendable {
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
    package var reasons: [String]
    package var choice: Choice?
    /// Of the price of a token of any kind, and of output tokens a second on an accelerator; absent
    /// for the first machine, and without both.
    package var priceRatio: Ratio?
    package var rateRatio: Ratio?
    package var simulations: Int

    private enum CodingKeys: String, CodingKey {
      case hardware, title, engine, verdict, reasons, choice, simulations
      case priceRatio = "usd_per_mtok_ratio"
      case rateRatio = "output_tok_s_per_gpu_ratio"
    }
  }

  package var schema = ReportSchema(name: "windtunnel/compare", version: 1)
  package var command = "compare"
  package var seed: UInt64
  package var inputs: Inputs
  package var machines: [Machine]
}
