import Diagnostics
import Documents
import Foundation
import Outcomes
import Reports
import Requirements
import Results
import Runs
import Scenarios
import ServingSimulation

/// A scenario's file, through all of the program but its command line, in both modes.
enum ScenarioCheck {
  /// Longer than any of these scenarios takes unless a broken file has made it large [s].
  private static let patience = 3.0

  static func fault(_ text: String, on bench: Bench) -> String? {
    do {
      let scenario = try ScenarioCatalogue.read(text: text, file: "case.yaml")
      return try fault(try Deployment(scenario, from: Catalogues.shared), on: bench)
    } catch {
      bench.count("refused")
      return Verdict.fault(of: error)
    }
  }

  /// - Throws: what the program refuses it with.
  static func fault(_ deployment: Deployment, on bench: Bench) throws -> String? {
    guard let fast = try outcome(deployment, .fastForward, bench) else { return nil }
    if let fault = Verdict.fault(ofLaws: fast.brokenLaws) { return fault }
    // Forms are written from the same document: one of them a case.
    let forms = ReportForm.allCases
    let form = forms[fast.summary.counts.ended.hashed % forms.count]
    if fast.summary.counts.ended % 4 == 0 {
      let report = RunFindings(RunReport(fast, mode: .fastForward))
      if let fault = Verdict.fault(of: try report.text(form)) { return "\(form) \(fault)" }
    }
    guard let slow = try outcome(deployment, .stepwise, bench) else { return nil }
    bench.count("agreed")
    return Verdict.fault(ofLaws: slow.brokenLaws)
      ?? Verdict.difference(figures(fast), figures(slow))
  }

  /// Nil when nothing is served, or not within the patience.
  private static func outcome(
    _ deployment: Deployment, _ mode: SimulationConfiguration.Mode, _ bench: Bench
  ) throws -> Outcome? {
    let end = Date(timeIntervalSinceNow: patience)
    let question = OutcomeQuestion(mode: mode, hasCapacity: false)
    do throws(RunFailure) {
      return try Outcome.simulate(
        deployment, question,
        RunWatch(isCancelled: { Date() > end }, mostPresent: 1_000_000))
    } catch {
      bench.count("unserved")
      return nil
    }
  }

  private static func figures(_ outcome: Outcome) -> [(String, Double?)] {
    let results = RunResults(outcome)
    return RunFigures.all.map { ($0.path, $0.measured(results)) }
      + [("steps", Double(results.steps))]
  }
}

extension Int64 {
  fileprivate var hashed: Int { Int(truncatingIfNeeded: (self &* 0x9e37_79b9) >> 8 & 0xFFFF) }
}

extension Catalogues {
  /// Profiles that were read once.
  static let shared = Catalogues.builtIn.preloading(
    models: Set(
      Inventory.models + ["meta-llama/Llama-2-70b-hf", "meta-llama/Llama-3.3-70B-Instruct"]),
    hardware: Set(Inventory.machines + ["groq-lpu", "groq-3-lpx"]),
    engines: Set(Inventory.engines + ["groq"]))
}
