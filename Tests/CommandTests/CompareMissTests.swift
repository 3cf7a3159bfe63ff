import Foundation
import Documents
import TestSupport
import Testing

struct CompareMissTests {
  /// One L40S reads 16 GB of weights 50 times a second at most.
  @Test func aMachineThatMissesTheLevelIsComparedWithNothing() throws {
    let outcome = try Tool(files: ["sample.yaml": sampleScenario]).run(
      "compare", "sample.yaml", "--hardware", "l40s,h100-sxm", "--at", "250tok/s/user",
      "--format", "json")
    #expect(outcome.status == 0, "\(outcome.error)")
    let report = try JSONDecoder().decode(CompareReport.self, from: Data(outcome.output.utf8))
    #expect(Set(report.machines.map(\.verdict)) == [.holds, .misses])
    #expect(report.machines.allSatisfy { $0.choice != nil })
    #expect(report.machines.allSatisfy { $0.priceRatio == nil && $0.rateRatio == nil })
  }
}
