internal import Hardware
internal import Outcomes
internal import Scenarios
internal import ServingSimulation

extension MachineSearch {
  /// What is known of a layout before it is searched.
  struct Prospect {
    /// The deployment with so many replicas.
    var shape: (Int) -> Candidate
    /// At which the search begins.
    var start: Int
    /// Of the deployment that begins it.
    var cost: Double
  }

  /// Replicas beyond any search.
  private static let mostReplicas = 65_536.0
  /// How busy prefilling may be on average: prompts wait for each other.
  private static let prefillUtilization = 0.8

  func prospect(_ layout: PoolLayout, _ full: Trial) -> Prospect {
    let shape = { [machine] count in machine.together(layout, replicas: count) }
    guard let rate = scenario.workload.approximateRate else {
      return Prospect(shape: shape, start: 1, cost: machine.costPerToken(full))
    }
    let replicas = max(1, rate / max(full.results.requestsPerSecond ?? 0, 1e-9))
    return Prospect(
      shape: shape, start: Int(min(replicas, Self.mostReplicas).rounded(.up)),
      cost: machine.dollarsPerHour(Double(layout.accelerators) * replicas))
  }

  // MARK: Prefill and decode apart

  /// The two layouts that prefill with the least machine time before the two that decode with it.
  ///
  /// The machine time of either is taken from the layout's run at full load, where it did both.
  func prospectsApart(_ layouts: [Saturated]) -> [Prospect] {
    guard machine.profile.kind == .gpu else { return [] }
    func work(_ item: Saturated, _ seconds: (PoolSummary) -> Double) -> Double {
      let pool = item.trial.summary.pools[0]
      return seconds(pool) / Double(max(1, item.trial.summary.completed))
    }
    func two(_ seconds: (PoolSummary) -> Double) -> [(layout: PoolLayout, seconds: Double)] {
      layouts.map { ($0.layout, work($0, seconds)) }.enumerated().sorted {
        let left = $0.element.1 * Double($0.element.0.accelerators)
        let right = $1.element.1 * Double($1.element.0.accelerators)
        return (left, $0.offset) < (right, $1.offset)
      }.prefix(2).map { ($0.element.0, $0.element.1) }
    }
    let prefilling = two(\.prefillSeconds)
    let decoding = two { $0.busySeconds - $0.prefillSeconds }
    return prefilling.flatMap { prefill in
      decoding.compactMap { decode in
        apart(prefill.layout, prefill.seconds, decode.layout, decode.seconds)
      }
    }
  }

  /// - Parameters:
  ///   - work: machine time of a replica for one request.
  private func apart(
    _ prefill: PoolLayout, _ prefillWork: Double, _ decode: PoolLayout, _ decodeWork: Double
  ) -> Prospect? {
    guard prefillWork > 0, decodeWork > 0, prefill.weights == decode.weights else { return nil }
    let ratio = prefillWork / decodeWork / Self.prefillUtilization
    let shape = { [machine] (count: Int) -> Candidate in
      let prefills = max(1, Int((Double(count) * ratio).rounded(.up)))
      return machine.apart(
        Candidate.Part(prefill, replicas: prefills), Candidate.Part(decode, replicas: count))
    }
    // Clients that wait for their answers ask for no number of replicas: it is looked at first.
    guard let rate = scenario.workload.approximateRate else {
      return Prospect(shape: shape, start: 1, cost: 0)
    }
    let start = Int(max(1, min(rate * decodeWork, Self.mostReplicas)).rounded(.up))
    return Prospect(
      shape: shape, start: start,
      cost: machine.dollarsPerHour(Double(shape(start).accelerators)))
  }

  // MARK: Batches

  /// Whether fewer replicas hold the level when their batches are kept small: answers then come
  /// faster to those who are served, and others wait.
  mutating func limitBatches() {
    guard let found = best, case .together(let part) = found.candidate.shape, part.replicas > 1
    else { return }
    let largest = Int(found.trial.results.batch.max)
    for limit in [largest, largest * 3 / 4, largest / 2] where limit > 0 {
      var layout = part.layout
      layout.maximumSequences = limit
      let start = part.replicas - 1
      look(
        at: Prospect(
          shape: { [machine, layout] in machine.together(layout, replicas: $0) }, start: start,
          cost: 0))
    }
  }
}
