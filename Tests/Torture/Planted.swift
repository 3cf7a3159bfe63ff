import Diagnostics
import Foundation
import OperatorCosts
import ServingSimulation
import Workloads

/// Faults that are made on purpose: whoever looks for faults must find every one.
///
/// Those of a simulation are small: a nanosecond, a request, a place in the batch.
enum Planted {
  static func meet(_ name: String, _ bench: Bench) {
    Limit.start(seconds: 2)
    if let fault = fault(name) {
      print("found: \(fault)")
      exit(1)
    }
    exit(0)
  }

  private static func fault(_ name: String) -> String? {
    switch name {
    case "trap": fatalError("planted")
    case "hang": while true {}
    case "silent-refusal": return CommandCheck.fault(4, "", "")
    case "no-number": return Verdict.fault(of: "throughput,cost\n12.5,nan\n")
    case "control-character": return CommandCheck.fault(4, "", "error: no file x\u{1B}[2J")
    case "workflow-command": return Verdict.fault(of: "a\n  ::error file=x::y\n")
    case "broken-law":
      // One that should have come and has not.
      var configuration = cluster.configuration
      configuration.workload.requests += 1
      return RandomCluster.summary(cluster.configuration, .fastForward)
        .flatMap { Verdict.fault(ofLaws: ClusterLaws.broken($0, configuration)) }
    case "modes-differ":
      return modes {
        $0.pools[0].frontEnd = FrontEnd(
          secondsPerRequest: 1e-9, secondsPerPromptToken: 0, delaySeconds: 0)
      }
    case "lost-request":
      return modes { $0.workload.requests -= 1 }
    case "reference-differs":
      let scenario = RandomScenario(seed: 1)
      var expected = ReferenceScheduler(scenario.configuration)
      expected.run()
      var changed = scenario.configuration
      changed.pools[0].limits.maximumSequences -= 1
      return ReferenceCheck.difference(Simulation(changed).finish(), expected)
    default:
      return modes { _ in }
    }
  }

  private static let cluster = RandomCluster(seed: 3)

  /// What is found in a cluster's run when the other mode simulates something else.
  private static func modes(_ change: (inout SimulationConfiguration) -> Void) -> String? {
    var changed = cluster.configuration
    change(&changed)
    guard let fast = RandomCluster.summary(cluster.configuration, .fastForward),
      let slow = RandomCluster.summary(changed, .stepwise)
    else { return nil }
    return ModesCheck.fault(fast, slow, changed)
  }
}
