import OperatorCosts
import Statistics
import Testing
import Units

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

  /// One run against its steps on their own, with one token a step and with a broken number.
  @Test(arguments: [(1, 1), (5, 12), (2, 7)])
  func whatARunTakesIsWhatItsStepsTake(unitsPerToken: Int, unitsPerStep: Int) {
    var random = RandomStream(seed: 3, name: "use")
    for round in 0..<200 {
      let blockTokens = [1, 2, 16, 64][random.integer(in: 0...3)]
      var (whole, single) = (0.0, 0.0)
      let cached = (0..<random.integer(in: 1...9)).map { _ in random.integer(in: 1...500) }
      func demand() -> BlockDemand {
        var demand = BlockDemand(
          blockTokens: blockTokens, unitsPerToken: unitsPerToken, unitsPerStep: unitsPerStep)
        for units in cached { demand.add(cachedUnits: Int64(units)) }
        return demand
      }
      let steps = Int64(random.integer(in: 2...300))
      var price = StepPrice()
      (price.first, price.growth) = (1_000 + Int64(round), Int64(round % 7))
      var run = Run()
      run.begin(at: FineClock(.zero), steps: steps, price: price)
      var together = demand()
      whole = together.heldFemtoseconds(over: run)
      var alone = demand()
      var taken = 0
      for step in 0..<steps {
        let next = alone.advance(steps: 1)
        let duration = run.elapsed(step + 1) - run.elapsed(step)
        single += (Double(taken) + Double(next) / 2) * Double(duration)
        taken += next
      }
      #expect(abs(whole - single) <= 1e-12 * max(whole, single), "round \(round)")
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
