internal import Workloads

/// Chooses the replica for each request, from what a router knows: what it has sent where and what
/// has come back.
///
/// Its replicas are those of one pool, or of all parts of a fleet; then a request goes to one of a
/// part that takes it and can hold it.
struct Router {
  /// Replicas of one kind.
  private struct Part {
    let takes: RequestFilter
    let limit: ContextLimit

    func canServe(_ request: Request) -> Bool {
      takes.takes(request) && limit.fixedBlocks(for: request) != nil
    }
  }

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
  /// Whether it must be told the used cache blocks of its replicas, or the chain of a request.
  let needsCacheUse: Bool
  let needsPrefix: Bool
  /// Whether its replicas are of several kinds, which are full at different numbers of blocks.
  let isFleet: Bool
  private(set) var loads: [Load]
  private let parts: [Part]
  /// By replica, which part it is of; empty where all are alike.
  private let partOf: [Int]
  /// By part, whether it takes the request at hand.
  private var isOpen: [Bool]
  /// The replica after the last one chosen.
  private var next = 0
  /// For prefix affinity: what each replica was sent, as far as its cache could have kept it.
  private var sent: [PrefixCache] = []
  /// By replica.
  private let cacheBlocks: [Int]

  /// - Parameter pools: one, or the parts of a fleet.
  init(_ pools: [PoolConfiguration], first: Int) {
    let count = pools.reduce(0) { $0 + $1.replicas }
    // One replica is chosen whatever it is weighed by.
    policy = count > 1 ? pools[0].routing : .roundRobin
    self.first = first
    isSimple = count == 1 && pools[0].availability == .always
    needsCacheUse = policy == .leastCache
    needsPrefix = policy == .prefix
    isFleet = pools.count > 1
    loads = [Load](repeating: Load(), count: count)
    parts = pools.map { Part(takes: $0.takes, limit: ContextLimit($0)) }
    func byReplica(_ value: (Int) -> Int) -> [Int] {
      pools.indices.flatMap { Array(repeating: value($0), count: pools[$0].replicas) }
    }
    isOpen = parts.map { _ in true }
    partOf = pools.count > 1 ? byReplica { $0 } : []
    cacheBlocks = byReplica { pools[$0].cachedHashBlocks }
    if needsPrefix { sent = loads.map { _ in PrefixCache() } }
  }

  /// Whether any of its replicas could hold a request, and takes it.
  func canServe(_ request: Request) -> Bool {
    parts.contains { $0.canServe(request) }
  }

  /// Whether a request that can never fit is longer than any engine takes.
  func isTooLong(_ request: Request) -> Bool { parts.allSatisfy { $0.limit.isTooLong(request) } }

  /// The replica for a request, counted from the pool's first; nil when none is there.
  ///
  /// - Parameters:
  ///   - usedBlocks: of each replica, when the policy needs it.
  ///   - chain: of the request, likewise.
  mutating func choose(_ request: Request, usedBlocks: [Int], chain: PrefixChain) -> Int? {
    if isFleet {
      for (index, part) in parts.enumerated() { isOpen[index] = part.canServe(request) }
    }
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

  /// Whether a replica is there and takes the request at hand.
  @inline(__always)
  private func isThere(_ replica: Int) -> Bool {
    loads[replica].outages == 0 && (partOf.isEmpty || isOpen[partOf[replica]])
  }

  // MARK: Policies

  /// The replica with the least of something, the first of equals from `next` on.
  @inline(__always)
  private func least(_ value: (Int) -> Int) -> Int? {
    var best: Int?
    var lowest = Int.max
    var index = next
    for _ in 0..<loads.count {
      if isThere(index) {
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
  private mutating func prefixReplica(_ chain: PrefixChain) -> Int? {
    let requests = loads.indices.filter { isThere($0) }.map { loads[$0].requests }
    guard let most = requests.max(), let fewest = requests.min() else { return nil }
    let isLopsided = most - fewest > 64 && Double(most) > 1.5 * Double(fewest)
    var chosen: Int?
    if isLopsided {
      chosen = least { loads[$0].requests }
    } else {
      let matched = sent.indices.map { isThere($0) ? sent[$0].match(chain).device : 0 }
      let longest = matched.max() ?? 0
      chosen = least { loads[$0].requests + (matched[$0] == longest ? 0 : 1 << 32) }
    }
    if let chosen { remember(chain, chosen) }
    return chosen
  }

  private mutating func remember(_ chain: PrefixChain, _ replica: Int) {
    let known = sent[replica].match(chain).device
    _ = sent[replica].acquire(chain, known)
    _ = sent[replica].insert(chain, known..<chain.count)
    sent[replica].release(chain, chain.count)
    let excess = sent[replica].deviceBlocks - cacheBlocks[replica]
    if excess > 0 { _ = sent[replica].evict(excess) }
  }

  private static func tokens(of request: Request) -> Int {
    Int(request.inputTokens) + Int(request.outputTokens)
  }
}
