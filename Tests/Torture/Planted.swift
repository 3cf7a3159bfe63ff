import Diagnostics
import Foundation
import Outcomes
import Results
import Scenarios
import ServingSimulation

/// Faults that are made on purpose: whoever looks for faults must find every one.
enum Planted {
  static func meet(_ name: String, _ bench: Bench) {
    alarm(2)
    let fault: String?
    switch name {
    case "trap": fatalError("planted")
    case "hang": while true { usleep(1_000) }
    case "silent-refusal": fault = Verdict.fault(of: InvalidInput([]))
    case "empty-result": fault = Verdict.fault(of: "")
    case "no-number": fault = Verdict.fault(of: "a,b\n1,nan\n")
    case "control-character":
      fault = Verdict.fault(of: "x\u{1B}[2J")
    case "workflow-command": fault = Verdict.fault(of: "a\n  ::error file=x::y\n")
    case "broken-law": fault = Verdict.fault(ofLaws: ["law L5 broken"])
    case "modes-differ":
      let (one, other) = (RandomScenario(seed: 1).summary(), RandomScenario(seed: 2).summary())
      fault = Verdict.difference(
        [("steps", Double(one.steps))], [("steps", Double(other.steps) + 0.5)])
    case "reference-differs":
      var expected = ReferenceScheduler(RandomScenario(seed: 2).configuration)
      expected.run()
      fault = ReferenceCheck.difference(RandomScenario(seed: 1).summary(), expected)
    default: fault = nil
    }
    if let fault { print("found: \(fault)") }
    exit(fault == nil ? 0 : 1)
  }
}
