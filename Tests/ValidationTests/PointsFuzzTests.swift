import Diagnostics
import Scenarios
import Statistics
import Testing

@testable import Validation

/// Files that nobody would write: they are read or refused, and never end the program.
struct PointsFuzzTests {
  private static let pieces = [
    "\"", ",", "\n", "\r", "-1", "0", "1e308", "nan", "INF", "999999999999999999999", "{", "#",
    ": ", "\u{0}", "ä", "uniform-0.8-1.0", "open", "offline", "disaggregated", "mtp", "  ", "'",
    "4096", "1024", "&a", "*a", "!!int", "fp8", "nvfp4", "/", "..", "B", "1000000",
  ]

  /// The sample with some of its cells or bytes exchanged.
  private func text(_ random: inout RandomStream) -> String {
    func below(_ limit: Int) -> Int { Int(random.uniform() * Double(limit)) }
    var changes: [String: String] = [:]
    for _ in 0..<(1 + below(3)) {
      changes[PointColumns.names[below(PointColumns.names.count)]] =
        Self.pieces[below(Self.pieces.count)]
    }
    var bytes = Array(SamplePoints.text([changes, ["id": "P-2"]]).utf8)
    if random.uniform() < 0.3 { bytes.remove(at: below(bytes.count)) }
    if random.uniform() < 0.3 {
      bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)].utf8, at: below(bytes.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func anyFileIsReadOrRefused() throws {
    var random = RandomStream(seed: 7, name: "points")
    var counts = (read: 0, refused: 0, simulated: 0)
    for _ in 0..<200 {
      let text = text(&random)
      do {
        let file = try PointsFile(CSVTable(text, file: "p.csv"))
        counts.read += 1
        let small = file.points.filter {
          ($0.requests ?? 10 * ($0.concurrency ?? 1)) < 100 && $0.outputTokens < 100
        }
        for point in PredictionRun(of: small, from: .builtIn).predict(
          small, jobs: 1, stages: { _ in [.fullyCalibrated] })
        {
          #expect(point.isRefused == (point.prediction == nil), "\(text)")
          #expect(point.prediction?.brokenLaws ?? [] == [], "\(text)")
          if !point.isRefused { counts.simulated += 1 }
        }
      } catch let error as InvalidInput {
        counts.refused += 1
        #expect(!error.diagnostics.isEmpty, "\(text)")
      }
    }
    #expect(counts.read > 25 && counts.refused > 25 && counts.simulated > 25, "\(counts)")
  }
}
