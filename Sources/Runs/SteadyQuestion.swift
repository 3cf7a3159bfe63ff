package import Workloads

/// What a steady run is asked.
package struct SteadyQuestion: Sendable {
  /// Most requests of a run: some seconds of computing.
  package static let mostRequests = 3_000_000

  /// How long a run must be for what it says.
  package struct Depth: Hashable, Sendable {
    /// Times that the system must have forgotten how full it was.
    package var memories: Double
    /// Times that a request may take, of the time that 99 of 100 take.
    package var spans: Double
    /// Share of their values at which the errors of all latencies are so small that a tenth of the
    /// memories is enough: even if they are twice as large, nobody would decide otherwise.
    package var relativeError: Double
    /// Share of the memories that is enough where every bound is ten errors away: an error that is
    /// known badly is then known well enough.
    package var clearShare: Double
    /// Bursts of misses that should have been seen of a share of them as large as may be, before it
    /// is said that there are none or few (`Criterion.memories`).
    package var bursts = 0.0
    /// The error at which nobody would decide otherwise, as a multiple of a bound's tolerance.
    package var toleratedShare = 1.0
    /// Whether figures are reported: prices are made of the tokens a second.
    package var isReported = true
    /// Whether one criterion that is missed for good ends it, whatever the others are.
    package var endsAtAMiss = false
    /// Standard errors that a miss is away from its bound which ends it early: more of them than at
    /// its end, as it is asked several times.
    package var errorsOfAMiss = 4.0
    /// A run of long conversations that come fast may go on for so many times its most requests
    /// until there are as many conversations as there will be: before that it says nothing.
    package var timesToFill = 4

    /// Depth at which the stated intervals hold the true value as often as they say.
    package static let thorough = Depth(
      memories: 150, spans: 10, relativeError: 0.002, clearShare: 1, bursts: 3,
      toleratedShare: 0.25)
    /// Depth that is enough to tell deployments apart in a search, whose best is also the luckiest.
    package static let quick = Depth(
      memories: 40, spans: 5, relativeError: 0.005, clearShare: 0.25, isReported: false,
      endsAtAMiss: true)
    /// Depth for an end of an interval, which is stated to within a twentieth, and for a glance.
    package static let rough = Depth(
      memories: 15, spans: 5, relativeError: 0.01, clearShare: 0.35, toleratedShare: 2,
      isReported: false, endsAtAMiss: true, errorsOfAMiss: 3)
    /// Depth for what a search found, a third of `thorough`: near the capacity a queue takes long
    /// to show how long it is. Of many that were tried the luckiest comes so far, so that near a
    /// bound it must be known four times as well.
    package static let answer = Depth(
      memories: 50, spans: 5, relativeError: 0.003, clearShare: 0.5, bursts: 3,
      toleratedShare: 0.25, endsAtAMiss: true)
    /// Depth for a rate, in which nothing waits for anything.
    package static let rate = Depth(
      memories: 40, spans: 2, relativeError: 1, clearShare: 1, timesToFill: 1)
  }

  /// Requests that come at the least.
  package var requests: Int
  package var criteria: [Criterion]
  /// Requests a second that the system can serve at most, where that is known.
  package var capacity: Double?
  /// Squared coefficient of variation of what a request takes of what there is no more of.
  package var variation = 1.0
  package var depth: Depth
  /// Requests after which it is given up undecided.
  package var mostRequests: Int

  package init(
    requests: Int = 0, criteria: [Criterion] = [], capacity: Double? = nil,
    depth: Depth = .thorough, mostRequests: Int = SteadyQuestion.mostRequests
  ) {
    self.requests = requests
    self.criteria = criteria
    self.capacity = capacity
    self.depth = depth
    self.mostRequests = max(mostRequests, requests)
  }

  /// Requests after which a run is given up, and not before the system has filled where anything
  /// is asked.
  func mostRequests(tillFilled isFilled: Bool) -> Int {
    isFilled || criteria.isEmpty ? mostRequests : depth.timesToFill * mostRequests
  }

  /// Memories with which a run that can be no longer still says something.
  private static let tellingMemories = 50.0

  /// Requests without which a queue so near to its capacity says nothing, however clear its figures
  /// look.
  package func leastRequests(of workload: Workload) -> Int {
    guard let rate = workload.offeredRate,
      let seconds = Relaxation.seconds(of: workload, capacity: capacity, variation: variation)
    else { return 0 }
    let memories = min(depth.memories * depth.clearShare, Self.tellingMemories)
    return Int(min(rate * seconds * memories / SteadyLook.shareKept, 1e15))
  }
}
