internal import Results
package import Runs
package import Scenarios
package import ServingSimulation
package import Statistics

/// What a deployment does with its load: the run that it is judged by, and what it could serve.
///
///     let outcome = try Outcome.simulate(deployment, OutcomeQuestion(requests: 1_000))
///     let results = RunResults(outcome)
package struct Outcome: Sendable {
  package let deployment: Deployment
  /// What became of the judged part of the run.
  package let summary: RunSummary
  package let load: LoadOutcome
  package let sample: Sample
  /// The moments of a part of an endless load: what the errors of its figures come from.
  package let part: MomentSeries?
  /// What the deployment does at the highest rate all along, where the rate changes; empty
  /// elsewhere.
  package let peak: [Outcome]

  /// Which part of which run was judged.
  package struct Sample: Hashable, Sendable {
    package var kind: Kind
    /// Requests that were simulated, those of the beginning included.
    package var requests: Int64
    /// Time at the beginning that is left out [s].
    package var warmUpSeconds: Double
    /// Time that is judged [s].
    package var seconds: Double
    /// Whole periods of the judged time; nil of a load without them.
    package var periods: Int?
    /// Times that the system had forgotten in the judged time how full it was; nil where nobody
    /// looked.
    package var memories: Double?
  }

  /// Laws of the simulator that the run broke, none in a sound one.
  package var brokenLaws: [String] {
    summary.brokenLaws + ResultLaws.broken(RunResults(summary, of: deployment), of: deployment)
      + peak.flatMap(\.brokenLaws)
  }

  /// A figure with its sampling error; nil where there is no such, or only one batch.
  package func estimate(_ quantity: Criterion.Quantity) -> BatchEstimate? {
    load.isSustained == false ? nil : part?.estimate(quantity)
  }
}

/// What an outcome is wanted for.
package struct OutcomeQuestion: Sendable {
  /// Requests that come at the least.
  package var requests: Int
  package var criteria: [Criterion]
  package var depth: SteadyQuestion.Depth
  package var mostRequests: Int
  package var mode: SimulationConfiguration.Mode
  package var keepsHistory: Bool
  package var timelineEvents: Int?
  /// The most that the deployment can serve, where it is known already.
  package var capacity: Capacity?
  /// Whether it is looked for where it is not.
  package var hasCapacity: Bool
  /// Whether the busiest hours of a day are looked at on their own, and the whole day.
  package var hasPeak: Bool
  package var hasWholePeriods: Bool

  package init(
    requests: Int = 0, criteria: [Criterion] = [], depth: SteadyQuestion.Depth = .thorough,
    mostRequests: Int = SteadyQuestion.mostRequests,
    mode: SimulationConfiguration.Mode = .fastForward, keepsHistory: Bool = false,
    timelineEvents: Int? = nil, capacity: Capacity? = nil, hasCapacity: Bool = true,
    hasPeak: Bool = true, hasWholePeriods: Bool = true
  ) {
    self.requests = requests
    self.criteria = criteria
    self.depth = depth
    self.mostRequests = mostRequests
    self.mode = mode
    self.keepsHistory = keepsHistory
    self.timelineEvents = timelineEvents
    self.capacity = capacity
    self.hasCapacity = hasCapacity
    self.hasPeak = hasPeak
    self.hasWholePeriods = hasWholePeriods
  }
}
