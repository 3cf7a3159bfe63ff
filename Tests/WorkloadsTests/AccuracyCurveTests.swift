import Testing
import Workloads

/// Shares of right answers between, at and beyond the points that somebody published.
struct AccuracyCurveTests {
  private let distill = AccuracyCurve.named("r1-distill-qwen-7b/aime-2024")!

  @Test func pointsAreAsPublished() {
    #expect(distill.reading(at: 1)?.share == 0.555)
    #expect(distill.reading(at: 64)?.share == 0.833)
    #expect(distill.reading(at: 64)?.basis == distill.source)
  }

  /// Eight samples are halfway from one to 64 in their logarithm.
  @Test func betweenPointsTheLogarithmDecides() throws {
    let reading = try #require(distill.reading(at: 8))
    #expect(abs(reading.share - (0.555 + 0.833) / 2) < 1e-12)
    #expect(reading.basis.hasSuffix(", between 1 and 64"))
  }

  @Test func nothingIsKnownBeyondTheEnds() {
    #expect(distill.reading(at: 0.5) == nil)
    #expect(distill.reading(at: 100)?.share == 0.833)
    #expect(distill.reading(at: 100)?.basis.hasSuffix(", as at 64, the most") == true)
  }

  /// a = -ln(1 - 0.159) = 0.1732, b = ln(0.8210 / 0.1732) / ln 250 = 0.2819.
  @Test func coverageGoesThroughItsPoints() throws {
    let curve = try #require(AccuracyCurve.named("deepseek-coder-v2/swe-bench-lite"))
    #expect(curve.reading(at: 1)?.share == 0.159)
    #expect(curve.reading(at: 250)?.share == 0.56)
    let reading = try #require(curve.reading(at: 16))
    // 1 - exp(-0.17316 · 16^0.28186)
    #expect(abs(reading.share - 0.3150) < 0.0005)
  }

  @Test func moreSamplesAreNeverWorse() {
    for (name, curve) in AccuracyCurve.shipped {
      let start = curve.points[0].at
      let shares = (0...40).map { curve.reading(at: start * (1 + Double($0) * 0.2))!.share }
      #expect(shares == shares.sorted(), "\(name)")
      #expect(!curve.source.isEmpty)
    }
  }
}
