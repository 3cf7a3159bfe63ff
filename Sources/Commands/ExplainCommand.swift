internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import ModelArchitecture
internal import OperatorCosts
internal import Reports
internal import Scenarios
internal import ServingSimulation
internal import Units
internal import Workloads

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show where the time of one step goes, operator by operator.",
    discussion: """
      A step is one forward pass: every decoding sequence gets one token, and
      prompts are computed in chunks. Nothing is simulated; these are the times
      that the simulation adds up.

      Examples:
        windtunnel explain benchmark/chat --sequences 64 --context 2000
        windtunnel explain benchmark/chat --sequences 0 --prompt 8192
        windtunnel explain r1-gb200-disaggregated --pool decode
      """)

  @OptionGroup var options: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "The pool whose step it is, 'prefill' or 'decode', or the part of a fleet.",
      valueName: "name"))
  var pool: String?

  @Option(
    help: ArgumentHelp(
      "Decoding sequences in the step, 32 unless nothing is written.", valueName: "count"))
  var sequences: Int?

  @Option(help: ArgumentHelp("Context of each of them, in tokens.", valueName: "tokens"))
  var context = 1_024

  @Option(
    help: ArgumentHelp(
      "Tokens of each prompt in the step, none unless nothing is written.", valueName: "tokens"))
  var prompt: Int?

  @Option(help: ArgumentHelp("Prompts in the step, all alike.", valueName: "count"))
  var prompts = 1

  @Option(
    help: ArgumentHelp("Tokens of each prompt computed in earlier steps.", valueName: "tokens"))
  var promptContext = 0

  @OptionGroup var result: ResultOptions

  func validate() throws {
    let limit = 100_000_000
    for (name, value, least) in [
      ("--sequences", sequences ?? 0, 0), ("--context", context, 1), ("--prompt", prompt ?? 0, 0),
      ("--prompt-context", promptContext, 0), ("--prompts", prompts, 1),
    ] where value < least || value > limit {
      throw ValidationError("'\(name)' must be from \(least) to \(limit): \(value)")
    }
    if sequences == 0, prompt ?? 0 == 0 {
      throw ValidationError("a step needs '--sequences' or '--prompt' above zero")
    }
  }

  func run() throws {
    let destination = try result.destination()
    let deployment = try options.deployment()
    try result.checkOutput(apartFrom: deployment.inputFiles)
    let deployed = try chosenPool(of: deployment)
    let shape = try shape(of: deployed, in: deployment.scenario)
    try checkLimits(deployed.limits, shape)
    let report = ExplainReport(deployment, pool: deployed, shape: shape)
    try destination.put(report)
  }

  /// The step that is explained: of prompts as long as the workload's where it writes nothing, and
  /// of decoding otherwise.
  private func shape(of pool: DeployedPool, in scenario: Scenario) throws -> StepShape {
    let workload = scenario.workload
    let architecture = pool.design.architecture
    let reads = pool.scenario.answersNothing(of: workload)
    if architecture.isEncoder {
      for (option, value) in [
        ("--sequences", sequences ?? 0), ("--prompt-context", promptContext),
      ] where value > 0 {
        throw InvalidInput(
          Diagnostic(
            code: "explain/encoder",
            "an encoder reads a text in one step and writes nothing: "
              + "`\(architecture.name)`",
            at: SourceLocation(file: "\(option) \(value)"), hint: "leave `\(option)` out"))
      }
    }
    let length = max(1, Int(workload.meanInput.rounded()))
    var shape = StepShape(
      decodingSequences: sequences ?? (reads ? 0 : 32), contextPerSequence: context,
      promptTokens: prompt ?? (reads ? length : 0), promptContext: promptContext,
      prompts: prompts)
    shape.answersPrompts = !reads
    return shape
  }

  /// The one asked for; of two that are not told apart, the one that decodes.
  private func chosenPool(of deployment: Deployment) throws -> DeployedPool {
    guard let pool else { return deployment.decoding }
    if let found = deployment.pools.first(where: { $0.name == pool }) { return found }
    if deployment.pools.count > 1 {
      let names = deployment.pools.map { "`\($0.name)`" }.joined(separator: ", ")
      throw InvalidInput(
        Diagnostic(
          code: "explain/pool", "no pool has this name: \(pool)",
          at: SourceLocation(file: "--pool \(pool)"), hint: "name one of \(names)"))
    }
    throw InvalidInput(
      Diagnostic(
        code: "explain/pool", "the scenario has one pool and no `\(pool)`",
        at: SourceLocation(file: "--pool \(pool)"), hint: "leave `--pool` out"))
  }

  /// A step that the engine would never make has no place in an explanation.
  private func checkLimits(_ limits: SchedulerLimits, _ shape: StepShape) throws {
    let (sequences, prompt) = (shape.decodingSequences, shape.promptTokens)
    func refuse(_ message: String, _ option: String, _ hint: String) -> InvalidInput {
      InvalidInput(
        Diagnostic(
          code: "explain/step-limit", message, at: SourceLocation(file: option), hint: hint))
    }
    if sequences > limits.maximumSequences {
      throw refuse(
        "the engine decodes at most \(NumberText.grouped(limits.maximumSequences)) sequences in a "
          + "step: \(NumberText.grouped(sequences))",
        "--sequences \(sequences)", "raise `scheduler.maximum_sequences`")
    }
    let tokens = sequences + prompt * prompts
    if tokens > limits.tokenBudget {
      throw refuse(
        "the engine takes at most \(NumberText.grouped(limits.tokenBudget)) tokens in a step: "
          + "\(NumberText.grouped(tokens))",
        "--prompt \(prompt)",
        "raise `scheduler.token_budget`, or give the rest as `--prompt-context`")
    }
    guard let longest = limits.maximumContext else { return }
    for (option, tokens) in [
      ("--context \(context)", sequences > 0 ? context : 0),
      ("--prompt-context \(promptContext)", prompt > 0 ? promptContext + prompt : 0),
    ] where tokens > longest {
      throw refuse(
        "a context has at most \(NumberText.grouped(longest)) tokens: "
          + NumberText.grouped(tokens),
        option, "raise `maximum_context`, if the model can do that")
    }
  }
}
