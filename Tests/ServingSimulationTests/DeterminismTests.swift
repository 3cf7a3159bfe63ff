import OperatorCosts
import ServingSimulation
import TestSupport
import Testing
import Workloads

struct DeterminismTests {
  @Test func theSameSeedGivesTheSameRun() {
    for seed: UInt64 in 1...20 {
      let first = RandomScenario(seed: seed).summary()
      let second = RandomScenario(seed: seed).summary()
      #expect(first.fingerprint == second.fingerprint)
      #expect(first.records == second.records)
      #expect(first.work == second.work)
    }
  }

  /// A source that drew from anything but its seed would give runs of the same seed such traffic.
  @Test func theFingerprintCatchesAnUnseededSource() {
    var configuration = RandomScenario(seed: 3).configuration
    configuration.workload.arrivals = .poisson(rate: 100)
    configuration.workload.requests = 50
    let prints = (UInt64(0)..<5).map { seed in
      var unseeded = configuration
      unseeded.seed = seed
      let simulation = Simulation(unseeded)
      return simulation.finish().fingerprint.text
    }
    #expect(Set(prints).count == prints.count, "\(prints)")
  }

  @Test func anotherPolicySeesTheSameTraffic() {
    var configuration = RandomScenario(seed: 5).configuration
    configuration.workload.arrivals = .poisson(rate: 100)
    let requests = SchedulingPolicy.allCases.map { policy in
      var changed = configuration
      changed.limits.policy = policy
      let simulation = Simulation(changed)
      return simulation.finish().records.map(\.request).sorted { $0.index < $1.index }
    }
    #expect(requests[0] == requests[1])
  }

  @Test func slicesOfAnyLengthGiveTheSameRun() {
    for seed: UInt64 in 1...20 {
      let scenario = RandomScenario(seed: seed)
      var sliced = Simulation(scenario.configuration)
      var last = 0.0
      while sliced.advance(events: Int(seed)) {
        #expect(sliced.progress >= last && sliced.progress <= 1)
        last = sliced.progress
      }
      #expect(sliced.finish().fingerprint == scenario.summary().fingerprint)
    }
  }
}
