package import Requirements
package import Results
internal import Units

/// The highest load that a given deployment holds its level at, and what gives way beyond it.
package struct CapacityReport: ReportDocument {
  package struct Inputs: Encodable, Sendable {
    package var scenario: String
    package var title: String
    package var file: String
    package var model: String
    /// Each with how many: `8 x h200-sxm`.
    package var machines: [String]
    package var engine: String
    package var price: String
    /// What is held, in words; empty where only the queue must not grow.
    package var level: [String]
    /// Requests a second, at the highest, of the scenario as it stands; absent for clients.
    package var offered: Double?
    /// On average; only where the rate changes.
    package var meanOffered: Double?
    package var clients: Int?
  }

  /// A load, as a share of the scenario's and by itself.
  package struct Load: Encodable, Sendable {
    package var factor: Double
    /// Requests a second, at the highest.
    package var rate: Double?
    /// On average; only where the rate changes.
    package var meanRate: Double?
    package var clients: Int?
  }

  package struct Held: Encodable, Sendable {
    package var load: Load
    /// What `windtunnel run SCENARIO` is given to simulate it.
    package var settings: [String]
    package var results: RunResults
    package var intervals: PredictionIntervals?
    /// The weakest status of the figures that its speed rests on.
    package var weakest: String
  }

  /// A little more load, and what it misses.
  package struct Beyond: Encodable, Sendable {
    package var load: Load
    package var reasons: [String]
  }

  package static let schema = ReportSchema(name: "windtunnel/capacity", version: 1)
  package static let command = "capacity"

  package var schema = Self.schema
  package var command = Self.command
  package var seed: UInt64
  package var inputs: Inputs
  /// Absent when not even next to nothing is held.
  package var held: Held?
  package var beyond: Beyond?
  /// Requests a second that can be served whatever anybody waits, and what there is no more of.
  package var servable: Double?
  package var limit: LoadResults.Limit?
  package var limitingPool: String?
  package var simulations: Int
  /// Each with what became of it; absent where nothing is required.
  package var requirements: [RequirementReport]?
  /// Absent where no earlier result is given.
  package var baseline: BaselineReport?
}

extension CapacityReport.Load: DocumentKeys {
  package static let keys = DocumentNames(["rate": "req_s", "meanRate": "mean_req_s"])
}

extension CapacityReport.Inputs: DocumentKeys {
  package static let keys = DocumentNames([
    "offered": "offered_req_s", "meanOffered": "mean_offered_req_s",
  ])
}

extension CapacityReport: DocumentKeys {
  package static let keys = DocumentNames(["servable": "servable_req_s"])
}

extension CapacityReport: GatedDocument {
  /// The figures that a capacity can be held to: the load that it holds, and what a run at that
  /// load measures.
  package static let figures = [rate, clients] + RunFigures.figures

  private static let rate = Figure("held", .requestsPerSecond, .more)
  private static let clients = Figure("held.clients", nil, .more)

  package static let names = FigureNames(known: figures.map(\.path)) { figure($0) }

  package static func figure(_ path: String) -> Figure? {
    [rate, clients].first { $0.path == path } ?? RunFigures.named(path)
  }

  package var subject: String { inputs.scenario }

  package var circumstances: String {
    "\(inputs.model) on \(inputs.machines.joined(separator: ", ")), \(inputs.engine); seed \(seed)"
  }

  package var figures: [FigureValue] {
    [
      FigureValue(Self.rate, held?.load.rate),
      FigureValue(Self.clients, held?.load.clients.map(Double.init)),
    ]
      + RunFigures.figures.map { FigureValue($0, held?.results.value(of: $0)) }
      + (held?.results.classFigures ?? [])
  }
}
