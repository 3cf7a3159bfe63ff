import Statistics
import Testing

@testable import ServingSimulation

struct BlockDemandTests {
  /// Held against sequences that are visited one by one.
  @Test func theRingCountsWhatEachSequenceTakes() {
    for seed: UInt64 in 1...12 {
      var random = RandomStream(seed: seed, name: "demand")
      let blockTokens = [1, 2, 16, 64][random.integer(in: 0...3)]
      var demand = BlockDemand(blockTokens: blockTokens)
      var sequences: [Int] = []
      func taken(_ steps: Int) -> Int {
        sequences.reduce(0) { sum, cached in
          sum + (0..<steps).count { (cached + $0) % blockTokens == 0 }
        }
      }
      for _ in 0..<25 {
        switch random.integer(in: 0...3) {
        case 0, 1:
          sequences.append(random.integer(in: 1...200))
          demand.add(cachedUnits: Int64(sequences.last!))
        case 2 where !sequences.isEmpty:
          let leaving = sequences.remove(at: random.integer(in: 0...sequences.count - 1))
          demand.remove(cachedUnits: Int64(leaving))
        default:
          let steps = random.integer(in: 1...150)
          demand.advance(steps: Int64(steps))
          sequences = sequences.map { $0 + steps }
        }
        #expect(demand.next == taken(1), "seed \(seed)")
        let ahead = random.integer(in: 0...150)
        #expect(demand.blocks(inSteps: Int64(ahead)) == taken(ahead), "seed \(seed)")
        let free = random.integer(in: 0...80)
        let lasts = (1...40).first { taken($0) > free }.map { $0 - 1 } ?? 40
        #expect(demand.steps(within: free, limit: 40) == Int64(lasts), "seed \(seed)")
      }
    }
  }

  @Test func endlessBlocksAreNeverTaken() {
    var demand = BlockDemand(blockTokens: Int(Int32.max))
    demand.add(cachedUnits: 5)
    demand.advance(steps: 1 << 40)
    #expect(demand.next == 0)
    #expect(demand.blocks(inSteps: 1 << 40) == 0)
    #expect(demand.steps(within: 0, limit: 1 << 40) == 1 << 40)
  }
}
