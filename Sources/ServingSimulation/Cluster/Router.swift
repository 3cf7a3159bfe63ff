internal import Workloads

/// Chooses the replica of one pool for each request, from what a router knows: what it has sent
/// where and what has come back.
struct Router {
  struct Load {
    var requests = 0
    /// Prompt and answer tokens of those.
    var tokens = 0
  }

  private let policy: RoutingPolicy
  /// Position of the pool's first replica among all.
  let first: Int
  private(set) var loads: [Load]
  /// The replica after the last one chosen.
  private var next = 0

  init(_ policy: RoutingPolicy, first: Int, replicas: Int) {
    self.policy = policy
    self.first = first
    loads = [Load](repeating: Load(), count: replicas)
  }

  /// Whether it must be told the used cache blocks of its replicas.
  var needsCacheUse: Bool { policy == .leastCache && loads.count > 1 }

  /// The replica for a request, counted from the pool's first.
  ///
  /// - Parameter usedBlocks: of each replica, when the policy needs it.
  @inline(__always)
  mutating func choose(_ request: Request, usedBlocks: [Int]) -> Int {
    guard loads.count > 1 else { return 0 }
    return chooseAmongMany(request, usedBlocks: usedBlocks)
  }

  private mutating func chooseAmongMany(_ request: Request, usedBlocks: [Int]) -> Int {
    let chosen: Int
    switch policy {
    case .roundRobin: chosen = next
    case .leastRequests: chosen = least { loads[$0].requests }
    case .leastTokens: chosen = least { loads[$0].tokens }
    case .leastCache: chosen = least { usedBlocks[$0] }
    case .session:
      chosen = request.session >= 0 ? Int(request.session) % loads.count : next
    }
    next = chosen + 1 == loads.count ? 0 : chosen + 1
    loads[chosen].requests += 1
    loads[chosen].tokens += Self.tokens(of: request)
    return chosen
  }

  /// A request has left a replica.
  @inline(__always)
  mutating func left(_ replica: Int, _ request: Request) {
    guard loads.count > 1 else { return }
    loads[replica].requests -= 1
    loads[replica].tokens -= Self.tokens(of: request)
  }

  /// The replica with the least of something, the first of equals from `next` on.
  @inline(__always)
  private func least(_ value: (Int) -> Int) -> Int {
    var best = next
    var lowest = value(next)
    var index = next
    for _ in 1..<loads.count {
      index = index + 1 == loads.count ? 0 : index + 1
      let candidate = value(index)
      if candidate < lowest { (best, lowest) = (index, candidate) }
    }
    return best
  }

  private static func tokens(of request: Request) -> Int {
    Int(request.inputTokens) + Int(request.outputTokens)
  }
}
