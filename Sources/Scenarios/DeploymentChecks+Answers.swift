internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import ServingSimulation
internal import Units
internal import Workloads

// What is asked of models that write nothing, and of prompts that are read for vectors or scores.
extension DeploymentChecks {
  func checkAnswers() {
    if !architecture.writes { checkReadsOnly() }
    if architecture.isEncoder { checkEncoder() }
    let answersNothing = pool.answersNothing(of: scenario.workload)
    guard architecture.isEncoder || answersNothing else { return }
    if pool.speculation != nil {
      refuse(
        "speculation", "nothing is written that could be guessed ahead",
        at: pool.place(of: "speculation"), hint: "leave `\(path(of: "speculation"))` out")
    }
    guard pool.role != .serving else { return }
    refuse(
      "no-answer", "no request is decoded, so pools of their own for prompts and answers are idle",
      at: pool.place, hint: "leave `pools` out")
  }

  private func checkReadsOnly() {
    guard !pool.answersNothing(of: scenario.workload) else { return }
    refuse(
      architecture.isEncoder ? "encoder" : "no-answer",
      "`\(architecture.name)` reads texts and writes none, and the workload asks for answers",
      at: pool.model?.place ?? scenario.model.place,
      notes: writers.isEmpty ? [] : ["classes with answers: \(writers.joined(separator: ", "))"],
      hint: withoutAnswers)
  }

  /// How the same prompts are asked for without answers.
  private var withoutAnswers: String {
    guard let trace = scenario.workload.recorded else {
      let isTyped = scenario.given.contains { $0.hasPrefix("--output ") }
      return isTyped ? "write `--output 0`" : "set `workload.output` to 0"
    }
    // A file of a known format names its columns itself, until somebody else does.
    let columns =
      switch trace.summary.format {
      case .csv, .jsonl: "take `output` out of `columns`"
      default: "name its `columns`, `{time: ..., input: ...}`"
      }
    return "replay its prompts alone: \(columns), and write `output: 0` beside the file"
  }

  /// It sees a text as a whole, so it is never cut, keeps nothing of it, and writes nothing.
  private func checkEncoder() {
    let name = architecture.name
    if hardware.kind == .lpu {
      refuse(
        "encoder", "encoders are priced on GPUs, and `\(hardware.name)` is a dataflow machine",
        at: pool.hardware?.place ?? pool.place)
    }
    for key in ["memory.blocks", "memory.tokens"] where pool.places[key] != nil {
      refuse(
        "encoder", "an encoder keeps no keys and values: `\(name)`", at: pool.place(of: key),
        hint: "leave `\(path(of: key))` out")
    }
    if pool.prefixCache?.isOn == true {
      refuse(
        "prefix-cache", "an encoder keeps nothing that prompts could share: `\(name)`",
        at: pool.place(of: "prefix_cache"), hint: "leave `\(path(of: "prefix_cache"))` out")
    }
    if pool.engine.states("scheduler.policy"), pool.engine.values.policy != .wholePrompts {
      refuse(
        "encoder", "an encoder's prompts are never cut: `\(name)`",
        at: pool.place(of: "scheduler.policy"),
        hint: "leave `\(path(of: "scheduler.policy"))` out")
    }
  }

  private var writers: [String] {
    let classes = scenario.workload.classes
    return classes.count > 1 ? classes.filter { !$0.answersNothing }.map { "`\($0.name)`" } : []
  }

  /// A step must hold the longest text whole.
  func checkWholeTexts(_ budget: Int, context: Int) {
    guard budget < context else { return }
    let place = pool.place(of: "scheduler.token_budget")
    refuse(
      "token-budget",
      "a step of \(NumberText.grouped(budget)) tokens cannot hold a text of "
        + "\(NumberText.grouped(context))",
      at: place, notes: ["an encoder reads a text in one step"],
      hint: "set `\(place.path)` to \(context) or more, or `maximum_context` to \(budget) or less")
  }
}
