internal import Units
internal import Workloads

/// Collects a timeline while the simulation runs, in memory that does not grow with its length.
///
/// Where none is asked for, a step costs one look at `isOn` and a request nothing.
struct TimelineLog {
  let isOn: Bool
  /// Whose step is being handled.
  var replica: Int32 = 0
  var steps: SampledLog<Timeline.Step>
  private var incidents: SampledLog<Timeline.Incident>
  private var requests: [Timeline.Request] = []
  private var transfers: [Timeline.Transfer] = []
  private let budget: TimelineBudget

  init(_ configuration: SimulationConfiguration) {
    isOn = configuration.timelineEvents != nil
    budget = TimelineBudget(
      events: configuration.timelineEvents ?? 0, requests: configuration.workload.requests,
      pools: configuration.pools)
    steps = SampledLog(limit: budget.steps)
    incidents = SampledLog(limit: budget.incidents)
  }

  mutating func finished(_ record: RequestRecord) {
    guard budget.keeps(record.request.index) else { return }
    requests.append(Timeline.Request(record: record, replica: replica))
  }

  mutating func sent(_ transfer: Timeline.Transfer) {
    // A request that is tried again sends again; one each has its place.
    guard isOn, budget.keeps(transfer.request), transfers.count < budget.requests else { return }
    transfers.append(transfer)
  }

  /// - Parameter onReplica: whether it is on the replica whose step is being handled.
  mutating func note(
    _ kind: Timeline.Incident.Kind, at time: SimTime, onReplica: Bool, request: Int32
  ) {
    guard isOn, incidents.wantsNext() else { return }
    incidents.add(
      Timeline.Incident(
        kind: kind, time: time, replica: onReplica ? replica : nil, request: request,
        duration: nil))
  }

  mutating func noteOutage(
    _ kind: Availability.Kind, of replica: Int, at time: SimTime, for duration: SimDuration
  ) {
    guard isOn, incidents.wantsNext() else { return }
    incidents.add(
      Timeline.Incident(
        kind: kind == .failure ? .failure : .maintenance, time: time, replica: Int32(replica),
        request: nil, duration: duration))
  }

  /// - Parameter completed: requests in all.
  func timeline(completed: Int) -> Timeline? {
    guard isOn else { return nil }
    return Timeline(
      steps: steps.entries, requests: requests, transfers: transfers,
      incidents: incidents.entries, stepSample: steps.sample,
      requestSample: TimelineSample(
        all: completed, kept: requests.count, first: budget.first, stride: budget.stride),
      incidentSample: incidents.sample)
  }
}
