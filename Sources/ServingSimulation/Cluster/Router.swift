internal import Workloads

/// Chooses the replica of one pool for each request, from what a router knows: what it has sent
/// where and what has come back.
struct Router {
  struct Load {
    var requests = 0
    /// Prompt and answer tokens of those.
    var tokens = 0
    /// Outages under way.
    var outages = 0
  }

  private let policy: RoutingPolicy
  /// Position of the pool's first replica among all.
  let first: Int
  /// Whether there is nothing to choose: one replica that is always there.
  let isSimple: Bool
  private(set) var loads: [Load]
  /// The replica after the last one chosen.
  private var next = 0
  /// For prefix affinity: what each replica was sent, as far as its cache could have kept it.
  private var sent: [PrefixCache] = []
  private let cacheBlocks: Int

  init(_ pool: PoolConfiguration, first: Int) {
    // One replica is chosen whatever it is weighed by.
    policy = pool.replicas > 1 ? pool.routing : .roundRobin
    self.first = first
    isSimple = pool.replicas == 1 && pool.availability == .always
    loads = [Load](repeating: Load(), count: pool.replicas)
    cacheBlocks = pool.cachedHashBlocks
    if policy == .prefix { sent = loads.map { _ in PrefixCache() } }
  }

  /// Whether it must be told the used cache blocks of its replicas, or the chain of a request.
  var needsCacheUse: Bool { policy == .leastCache }
  var needsPrefix: Bool { policy == .prefix }

  /// The replica for a request, counted from the pool's first; nil when none is there.
  ///
  /// - Parameters:
  ///   - usedBlocks: of each replica, when the policy needs it.
  ///   - chain: of the request, likewise.
  mutating func choose(_ request: Request, usedBlocks: [Int], chain: [UInt64]) -> Int? {
    let chosen: Int?
    switch policy {
    case .roundRobin: chosen = least { _ in 0 }
    case .leastRequests: chosen = least { loads[$0].requests }
    case .leastTokens: chosen = least { loads[$0].tokens }
    case .leastCache: chosen = least { usedBlocks[$0] }
    case .session: chosen = sessionReplica(request)
    case .prefix: chosen = prefixReplica(chain)
    }
    guard let chosen else { return nil }
    next = chosen + 1 == loads.count ? 0 : chosen + 1
    loads[chosen].requests += 1
    loads[chosen].tokens += Self.tokens(of: request)
    return chosen
  }

  /// A request has left a replica.
  @inline(__always)
  mutating func left(_ replica: Int, _ request: Request) {
    guard !isSimple else { return }
    loads[replica].requests -= 1
    loads[replica].tokens -= Self.tokens(of: request)
  }

  /// Requests that were sent to replicas and have not left them; zero at the end.
  var unreturned: Int { loads.reduce(0) { $0 + abs($1.requests) + abs($1.tokens) } }

  mutating func stop(_ replica: Int) { loads[replica].outages += 1 }
  mutating func start(_ replica: Int) { loads[replica].outages -= 1 }

  // MARK: Policies

  /// The replica with the least of something, the first of equals from `next` on.
  @inline(__always)
  private func least(_ value: (Int) -> Int) -> Int? {
    var best: Int?
    var lowest = Int.max
    var index = next
    for _ in 0..<loads.count {
      if loads[index].outages == 0 {
        let candidate = value(index)
        if candidate < lowest { (best, lowest) = (index, candidate) }
      }
      index = index + 1 == loads.count ? 0 : index + 1
    }
    return best
  }

  /// The replica of a session, or the next one that is there while it is not.
  private func sessionReplica(_ request: Request) -> Int? {
    guard request.session >= 0 else { return least { _ in 0 } }
    let home = Int(request.session) % loads.count
    return least { ($0 - home + loads.count) % loads.count }
  }

  /// The replica that has been sent the longest part of the chain, unless the pool is lopsided.
  ///
  /// Source of the two thresholds: SGLang's cache-aware router, `balance_abs_threshold` 64 and
  /// `balance_rel_threshold` 1.5.
  private mutating func prefixReplica(_ chain: [UInt64]) -> Int? {
    let requests = loads.filter { $0.outages == 0 }.map(\.requests)
    guard let most = requests.max(), let fewest = requests.min() else { return nil }
    let isLopsided = most - fewest > 64 && Double(most) > 1.5 * Double(fewest)
    var chosen: Int?
    if isLopsided {
      chosen = least { loads[$0].requests }
    } else {
      let matched = sent.indices.map { sent[$0].match(chain).device }
      let longest = matched.max() ?? 0
      chosen = least { loads[$0].requests + (matched[$0] == longest ? 0 : 1 << 32) }
    }
    if let chosen { remember(chain, chosen) }
    return chosen
  }

  private mutating func remember(_ chain: [UInt64], _ replica: Int) {
    let known = sent[replica].match(chain).device
    _ = sent[replica].acquire(chain, known)
    _ = sent[replica].insert(chain, known..<chain.count)
    sent[replica].release(chain, chain.count)
    let excess = sent[replica].deviceBlocks - cacheBlocks
    if excess > 0 { _ = sent[replica].evict(excess) }
  }

  private static func tokens(of request: Request) -> Int {
    Int(request.inputTokens) + Int(request.outputTokens)
  }
}
