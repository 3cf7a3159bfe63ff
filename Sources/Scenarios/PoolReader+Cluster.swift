internal import Diagnostics
internal import ServingSimulation
internal import Units

// What a pool has beyond its accelerators and its scheduler.
extension PoolReader {
  /// `true`, `false`, or a mapping that turns it on.
  mutating func readPrefixCache(_ node: ConfigNode?) {
    guard let node else { return }
    if pool.role == .decode {
      node.report(
        "prefix-cache", "a pool that only decodes is sent every cache and looks for none",
        hint: "set `pools.prefill.prefix_cache` instead")
    }
    guard node.isMapping else {
      pool.prefixCache = ScenarioPool.PrefixCacheKeys(isOn: node.boolean())
      return
    }
    let map = node.mapping()
    pool.prefixCache = ScenarioPool.PrefixCacheKeys(
      isOn: true,
      hostBytes: noted(map, "host_memory", in: "prefix_cache")?
        .quantity(.bytes, .within(0...1e18)),
      blockTokens: noted(map, "block_tokens", in: "prefix_cache")?.integer(in: 1...65_536))
    map.finish()
  }

  mutating func readFeedForward(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    let machine = map.required("hardware")
    let place = Place(
      location: machine?.location ?? map.location, path: machine?.path ?? map.path)
    pool.feedForward = ScenarioPool.FeedForwardKeys(
      hardware: Scenario.Reference(name: machine?.words() ?? "", place: place),
      chips: map.required("chips").map { node in
        pool.places["feed_forward.chips"] = Place(location: node.location, path: node.path)
        return node.integer(in: Limit.chips)
      } ?? 1,
      bytesPerSecond: map.optional("bandwidth")?.quantity(.bytesPerSecond, .within(1e3...1e18)),
      latencySeconds: map.optional("latency")?.quantity(.seconds, .within(0...3_600)))
    map.finish()
  }

  private enum Range {
    /// From a failure a second to one in a hundred years.
    static let failures = 1...3.2e9
    static let outages = 0...2_592_000.0
  }

  mutating func readAvailability(_ node: ConfigNode?) {
    guard let map = node?.mapping() else { return }
    var availability = Availability()
    availability.meanTimeBetweenFailures = map.optional("mean_time_between_failures").map {
      SimDuration(seconds: $0.quantity(.seconds, .within(Range.failures)))
    }
    if availability.meanTimeBetweenFailures != nil {
      let restart = map.required("restart")?.quantity(.seconds, .within(Range.outages)) ?? 0
      availability.restart = SimDuration(seconds: restart)
    }
    availability.loss =
      map.optional("on_failure")?.choice(Availability.Loss.self, default: .retry) ?? .retry
    if let retries = map.optional("retries") {
      availability.retries = retries.integer(in: 0...1_000)
      if availability.loss == .lose {
        retries.report(
          "retries", "nothing is tried again with `on_failure: lose`", hint: "remove `retries`")
      }
    }
    availability.planned = map.optional("outages")?.sequence().map { readOutage($0) } ?? []
    map.finish()
    pool.availability = availability
  }

  private mutating func readOutage(_ node: ConfigNode) -> Availability.Outage {
    let map = node.mapping()
    let replica = map.required("replica")
    let outage = Availability.Outage(
      kind: map.optional("kind")?.choice(Availability.Kind.self, default: .failure) ?? .failure,
      replica: replica?.integer(in: 0...65_535) ?? 0,
      start: .zero
        + SimDuration(seconds: map.required("at")?.quantity(.seconds, .within(0...3.2e9)) ?? 0),
      duration: SimDuration(
        seconds: map.required("for")?.quantity(.seconds, .within(Range.outages)) ?? 0))
    map.finish()
    // How many there are may stand further down, or in another mapping.
    if let replica, outage.replica >= pool.replicas ?? 1 {
      pool.places["availability.outages.replica"] = Place(
        location: replica.location, path: replica.path)
    }
    return outage
  }
}
