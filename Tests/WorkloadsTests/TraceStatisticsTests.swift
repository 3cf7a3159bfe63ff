import Statistics
import Testing

@testable import Workloads

struct LengthCountsTests {
  @Test func halfLiesBetweenTheTwoInTheMiddle() {
    var counts = LengthCounts()
    for value in [10, 1, 3, 2] { counts.add(value) }
    #expect(counts.quantiles([0, 0.5, 1]) == [1, 2.5, 10])
    #expect(counts.mean == 4 && counts.largest == 10 && counts.count == 4)
  }

  @Test func numbersThatAreLargeCountAsOthersDo() {
    var counts = LengthCounts()
    for value in [5, 300_000, 90_000_000] { counts.add(value) }
    #expect(counts.quantiles([0, 0.25, 0.5, 1]) == [5, 150_002.5, 300_000, 90_000_000])
    #expect(counts.largest == 90_000_000)
  }
}

struct CacheReachTests {
  /// Against a cache that is played: blocks of chains, the one used longest ago evicted.
  @Test(arguments: 1...4)
  func everySizeHoldsWhatItWouldHold(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "reach")
    var chains: [[UInt64]] = []
    var fresh: UInt64 = 0
    for _ in 0..<300 {
      var chain: [UInt64] = []
      if !chains.isEmpty, random.uniform() < 0.7 {
        let parent = chains[random.integer(in: 0...chains.count - 1)]
        chain = Array(parent.prefix(random.integer(in: 0...parent.count)))
      }
      for _ in 0..<random.integer(in: chain.isEmpty ? 1...6 : 0...6) {
        chain.append(fresh)
        fresh += 1
      }
      chains.append(chain)
    }
    let sizes = [1, 3, 10, 40, 200]
    var reach = CacheReach(blockTokens: 4, sizes: sizes)
    for chain in chains {
      reach.add(ids: chain, scope: 0, inputTokens: Int32(chain.count * 4))
    }
    #expect(reach.uniqueBlocks == Int(fresh))
    for (index, size) in (sizes + [.max]).enumerated() {
      #expect(reach.sizes[index].heldBlocks == Self.played(chains, size), "of \(size)")
    }
  }

  private static func played(_ chains: [[UInt64]], _ size: Int) -> Int {
    // Last used first.
    var cache: [UInt64] = []
    var held = 0
    for chain in chains {
      for id in chain {
        guard let depth = cache.firstIndex(of: id), depth < size else { break }
        held += 1
      }
      for id in chain.reversed() {
        cache.removeAll { $0 == id }
        cache.insert(id, at: 0)
      }
    }
    return held
  }

  @Test func endOfALongTraceIsCountedAsItsBeginning() {
    var reach = CacheReach(blockTokens: 16, sizes: [2])
    // Long enough for gaps to be closed several times.
    for round in 0..<20_000 {
      reach.add(ids: [UInt64(round % 2), 7], scope: 0, inputTokens: 20)
    }
    #expect(reach.sizes[0].heldBlocks == 0)
    #expect(reach.sizes[1].heldBlocks == 2 * 19_998)
    #expect(reach.sizes[1].heldTokens == 20 * 19_998)
  }
}

struct TraceStatisticsTests {
  @Test func figuresOfATraceThatIsCountedByHand() throws {
    let trace = try readTrace(
      """
      {"timestamp": 0, "input_length": 1024, "output_length": 10, "hash_ids": [1, 2]}
      {"timestamp": 1000, "input_length": 1025, "output_length": 20, "hash_ids": [1, 2, 3]}
      {"timestamp": 1500, "input_length": 700, "output_length": 30, "hash_ids": [1, 4]}
      {"timestamp": 61000, "input_length": 512, "output_length": 40, "hash_ids": [9]}
      """)
    let statistics = try TraceStatistics(trace, sizes: [1])
    #expect(statistics.requests == 4 && statistics.spanSeconds == 61)
    #expect(statistics.minutes == [3, 1] && statistics.busiestSecond == 2)
    #expect(statistics.output.mean == 25)
    let reach = try #require(statistics.reach)
    // Two blocks, then one, of eight; a cache of one block holds the first block each time.
    #expect(reach.blocks == 8 && reach.uniqueBlocks == 5)
    #expect(reach.sizes.map(\.heldBlocks) == [2, 3])
    #expect(reach.sizes.map(\.heldTokens) == [1024, 1536])
    let gaps = [1, 0.5, 59.5]
    let mean = 61.0 / 3
    let spread = gaps.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    #expect(abs((statistics.gapVariation ?? 0) - spread.squareRoot() / mean) < 1e-12)
  }
}
