import OperatorCosts
import Statistics
import TestSupport
import Testing
import Units
import Workloads

@testable import ServingSimulation

/// Each routing policy on a tiny example, and the calendar of replicas.
struct RouterTests {
  private func router(_ policy: RoutingPolicy, replicas: Int = 3) -> Router {
    Router([pool(policy, replicas: replicas)], first: 0)
  }

  private func pool(_ policy: RoutingPolicy, replicas: Int) -> PoolConfiguration {
    PoolConfiguration(
      replicas: replicas, model: StepModel(secondsPerStep: 0.001),
      limits: SchedulerLimits(policy: .chunkedPrefill, tokenBudget: 10, maximumSequences: 1),
      capacity: CacheCapacity(totalBlocks: 10, blockTokens: 16), routing: policy,
      prefixCache: PrefixCacheSettings(hashTokens: 16))
  }

  private func request(tokens: Int32 = 2, session: Int32 = -1) -> Request {
    Request(
      index: 0, arrival: .zero, inputTokens: tokens - 1, outputTokens: 1, session: session)
  }

  private func choose(
    _ router: inout Router, tokens: Int32 = 2, session: Int32 = -1, used: [Int] = [],
    chain: [UInt64] = []
  ) -> Int? {
    router.choose(
      request(tokens: tokens, session: session), usedBlocks: used, chain: PrefixChain(chain))
  }

  @Test func roundRobinTakesTurnsAndSkipsWhoIsNotThere() {
    var router = router(.roundRobin)
    #expect((0..<4).map { _ in choose(&router) } == [0, 1, 2, 0])
    router.stop(1)
    #expect((0..<3).map { _ in choose(&router) } == [2, 0, 2])
    router.stop(0)
    router.stop(2)
    #expect(choose(&router) == nil)
    router.start(1)
    #expect(choose(&router) == 1)
  }

  @Test func leastRequestsAndTokensCountWhatHasNotLeft() {
    var requests = router(.leastRequests)
    #expect((0..<3).map { _ in choose(&requests) } == [0, 1, 2])
    requests.left(1, request())
    #expect(choose(&requests) == 1)
    var tokens = router(.leastTokens)
    #expect([10, 2, 5].map { choose(&tokens, tokens: $0) } == [0, 1, 2])
    #expect(choose(&tokens, tokens: 4) == 1)
    #expect(choose(&tokens, tokens: 4) == 2)
    tokens.left(0, request(tokens: 10))
    #expect(choose(&tokens, tokens: 4) == 0)
    #expect(tokens.unreturned == 4 + 2 + 4 + 5 + 4 + 5)
  }

  @Test func leastCacheGoesByTheBlocksInUse() {
    var router = router(.leastCache)
    #expect(choose(&router, used: [3, 1, 2]) == 1)
    #expect(choose(&router, used: [3, 3, 3]) == 2)
  }

  @Test func aSessionHasAHome() {
    var router = router(.session)
    #expect(choose(&router, session: 4) == 1)
    #expect(choose(&router, session: 4) == 1)
    router.stop(1)
    #expect(choose(&router, session: 4) == 2)
    router.start(1)
    #expect(choose(&router, session: 4) == 1)
  }

  @Test func prefixGoesWhereTheLongestPartIs() {
    var router = router(.prefix)
    #expect(choose(&router, chain: [1, 2, 3]) == 0)
    #expect(choose(&router, chain: [9]) == 1)
    #expect(choose(&router, chain: [1, 2, 5]) == 0)
    #expect(choose(&router, chain: [9, 8]) == 1)
    // Seventy requests more on one of them: too lopsided to follow the cache.
    for _ in 0..<70 { _ = choose(&router, chain: [1, 2, 3]) }
    #expect(choose(&router, chain: [1, 2, 3]) != 0)
  }

  @Test func theCalendarIsANaiveMinimum() {
    for count in 1...9 {
      var random = RandomStream(seed: UInt64(count), name: "calendar")
      var calendar = StepCalendar(count: count)
      var naive = [Int64](repeating: .max, count: count)
      for _ in 0..<500 {
        let index = random.integer(in: 0...count - 1)
        let time = random.uniform() < 0.2 ? .max : Int64(random.integer(in: 0...20))
        calendar.set(index, nanoseconds: time)
        naive[index] = time
        #expect(calendar.earliest == naive.min()!)
        #expect(calendar.time(of: index) == time)
        if naive.min()! < .max { #expect(calendar.first == naive.firstIndex(of: naive.min()!)) }
      }
    }
  }

  /// Canaries: what is not given back is seen at the end.
  @Test func aRankThatKeepsSomethingIsCaught() {
    var rank = AttentionRank(pool(.session, replicas: 1))
    #expect(rank.unreturnedBlocks == 0)
    _ = rank.prefixCache!.insert(PrefixChain([1, 2]), 0..<2)
    #expect(rank.unreturnedBlocks == 2)
    rank.prefixCache!.release(PrefixChain([1, 2]), 2)
    #expect(rank.unreturnedBlocks == 0)
    rank.pool.reserve(3)
    #expect(rank.unreturnedBlocks == 3)
    rank.pool.reserve(-3)
    // Ten blocks, and eleven that are idle.
    _ = rank.prefixCache!.insert(PrefixChain(Array(3...11)), 0..<9)
    rank.prefixCache!.release(PrefixChain(Array(3...11)), 9)
    #expect(rank.unreturnedBlocks == 1)
    rank.evictIdle()
    #expect(rank.unreturnedBlocks == 0)
  }
}
