package import Hardware
package import OperatorCosts
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
  /// Name or path of a model, a hardware profile, an engine profile.
  package var model: Reference
  package var hardware: Reference
  package var engine: Reference

  package var layout: ParallelLayout
  /// Where the layout's ranks stand, or would.
  package var layoutPlace: Place
  package var weights: WeightFormat?
  package var keyValueCache: KeyValueFormat?

  package var policy: SchedulingPolicy?
  package var tokenBudget: Int?
  package var maximumSequences: Int?
  package var reservedAnswerShare: Double?
  package var maximumContext: Int?
  package var blockTokens: Int?
  package var usableMemoryFraction: Double?
  package var reservedMemoryBytes: Double?

  package var workload: Workload
  package var objectives: Objectives
  package var price: Price.Basis
  package var seed: UInt64
  /// Files that it was read from, the trace included; none that come with the program.
  package var inputFiles: [String] = []

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
