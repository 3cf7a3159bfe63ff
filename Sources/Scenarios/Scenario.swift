internal import Diagnostics
package import Hardware
package import OperatorCosts
package import Requirements
package import ServingSimulation
package import Workloads

/// A scenario file as it is written: checked for itself, names not yet looked up.
///
/// What is nil was left to the engine profile or the model's checkpoint.
package struct Scenario: Equatable, Sendable {
  package var name: String
  package var title: String
  /// The file it was read from, for messages.
  package var file: String
  /// Name or path of a model, an engine profile.
  package var model: Reference
  package var engine: Reference
  /// The pools: one that serves, or the parts of a fleet, or one that prefills and one that
  /// decodes.
  package var pools: [ScenarioPool]
  /// The link between the pools; what it leaves out follows from the machines.
  package var transfer: ScenarioTransfer
  package var experts: ExpertRouting?
  package var maximumContext: Int?
  package var adapters: Adapters?
  /// What turns images into tokens; nil where there are none.
  package var mediaEncoder: MediaEncoder?
  /// Place of the adapters in the file, or where they would stand.
  package var adaptersPlace = Place(location: SourceLocation(file: ""), path: "adapters")

  package var workload: Workload
  /// Place of the workload in the file.
  package var workloadPlace = Place(location: SourceLocation(file: ""), path: "workload")
  package var objectives: Objectives
  /// Share of the requests that must meet them for a deployment to be good enough.
  package var attainment: Double
  /// What the figures of a run must be.
  package var requirements: [Requirement]
  package var price: Price.Basis
  /// What is paid for; nil for what the prices are for.
  package var bill: SalesUnit.Kind?
  package var billPlace: Place
  /// Replicas of every pool that stand by and are paid for.
  package var spares: Int
  package var seed: UInt64
  /// What a sweep without axes of its own compares.
  package var ways: [Way] = []
  /// Files that it was read from, the trace included; none that come with the program.
  package var inputFiles: [String] = []
  /// What the command line changed of the file and its prices, as a shell takes it again.
  package var given: [String] = []

  /// The server's command line that it is taken from.
  package var command: EngineCommand?

  /// One of several ways to do the same.
  package struct Way: Equatable, Sendable {
    package var name: String
    /// Settings that make the way, as `--set` takes them.
    package var settings: [String]
  }

  /// Whether replicas of several kinds are behind one router.
  package var isFleet: Bool {
    pools[0].takes != nil || pools.count > 1 && pools[0].role == .serving
  }

  /// A name in a scenario, with where it stands.
  package struct Reference: Equatable, Sendable {
    package var name: String
    package var place: Place

    package init(name: String, place: Place) {
      self.name = name
      self.place = place
    }
  }
}

/// The link between the pools as far as a scenario states it.
package struct ScenarioTransfer: Equatable, Sendable {
  package var bytesPerSecond: Double?
  package var latencySeconds: Double?
  /// Place of the link in the file, or where it would stand.
  package var place: Place
}
