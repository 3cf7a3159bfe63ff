import ServingSimulation
import Testing
import Units
import Workloads

@testable import Runs

struct BurstTests {
  /// Work that nobody waits for is late for nobody: its requests are no misses.
  @Test func aBatchMissesNothing() throws {
    var configuration = QueueSample.oneServer(.fixed, load: 0.2, seed: 1)
    configuration.objectives = Objectives(endToEndLatency: SimDuration(seconds: 100))
    var batch = configuration.workload.classes[0]
    batch.share = 0
    configuration.workload.classes.append(batch)
    configuration.workload.batch = BatchWindow(
      classIndex: 1, requests: 1_000_000, inFlight: 1, opens: 0, length: 1e6, period: 1e6)
    let part = try SteadyRun.run(configuration).part
    #expect(part.end.counts.unjudged > part.start.counts.unjudged)
    #expect(part.stretchesWithMisses(of: .attainment) == 0)
    let strict = Int64(QueueSample.seconds * 1e9)
    #expect(part.stretchesWithMisses(of: .share(.endToEnd, atMost: strict)) > 0)
  }
}
