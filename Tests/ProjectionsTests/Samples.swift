import Diagnostics
import Hardware
import ModelArchitecture
import OperatorCosts

@testable import Projections

/// Figures with round numbers.
enum Samples {
  static let model = "Llama-3.1-8B"

  static func work(parameters: Double = 8e9) throws -> TokenWork {
    TokenWork(try ModelCatalogue.load(nameOrPath: model), activeParameters: parameters)
  }

  /// A million prompt tokens in one hour, a million output tokens in four, at 2 dollars and 3.6 MJ.
  static func figures(
    spread: Spread = .none, price: Spread = .none, parameters: Double = 8e9
  ) throws -> ServingFigures {
    ServingFigures(
      name: "chat", scenario: "chat", model: model, machine: "sample", accelerators: 1,
      tokens: TokenMix(input: 1e6, cached: 0, output: 1e6), inputHours: 1, outputHours: 4,
      inputDollars: 2, outputDollars: 8, joules: 5 * 3.6e6,
      work: try work(parameters: parameters), inputAttentionPerToken: 0,
      outputAttentionPerToken: 0, timeSpread: spread, priceSpread: price,
      secondsPerOutputToken: 0.01, secondsToFirstToken: 0.5, cacheBytesPerToken: 131_072)
  }

  static func plan(
    runs: [TrainingRun], parameters: Double = 8e9, utilization: Ranged? = Ranged(0.4),
    attention: Bool = false, hardware: String = "h100-sxm", price: Ranged? = Ranged(2),
    lost: Double = 0, failed: Double = 0, experiments: Double = 0
  ) throws -> TrainingPlan {
    let machine = try HardwareCatalogue.load(nameOrPath: hardware)
    return TrainingPlan(
      model: model, work: try work(parameters: parameters), hardware: machine,
      peakFLOPsPerSecond: machine.accelerator.peak[.bf16]?.value ?? 1, arithmetic: .bf16,
      dollarsPerHour: price, priceSource: "a test", utilization: utilization,
      countsAttention: attention, runs: runs, lostTime: lost, failedRuns: failed,
      experiments: experiments, published: nil)
  }

  static func run(
    _ name: String = "pretraining", tokens: Double? = nil, epochs: Double = 1,
    hours: Double? = nil, rollouts: Rollouts? = nil
  ) -> TrainingRun {
    TrainingRun(
      name: name, tokens: tokens, epochs: epochs, sequenceTokens: 4_096, hours: hours,
      utilization: nil, rollouts: rollouts)
  }

  /// - Parameter trained: training tokens.
  static func lifetime(
    trained: Double = 1e12, input: Double = 1e9, answer: Double = 1e9, growth: Double = 1,
    ceiling: Double? = nil, years: Double = 1, reasoning: Double = 0
  ) throws -> Lifetime {
    let bill = try TrainingBill(plan(runs: [run(tokens: trained)]), serving: nil)
    return Lifetime(
      training: bill.total, trainingTokens: bill.trainingTokens,
      serving: [(share: 1, figures: try figures())],
      demand: Demand(
        inputPerDay: input, answerPerDay: answer, reasoningShare: reasoning,
        growth: GrowthCurve(perYear: growth, ceiling: ceiling)),
      years: years, countsAttention: false)
  }
}
