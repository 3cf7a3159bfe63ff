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
    self.init(
      state: load.state, offered: load.offered, served: load.served, capacity: load.capacity?.rate,
      utilization: load.utilization, limit: load.capacity?.limit,
      limitingPool: load.capacity?.pool, backlogShare: load.waitingShare)
  }
}

extension SampleResults {
  init(_ sample: Outcome.Sample) {
    self.init(
      kind: sample.kind, requests: sample.requests, warmUpSeconds: sample.warmUpSeconds,
      seconds: sample.seconds, periods: sample.periods)
  }
}
