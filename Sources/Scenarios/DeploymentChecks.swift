internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import OperatorCosts
internal import ServingSimulation
internal import Units

/// Whether a model, a machine and a layout of one pool go together; if not, why, and what would.
///
/// Each check adds what it finds to `problems`, so that all of them are reported at once.
final class DeploymentChecks {
  let scenario: Scenario
  let pool: ScenarioPool
  let architecture: Architecture
  let hardware: HardwareProfile
  private(set) var problems: [Diagnostic] = []

  init(
    scenario: Scenario, pool: ScenarioPool, architecture: Architecture, hardware: HardwareProfile
  ) {
    self.scenario = scenario
    self.pool = pool
    self.architecture = architecture
    self.hardware = hardware
  }

  func refuse(
    _ code: String, _ message: String, at place: Place, notes: [String] = [], hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        code: "scenario/\(code)", message, at: place.location, path: place.path, notes: notes,
        hint: hint))
  }

  // MARK: Formats

  /// The checkpoint's own weight format, when it can be told.
  func checkpointFormat() -> WeightFormat? {
    if let format = architecture.servedWeights { return format }
    refuse(
      "weight-format",
      "the checkpoint's weight format is not understood: `\(architecture.name)`",
      at: pool.model?.place ?? scenario.model.place, notes: architecture.formatNote,
      hint: "set `\(path(of: "quantization.weights"))` to one of "
        + WeightFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
    return nil
  }

  var mixtures: [MixtureOfExperts] {
    architecture.groups.compactMap {
      if case .experts(let mixture) = $0.feedForward { mixture } else { nil }
    }
  }

  // MARK: Steps and replicas

  func checkOutages() {
    guard let last = pool.availability?.planned.map(\.replica).max() else { return }
    let replicas = pool.replicas ?? 1
    guard last >= replicas else { return }
    refuse(
      "outage", "an outage names a replica that is not there: \(last)",
      at: pool.place(of: "availability.outages.replica"),
      notes: ["the pool has \(replicas), counted from 0"],
      hint: "set `\(path(of: "replicas"))` to \(last + 1), or name one up to \(replicas - 1)")
  }

  /// Every sequence that decodes has a token in each step, and its guesses.
  func checkBudget(_ budget: Int, sequences: Int) {
    let guesses = (pool.speculation?.verifiedTokens ?? 1) - 1
    let needed = sequences * (1 + guesses)
    guard budget < needed else { return }
    let place = pool.place(of: "scheduler.token_budget")
    refuse(
      "token-budget",
      "a step of \(NumberText.grouped(budget)) tokens cannot hold "
        + "\(NumberText.grouped(sequences)) decoding sequences",
      at: place,
      notes: guesses == 0
        ? [] : ["each has \(1 + guesses) tokens in a step: one, and \(guesses) guessed ahead"],
      hint: "set `\(place.path)` to \(needed) or more")
  }

  /// How a key of this pool is set.
  func path(of key: String) -> String { pool.place(of: key).path }
}
