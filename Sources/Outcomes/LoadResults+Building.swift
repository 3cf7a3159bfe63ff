package import Results
internal import Runs

extension LoadOutcome {
  package typealias State = LoadResults.State
}

extension Outcome.Sample {
  package typealias Kind = SampleResults.Kind
}

extension LoadResults {
  init(_ load: LoadOutcome) {
    // What may be more is no figure.
    let capacity = load.capacity.flatMap { $0.isLeast ? nil : $0 }
    self.init(
      state: load.state, offered: load.offered, served: load.served, capacity: capacity?.rate,
      utilization: capacity == nil ? nil : load.utilization, limit: capacity?.limit,
      limitingPool: capacity?.pool, backlogShare: load.waitingShare)
  }
}

extension SampleResults {
  init(_ sample: Outcome.Sample) {
    self.init(
      kind: sample.kind, requests: sample.requests, warmUpSeconds: sample.warmUpSeconds,
      seconds: sample.seconds, periods: sample.periods)
  }
}
