internal import Hardware
internal import Outcomes
internal import Runs
internal import Scenarios
internal import ServingSimulation
internal import Statistics
internal import Units
internal import Workloads

extension MachineSearch {
  /// A layout at full load.
  struct Saturated {
    var layout: PoolLayout
    var run: SaturatedRun
  }

  /// What is known of a layout before it is searched.
  struct Prospect {
    var layout: PoolLayout?
    /// The deployment with so many replicas.
    var shape: (Int) -> Candidate
    /// Fewer cannot serve what comes.
    var fewest: Int
    /// At which the search begins.
    var start: Int
    /// Cost of the layout with the fewest replicas.
    var cost: Double
  }

  /// How busy prefilling may be on average: prompts wait for each other.
  private static let prefillUtilization = 0.8

  func prospect(_ saturated: Saturated) -> Prospect {
    let layout = saturated.layout
    let shape = { [machine] count in machine.together(layout, replicas: count) }
    guard let rate = demandedRate else {
      let seconds = saturated.run.summary.makespan.seconds
      let tokens = saturated.run.summary.inputTokens + saturated.run.summary.outputTokens
      return Prospect(
        layout: layout, shape: shape, fewest: 1, start: 1,
        cost: machine.dollarsPerHour(of: shape(1)) * seconds
          / Double(max(1, tokens)))
    }
    let replicas = min(
      rate / max(saturated.run.rate.value, 1e-9), Double(Self.mostReplicas))
    let fewest = self.rate == nil ? 1 : Int(max(1, replicas.rounded(.up)))
    return Prospect(
      layout: layout, shape: shape, fewest: fewest,
      start: Int(max(1, (replicas / Self.firstUtilization).rounded(.up))),
      cost: machine.dollarsPerHour(of: shape(fewest)))
  }

  // MARK: Prefill and decode apart

  /// The two layouts that prefill with the least machine time before the two that decode with it.
  ///
  /// The machine time of either is taken from the layout's run at full load, where it did both.
  func prospectsApart(_ layouts: [Saturated]) -> [Prospect] {
    guard machine.profile.kind == .gpu else { return [] }
    func work(_ item: Saturated, _ seconds: (PoolSummary) -> Double) -> Double {
      seconds(item.run.summary.pools[0]) / Double(max(1, item.run.summary.completed))
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
    guard prefillWork > 0, decodeWork > 0, prefill.tuning.weights == decode.tuning.weights else {
      return nil
    }
    let ratio = prefillWork / decodeWork / Self.prefillUtilization
    let shape = { [machine] (count: Int) -> Candidate in
      let prefills = max(1, Int((Double(count) * ratio).rounded(.up)))
      return machine.apart(
        Candidate.Part(prefill, replicas: prefills), Candidate.Part(decode, replicas: count))
    }
    // Clients that wait for their answers ask for no number of replicas: it is looked at first.
    guard let rate = demandedRate else {
      return Prospect(shape: shape, fewest: 1, start: 1, cost: 0)
    }
    let start = Int(max(1, min(rate * decodeWork, Double(Self.mostReplicas))).rounded(.up))
    return Prospect(
      shape: shape, fewest: 1, start: start,
      cost: machine.dollarsPerHour(of: shape(start)))
  }

  /// Looks at what the deployments of two pools can serve that are asked about next, several at a
  /// time. Two of them that have a pool in common come one after the other: it is looked at once.
  mutating func prepareApart(_ prospects: ArraySlice<Prospect>) {
    guard rate != nil else { return }
    var left = prospects.compactMap { prospect -> Candidate? in
      guard prospect.layout == nil else { return nil }
      let count = best.map { cheaper(than: cost(of: $0), prospect) } ?? prospect.start
      return count >= prospect.fewest ? prospect.shape(count) : nil
    }
    while !left.isEmpty {
      var sides: (prefill: Set<PoolLayout>, decode: Set<PoolLayout>) = ([], [])
      let now = left.filter { candidate in
        guard case .apart(let prefill, let decode) = candidate.shape,
          !sides.prefill.contains(prefill.layout), !sides.decode.contains(decode.layout)
        else { return false }
        sides.prefill.insert(prefill.layout)
        sides.decode.insert(decode.layout)
        return true
      }
      left.removeAll(where: now.contains)
      // Nothing serves more than this, so that nothing is run.
      for found in runner.ahead(now.map { ($0, .search) }, above: .infinity) { runner.adopt(found) }
    }
  }
}
