import Diagnostics
import OperatorCosts
import Scenarios
import ServingSimulation
import Testing
import Workloads

/// Requests without an answer, and models that write none.
struct EncoderTests {
  private func text(
    _ more: String = "", output: String = "0", model: String = "BAAI/bge-reranker-v2-m3",
    hardware: String = "a100-sxm"
  ) -> String {
    """
    schema: windtunnel/scenario/1
    model: \(model)
    hardware: \(hardware)
    engine: vllm
    workload:
      requests: 20
      arrivals: {process: poisson, rate: 4 req/s}
      input: 200
      output: \(output)
    \(more)
    """
  }

  private func refusals(_ text: String) throws -> [String] {
    try SampleScenario.refusals(of: text)
  }

  /// vLLM and SGLang turn their planning ahead off; a step holds the longest text.
  @Test func encoderIsServedWhole() throws {
    let pool = try Deployment(try SampleScenario.scenario(text())).pools[0]
    #expect(pool.limits.policy == .wholePrompts && pool.limits.tokenBudget == 8192)
    #expect(pool.limits.maximumContext == 8192 && !pool.limits.plansAhead)
    #expect(pool.memory.keepsNothing && pool.prefixCache == nil)
    let short = try Deployment(try SampleScenario.scenario(text("maximum_context: 512"))).pools[0]
    #expect(short.limits.maximumContext == 512 && short.limits.tokenBudget < 8192)
  }

  @Test func decoderThatOnlyReadsIsServedInChunks() throws {
    let scenario = try SampleScenario.scenario(text(model: "Qwen/Qwen3-8B"))
    #expect(scenario.workload.answersNothing)
    let pool = try Deployment(scenario).pools[0]
    #expect(pool.limits.policy == .chunkedPrefill && !pool.memory.keepsNothing)
    #expect(!pool.limits.plansAhead)
    let ahead = try Deployment(
      try SampleScenario.scenario(
        text("scheduler: {plan_ahead: true}", model: "Qwen/Qwen3-8B")))
    #expect(ahead.pools[0].limits.plansAhead)
  }

  @Test func answersOfAnEncoderAreRefused() throws {
    #expect(
      try refusals(text(output: "50")) == [
        """
        error[scenario/encoder]: `BAAI/bge-reranker-v2-m3` reads texts and writes none, and the \
        workload asks for answers
          --> bad.yaml:2:8  model
        hint: set `workload.output` to 0
        """
      ])
  }

  /// What was typed is what can be typed anew.
  @Test func theHintNamesTheOptionThatWasTyped() throws {
    var scenario = try SampleScenario.scenario(text(output: "50"))
    scenario.given = ["--input 300", "--output 50"]
    let refusal = try #require(throws: InvalidInput.self) { try Deployment(scenario) }
    #expect(refusal.diagnostics.map(\.hint) == ["write `--output 0`"])
  }

  @Test func whatAnEncoderCannotDoIsRefusedAtOnce() throws {
    let more = """
      speculation: {method: lookup, acceptance: [0.5]}
      memory: {blocks: 1000}
      prefix_cache: true
      scheduler: {policy: chunked-prefill, token_budget: 4096}
      """
    #expect(
      try refusals(text(more)) == [
        """
        error[scenario/encoder]: an encoder keeps no keys and values: `BAAI/bge-reranker-v2-m3`
          --> bad.yaml:11:18  memory.blocks
        hint: leave `memory.blocks` out
        """,
        """
        error[scenario/prefix-cache]: an encoder keeps nothing that prompts could share: \
        `BAAI/bge-reranker-v2-m3`
          --> bad.yaml:12:15  prefix_cache
        hint: leave `prefix_cache` out
        """,
        """
        error[scenario/encoder]: an encoder's prompts are never cut: `BAAI/bge-reranker-v2-m3`
          --> bad.yaml:13:21  scheduler.policy
        hint: leave `scheduler.policy` out
        """,
        """
        error[scenario/speculation]: nothing is written that could be guessed ahead
          --> bad.yaml:10:14  speculation
        hint: leave `speculation` out
        """,
        """
        error[scenario/token-budget]: a step of 4096 tokens cannot hold a text of 8192
          --> bad.yaml:13:52  scheduler.token_budget
          note: an encoder reads a text in one step
        hint: set `scheduler.token_budget` to 8192 or more, or `maximum_context` to 4096 or less
        """,
      ])
  }

  @Test func poolsOfTheirOwnAreRefused() throws {
    let pools = "pools: {prefill: {replicas: 1}, decode: {replicas: 1}}"
    #expect(
      try refusals(text(pools, model: "Qwen/Qwen3-8B")).first == """
        error[scenario/no-answer]: no request is decoded, so pools of their own for prompts and \
        answers are idle
          --> bad.yaml:10:18  pools.prefill
        hint: leave `pools` out
        """)
  }

  @Test func tokensThatNobodyWritesHaveNoObjectives() throws {
    #expect(
      try refusals(text("objectives: {ttft: 1 s, e2e: 2 s}")) == [
        """
        error[scenario/no-answer]: `objectives.ttft` is of tokens, and no request writes any
          --> bad.yaml:10:20  objectives.ttft
        hint: set `objectives.e2e` instead
        """
      ])
  }

  @Test func thoughtsAndVotesNeedAnAnswer() throws {
    let thinking = text().replacing("output: 0", with: "output: 0\n  thinking: 100")
    #expect(
      try refusals(thinking) == [
        """
        error[scenario/no-answer]: `workload.thinking` is of no use to a request without an answer
          --> bad.yaml:10:13  workload.thinking
        hint: leave it out, or set `output` to 1 or more
        """
      ])
    let vote = text().replacing(
      "output: 0", with: "output: 0\n  answering: {strategy: vote, samples: 4}")
    #expect(
      try refusals(vote) == [
        """
        error[scenario/no-answer]: a question without an answer is not answered by `vote`
          --> bad.yaml:10:14  workload.answering
        hint: set `output` to 1 or more, or `strategy` to `batch`
        """
      ])
  }

  @Test func documentsOfAQueryAreRead() throws {
    let batch = text().replacing(
      "output: 0", with: "output: 0\n  answering: {strategy: batch, texts: 23, text: 480}")
    let item = try SampleScenario.scenario(batch).workload.classes[0]
    #expect(item.strategy == .batch(.init(texts: 23, text: .fixed(480))))
    #expect(item.answersNothing)
  }
}
