package import Units

/// What a run looked like over time: as many of its steps, requests and incidents as were asked
/// for.
package struct Timeline: Sendable {
  /// A run of steps with the same sequences, of one replica.
  package struct Step: Equatable, Sendable {
    package var replica: Int32
    package var start: SimTime
    package var end: SimTime
    package var count: Int64
    /// Decoding sequences, prompts, and tokens of those prompts, at its start.
    package var load: Load
    /// Requests that wait when it ends.
    package var waiting: Int
    /// By attention rank; empty where there is one.
    package var ranks: [Load]
  }

  package struct Load: Equatable, Sendable {
    package var sequences = 0
    package var prompts = 0
    package var promptTokens = 0
    package var usedBlocks = 0
  }

  package struct Request: Equatable, Sendable {
    package var record: RequestRecord
    /// The replica that finished it.
    package var replica: Int32
  }

  /// A cache on its way from the replica that prefilled to the one that decodes.
  package struct Transfer: Equatable, Sendable {
    package var request: Int32
    package var source: Int32
    package var target: Int32
    /// When it could be sent, and when it was.
    package var ready: SimTime
    package var start: SimTime
    package var end: SimTime
  }

  package struct Incident: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      case preempted, rejected, retried, lost, cancelled, abandoned, failure, maintenance
    }

    package var kind: Kind
    package var time: SimTime
    /// Nil for what has none: a request that is refused, a replica that fails.
    package var replica: Int32?
    package var request: Int32?
    /// How long an outage takes; nil of every other incident.
    package var duration: SimDuration?
  }

  package var steps: [Step]
  package var requests: [Request]
  package var transfers: [Transfer]
  package var incidents: [Incident]
  package var stepSample: TimelineSample
  package var requestSample: TimelineSample
  package var incidentSample: TimelineSample
}

/// Which of many things were kept: the first ones, then every k-th.
package struct TimelineSample: Equatable, Sendable {
  package var all: Int
  package var kept: Int
  package var first: Int
  package var stride: Int

  package var isComplete: Bool { kept == all }
}
