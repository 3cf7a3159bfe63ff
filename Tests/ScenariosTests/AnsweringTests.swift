import Diagnostics
import Scenarios
import Testing
import Workloads

/// `answering`: how questions are answered by several calls.
struct AnsweringTests {
  private func workload(_ answering: String, more: String = "") throws -> Workload {
    let text = """
      schema: windtunnel/scenario/1
      model: meta-llama/Llama-3.1-8B
      hardware: h200-sxm
      engine: vllm
      workload:
        requests: 20
        arrivals: {process: poisson, rate: 4 req/s}
        input: 200
        output: 50
        answering: \(answering)
      \(more)
      """
    return try SampleScenario.scenario(text).workload
  }

  private func refusals(_ answering: String, more: String = "") throws -> [String] {
    try SampleScenario.refusals { _ = try workload(answering, more: more) }
  }

  @Test(arguments: [
    ("{strategy: vote, samples: 64}", Strategy.vote(.init(samples: 64))),
    (
      "{strategy: vote, samples: 64, at_once: 8, agreement: 0.6, other_answers: 9}",
      .vote(.init(samples: 64, atOnce: 8, agreement: .init(share: 0.6, others: 9)))
    ),
    (
      "{strategy: best, samples: 16, verdict: 4, instruction: 50}",
      .best(.init(samples: 16, verdict: 4, instruction: 50))
    ),
    ("{strategy: revision, rounds: 3}", .debate(agents: 1, rounds: 3)),
    ("{strategy: debate, agents: 3, rounds: 2}", .debate(agents: 3, rounds: 2)),
    (
      "{strategy: tree, width: 4, branches: 4, depth: 8, verdict: 1}",
      .tree(.init(width: 4, branches: 4, depth: 8, verdict: 1))
    ),
  ])
  func strategyIsRead(answering: String, strategy: Strategy) throws {
    #expect(try workload(answering).classes[0].strategy == strategy)
  }

  @Test func accuracyIsRead() throws {
    let item = try workload("{strategy: vote, samples: 64, accuracy: 0.833}").classes[0]
    #expect(item.accuracy == AccuracyCurve.Reading(share: 0.833, basis: "as the scenario says"))
  }

  /// Of a curve that travels with the program, and of one of the user's own.
  @Test func accuracyIsReadFromCurves() throws {
    let shipped = try workload(
      "{strategy: vote, samples: 64, accuracy: r1-distill-qwen-7b/aime-2024}")
    #expect(shipped.classes[0].accuracy?.share == 0.833)
    let own = try workload(
      "{strategy: vote, samples: 4, accuracy: {against: samples, points: [{at: 1, share: 0.5}, "
        + "{at: 16, share: 0.7}], source: our tickets}}")
    #expect(own.classes[0].accuracy?.share == 0.6)
    #expect(own.classes[0].accuracy?.basis == "our tickets, between 1 and 16")
  }

  @Test func accuracyThatNobodyKnowsIsRefused() throws {
    #expect(
      try refusals("{strategy: vote, samples: 2, accuracy: r1-zero/aime-2025}").first?.contains(
        "hint: did you mean `r1-zero/aime-2024`?") == true)
    #expect(
      try refusals("{strategy: revision, rounds: 2, accuracy: r1-zero/aime-2024}") == [
        """
        error[scenario/no-curve]: a curve against samples says nothing of this strategy
          --> bad.yaml:10:56  workload.answering.accuracy
          note: it is of `vote` or `best`
        hint: give the published share as a number: `accuracy: 0.8`
        """
      ])
    #expect(
      try refusals("{strategy: vote, samples: 1, accuracy: {against: samples, points: []}}") == [
        """
        error[scenario/curve]: a curve needs points in the order of `at`
          --> bad.yaml:10:80  workload.answering.accuracy.points
        """
      ])
  }

  @Test func whatCannotBeIsRefused() throws {
    #expect(
      try refusals("{strategy: vote, samples: 64, other_answers: 9}") == [
        """
        error[scenario/missing-key]: `workload.answering.other_answers` says nothing without \
        `agreement`
          --> bad.yaml:10:59  workload.answering.other_answers
        hint: say how often a sample gives the most common answer: `agreement: 0.6`
        """
      ])
    #expect(
      try refusals("{strategy: tree, width: 100, branches: 100, depth: 10, verdict: 1}") == [
        """
        error[scenario/out-of-range]: a question makes more than 100,000 calls: 200,000
          --> bad.yaml:10:14  workload.answering
        """
      ])
    #expect(
      try refusals("{strategy: vote, samples: 2}", more: "  sessions: {turns: 3}") == [
        """
        error[scenario/two-strategies]: `workload.answering` cannot be given together with \
        `sessions`
          --> bad.yaml:10:14  workload.answering
          note: each turn of a conversation is a request of one call
        hint: leave out one of them
        """
      ])
  }
}
