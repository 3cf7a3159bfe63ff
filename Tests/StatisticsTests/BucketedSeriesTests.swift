import Statistics
import Testing

struct BucketedSeriesTests {
  @Test func bucketsHoldWhatLiesInThem() {
    var series = BucketedSeries()
    series.add(3, from: 512, to: 2048)
    #expect(series.width == 1024)
    #expect(series.integral(of: 0) == 3 * 512)
    #expect(series.integral(of: 1) == 3 * 1024)
    #expect(series.integral(of: 2) == 0)
    #expect(series.maximum(of: 1) == 3)
    #expect(series.maximum(of: 2) == 0)
  }

  /// However often pairs are merged, nothing is lost, and more than half of the buckets are in use.
  @Test(arguments: [300_000.0, 5e6, 7.3e9, 4e17])
  func longSeriesKeepTheirIntegralAndTheirMaximum(end: Double) {
    var series = BucketedSeries()
    var (position, integral) = (0.0, 0.0)
    for piece in 0..<1000 {
      let next = piece == 999 ? end : end * Double(piece + 1) / 1000
      let value = Double(piece % 7)
      series.add(value, from: position, to: next)
      integral += value * (next - position)
      position = next
    }
    #expect(abs(series.integral / integral - 1) < 1e-12)
    let count = Double(BucketedSeries.bucketCount)
    #expect(end <= series.width * count && end > series.width * count / 2)
    let used = series.bucket(at: end * 0.999)
    #expect((0...used).allSatisfy { series.maximum(of: $0) > 0 })
    #expect((0...used).map(series.maximum).max() == 6)
  }

  @Test func pairsAreMergedOnlyWhenTheyMustBe() {
    var series = BucketedSeries()
    series.add(1, from: 0, to: 1024 * 256)
    #expect(series.width == 1024)
    series.reach(1024 * 256 + 1)
    #expect(series.width == 2048)
    #expect(series.integral(of: 127) == 2048)
    #expect(series.integral(of: 128) == 0)
  }
}
