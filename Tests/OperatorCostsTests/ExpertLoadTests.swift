import ModelArchitecture
import Statistics
import Testing

@testable import OperatorCosts

struct ExpertLoadTests {
  private func load(
    experts: Int = 256, topK: Int = 8, ranks: Int, skew: Double, copies: Int = 0
  ) -> ExpertLoad {
    ExpertLoad(
      MixtureOfExperts(experts: experts, topK: topK, inner: 64),
      layout: ParallelLayout(attentionData: ranks, expert: ranks, redundantExperts: copies),
      routing: .tokenChoice(skew: skew))!
  }

  @Test func popularityWorkedExample() {
    let hits = ExpertPopularity(experts: 4, topK: 2, skew: 2).hits
    for (hit, expected) in zip(hits, [1, 36.0 / 61, 16.0 / 61, 9.0 / 61]) {
      #expect(abs(hit - expected) < 1e-12)
    }
    for skew in [0.0, 0.6, 1.2, 3] {
      let sum = ExpertPopularity(experts: 256, topK: 8, skew: skew).hits.reduce(0, +)
      #expect(abs(sum - 8) < 1e-9)
    }
  }

  @Test func twoRanks() {
    let placement = ExpertPlacement(
      inCheckpointOrder: ExpertPopularity(experts: 2, topK: 1, skew: 0), ranks: 2)
    let pairs = MostLoadedRank(placement, experts: 2).expectedPairs(tokens: 100)
    // The mean distance of 100 coin throws from 50 is 3.98.
    #expect(abs(pairs - 53.98) < 0.03)
  }

  /// Draws experts for every token and looks for the most loaded rank.
  private func drawn(
    _ placement: ExpertPlacement, topK: Int, tokens: Int, batches: Int
  ) -> Double {
    var random = RandomStream(seed: 7, name: "experts")
    var sum = 0
    let slots = placement.ranks.enumerated().flatMap { rank, hits in hits.map { (rank, $0) } }
    for _ in 0..<batches {
      var counts = [Int](repeating: 0, count: placement.ranks.count)
      for _ in 0..<tokens {
        // Systematic sampling in a random order: exactly k of them, each as likely as it should.
        var order = slots
        for index in stride(from: order.count - 1, to: 0, by: -1) {
          order.swapAt(index, random.integer(in: 0...index))
        }
        var next = random.uniform()
        var total = 0.0
        for (rank, hit) in order {
          total += hit
          if total > next {
            counts[rank] += 1
            next += 1
          }
        }
      }
      sum += counts.max()!
    }
    return Double(sum) / Double(batches)
  }

  @Test(arguments: [
    (experts: 64, topK: 4, ranks: 8, skew: 0.0), (64, 4, 8, 0.6), (8, 2, 8, 0.5), (32, 8, 4, 0.3),
    (64, 8, 32, 0.6),
  ])
  func theMostLoadedRankIsAsDrawn(_ row: (experts: Int, topK: Int, ranks: Int, skew: Double)) {
    let popularity = ExpertPopularity(experts: row.experts, topK: row.topK, skew: row.skew)
    let placement = ExpertPlacement(inCheckpointOrder: popularity, ranks: row.ranks)
    let most = MostLoadedRank(placement, experts: row.experts)
    for (tokens, batches) in [(1, 1000), (4, 400), (16, 150), (128, 25)] {
      let drawn = drawn(placement, topK: row.topK, tokens: tokens, batches: batches)
      let expected = min(
        most.expectedPairs(tokens: Double(tokens)), Double(tokens * min(row.topK, row.experts)))
      #expect(abs(expected / drawn - 1) < 0.06, "\(tokens) tokens: \(expected), drawn \(drawn)")
    }
  }

  @Test func theMeasuredSkewHasTheMeasuredImbalance() {
    guard case .tokenChoice(let skew) = ExpertRouting.measured else { return }
    let plain = load(ranks: 32, skew: skew).imbalance(tokens: 4096)
    #expect(abs(plain - 2.56) < 0.1)
    let popularity = ExpertPopularity(experts: 256, topK: 8, skew: skew)
    let loads = ExpertPlacement(inCheckpointOrder: popularity, ranks: 32).ranks.map {
      $0.reduce(0, +) * 4
    }
    let deviation = (loads.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 32).squareRoot()
    #expect(abs(deviation - 0.48) < 0.1)
    let balanced = load(ranks: 36, skew: skew, copies: 32).imbalance(tokens: 4608)
    #expect(balanced > 1.05 && balanced < 1.12)
  }

  @Test func equallyPopularExpertsAreUnevenByChance() {
    let imbalance = load(experts: 64, topK: 4, ranks: 8, skew: 0).imbalance(tokens: 128)
    #expect(abs(imbalance - 1.17) < 0.01)
  }

  @Test func moreTokensAreMoreEven() {
    for skew in [0.0, 0.6] {
      let load = load(ranks: 16, skew: skew)
      var last = Double.infinity
      for tokens in [1.0, 3, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7] {
        let imbalance = load.imbalance(tokens: tokens)
        #expect(
          imbalance <= last * (1 + 1e-12) && imbalance >= 1,
          "\(skew) \(tokens) \(imbalance) \(last)")
        last = imbalance
      }
      #expect(skew > 0 ? last > 1.5 : last < 1.01)
    }
  }

  @Test func copiesOfTheMostUsedBalance() {
    let far = 1e6
    let none = load(ranks: 32, skew: 0.6).imbalance(tokens: far)
    let few = load(ranks: 32, skew: 0.6, copies: 32).imbalance(tokens: far)
    #expect(none > 2)
    #expect(few < 1.05)
    #expect(load(ranks: 32, skew: 0.6, copies: 32).slotsPerRank == 9)
  }

  @Test func distinctExpertsStayWithinThoseHeld() {
    for skew in [0.0, 0.6, 1.5] {
      let load = load(ranks: 16, skew: skew)
      for tokens in [1.0, 10, 100, 1e4] {
        let most = load.distinctExperts(tokens: tokens)
        #expect(most <= 16 && most > 0)
        #expect(most >= load.meanDistinctExperts(tokens: tokens) * 0.9)
      }
      #expect(abs(load.meanDistinctExperts(tokens: 1) - 0.5) < 1e-9)
    }
  }

  @Test func expertsThatChooseAreEven() {
    let load = ExpertLoad(
      MixtureOfExperts(experts: 64, topK: 4, inner: 64),
      layout: ParallelLayout(attentionData: 8, expert: 8), routing: .expertChoice)!
    #expect(load.imbalance(tokens: 1) == 1 && load.imbalance(tokens: 1e5) == 1)
    #expect(load.distinctExperts(tokens: 4) == 2)
    #expect(load.distinctExperts(tokens: 1000) == 8)
  }
}
