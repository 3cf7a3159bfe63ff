internal import Diagnostics
internal import OperatorCosts
internal import ServingSimulation
internal import Units
internal import Workloads

extension DeploymentChecks {
  /// The clock of a step is 64 bits of femtoseconds, 2.5 hours, and sums of its parts must fit.
  private static let longestStepSeconds = 3_600.0
  /// Prompts are taken to be at least this long, so that many short ones are not counted with all
  /// the time that a step takes however little is in it.
  private static let leastChunk = 4_096

  /// Refuses what could make a step that the clock cannot hold.
  ///
  /// A bound and no estimate: as many sequences as may decode at once, as long as the requests get
  /// and the cache allows, and after them the token budget in prompts, each with its whole context.
  func checkStepTime(
    _ design: ReplicaDesign, _ memory: MemoryPlan, _ limits: SchedulerLimits
  ) {
    let longest = max(1, min(scenario.workload.longestRequest, limits.maximumContext ?? .max))
    let sequences = limits.maximumSequences
    let cached = Double(memory.blocks) * Double(memory.blockTokens)
    let context = max(1, Int(min(Double(longest), cached / Double(sequences))))
    let chunk = min(limits.tokenBudget, max(longest, Self.leastChunk))
    let prompts = Double(limits.tokenBudget) / Double(chunk)
    let decoding = StepBreakdown(
      design, shape: StepShape(decodingSequences: sequences, contextPerSequence: context)
    ).acceleratorSeconds
    let prefilling = StepBreakdown(
      design,
      shape: StepShape(
        decodingSequences: 0, contextPerSequence: 0, promptTokens: chunk,
        promptContext: max(0, longest - chunk))
    ).acceleratorSeconds
    let host =
      design.host.secondsPerStep
      + (design.host.secondsPerSequence + design.host.secondsPerPrefill) * Double(sequences)
    let seconds = decoding + prefilling * prompts.rounded(.up) + host
    if seconds <= Self.longestStepSeconds { return }
    func shown(_ seconds: Double) -> String { NumberText.quantity(seconds, .seconds) }
    refuse(
      "step-time",
      "one step can take more than \(NumberText.plain(Self.longestStepSeconds, .seconds)): "
        + shown(seconds),
      at: pool.hardware?.place ?? pool.place,
      notes: [
        "decoding takes up to \(shown(decoding)): \(NumberText.grouped(sequences)) sequences of "
          + "\(NumberText.grouped(context)) tokens",
        "prompts take up to \(shown(prefilling * prompts.rounded(.up))): "
          + "\(NumberText.grouped(limits.tokenBudget)) tokens",
        "the host takes up to \(shown(host))",
      ],
      hint:
        "lower `\(path(of: "scheduler.maximum_sequences"))` or "
        + "`\(path(of: "scheduler.token_budget"))`, or correct the figures that are wrong")
  }
}
