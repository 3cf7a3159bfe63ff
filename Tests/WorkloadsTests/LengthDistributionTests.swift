import Statistics
import Testing
import Workloads

struct LengthDistributionTests {
  private func moments(_ lengths: LengthDistribution) -> (mean: Double, deviation: Double) {
    var random = RandomStream(seed: 1, name: "lengths")
    let values = (0..<50_000).map { _ in Double(lengths.sample(&random)) }
    let mean = values.reduce(0, +) / 50_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 50_000
    return (mean, variance.squareRoot())
  }

  @Test func logNormalHasItsMean() {
    let lengths = LengthDistribution.logNormal(
      mean: 1000, coefficientOfVariation: 1, within: 1...1_000_000)
    guard case .logNormal(let mu, let sigma, _) = lengths else {
      Issue.record("another distribution")
      return
    }
    #expect(abs(sigma - 0.8326) < 0.00005)
    #expect(abs(mu - 6.5612) < 0.00005)
    let (mean, deviation) = moments(lengths)
    #expect(abs(mean - 1000) < 4 * 1000 / 50_000.0.squareRoot())
    #expect(abs(deviation / 1000 - 1) < 0.06)
  }

  @Test func outliersMoveToTheEndsOfTheRange() {
    let lengths = LengthDistribution.logNormal(mu: 5, sigma: 3, within: 100...200)
    var random = RandomStream(seed: 2, name: "lengths")
    let values = (0..<1000).map { _ in lengths.sample(&random) }
    #expect(values.allSatisfy { (100...200).contains($0) })
    #expect(values.contains(100) && values.contains(200))
    let heavy = LengthDistribution.logNormal(mu: 5, sigma: 500, within: 1...Int(Int32.max))
    for _ in 0..<1000 { _ = heavy.sample(&random) }
    #expect(heavy.longest == Int(Int32.max))
  }

  @Test func uniformLengthsAreEven() {
    let (mean, deviation) = moments(.uniform(800...1000))
    #expect(abs(mean - 900) < 4 * deviation / 50_000.0.squareRoot())
    #expect(abs(deviation - 58.02) < 0.5)
  }

  @Test func empiricalLengthsComeWithTheirWeights() {
    let lengths = LengthDistribution.empirical(lengths: [10, 5, 700], cumulative: [0.2, 0.9, 1])
    var random = RandomStream(seed: 3, name: "lengths")
    var counts: [Int: Int] = [:]
    for _ in 0..<50_000 { counts[lengths.sample(&random), default: 0] += 1 }
    #expect(counts.keys.sorted() == [5, 10, 700])
    for (length, share) in [(10, 0.2), (5, 0.7), (700, 0.1)] {
      #expect(abs(Double(counts[length]!) / 50_000 - share) < 0.01)
    }
    #expect(lengths.longest == 700)
  }
}
