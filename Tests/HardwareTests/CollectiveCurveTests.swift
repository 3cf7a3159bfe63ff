import Hardware
import Testing

struct CollectiveCurveTests {
  @Test func workedExample() throws {
    let curve = try #require(try SampleProfile.read().scaleUp.curve(.allReduce, ranks: 8))
    #expect(abs(curve.time(bytes: 0x1p20) - 15.15e-6) < 0.005e-6)
    #expect(abs(curve.time(bytes: 0x1p24) - 80.79e-6) < 0.005e-6)
    #expect(curve.time(bytes: 0) == 3.5e-6)
  }

  @Test func moreBytesNeverTakeLess() throws {
    let curve = try #require(try SampleProfile.read().scaleUp.curve(.allReduce, ranks: 8))
    var previous = 0.0
    for power in 0..<40 {
      let time = curve.time(bytes: Double(1 << power))
      #expect(time >= previous)
      for line in curve.lines {
        #expect(time <= line.latencySeconds + Double(1 << power) / line.bytesPerSecond)
      }
      previous = time
    }
  }

  @Test func curvesAreSortedByRanksAndKeepTheirPoints() throws {
    let scaleUp = try SampleProfile.read().scaleUp
    #expect(scaleUp.curves(.allReduce).map(\.ranks) == [4, 8])
    #expect(scaleUp.curve(.allReduce, ranks: 2) == nil)
    #expect(scaleUp.curves(.allToAll).isEmpty)
    let curve = try #require(scaleUp.curve(.allReduce, ranks: 8))
    #expect(curve.measured.map(\.bytes) == [16384])
    #expect(curve.measured.map(\.seconds) == [3.5e-6])
    #expect(curve.residual == 0.08 && curve.status == .fitted && curve.source == "bench")
  }
}
