internal import OperatorCosts

/// How many entries of each kind the events of a timeline are enough for.
///
/// Half of the events are for requests, which take `request` events each. All are kept where they
/// fit; else the first quarter of the events is for the first ones, and of the others every k-th is
/// kept by its number, with the smallest k that leaves enough. Steps have what requests leave, but
/// for a twentieth for incidents.
struct TimelineBudget: Equatable {
  /// Begin and end of a request and its three phases; two pools: of its transfer, and both ends'
  /// slices.
  static func eventsOfARequest(pools: Int) -> Int { pools > 1 ? 12 : 8 }
  /// Its slice, three counters, the counter of the idle time behind it, and its ranks' slices.
  static func eventsOfAStep(ranks: Int) -> Int { 5 + (ranks > 1 ? ranks : 0) }

  let requests: Int
  let first: Int
  let stride: Int
  let steps: Int
  let incidents: Int

  init(events: Int, requests: Int, pools: [PoolConfiguration]) {
    let each = Self.eventsOfARequest(pools: pools.count)
    let most = max(2, events / 2 / each)
    first = requests <= most ? requests : most / 2
    stride = requests <= most ? 1 : (requests - first + most - first - 1) / (most - first)
    self.requests = min(requests, most)
    incidents = max(2, events / 20)
    let ranks = pools.map(\.model.attentionRanks).max() ?? 1
    let left = events - self.requests * each - incidents
    steps = max(2, left / Self.eventsOfAStep(ranks: ranks))
  }

  func keeps(_ request: Int32) -> Bool {
    Int(request) < first || (Int(request) - first) % stride == 0
  }
}
