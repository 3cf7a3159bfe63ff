import TestSupport
import Testing

/// Questions that several calls answer, as a user asks them.
struct QuestionCommandTests {
  private func run(_ answering: String, _ options: String...) throws -> Tool.Outcome {
    let text = sampleScenario.replacing(
      "output: 50", with: "output: 50\n  answering: {\(answering)}")
    return try Tool(files: ["ask.yaml": text]).start(["run", "ask.yaml"] + options).wait()
  }

  /// Eight samples of 500 tokens by blocks of 16: 31 blocks are common and 4 tokens each one's own,
  /// and so 496 + 8 * 4 = 528 are computed.
  @Test func samplesComputeTheirPromptOnce() throws {
    let tokens = try run("strategy: vote, samples: 8", "--format", "json").result.results.tokens
    #expect(tokens.input.whole == 20 * 8 * 500)
    #expect(tokens.prefilled.whole == 20 * 528)
    #expect(tokens.cached.whole == 20 * (8 * 500 - 528))
    #expect(tokens.unfinished.input.whole == nil)
  }

  /// What was read is what was cached or computed, of calls that were taken back as of others.
  @Test func tokensOfCallsThatAreTakenBackAreSaid() throws {
    let text = sampleScenario.replacing(
      "output: 50",
      with: """
        output: {distribution: uniform, minimum: 20, maximum: 400}
          answering: {strategy: vote, samples: 16, agreement: 1}
        """)
    let tokens = try Tool(files: ["ask.yaml": text])
      .run("run", "ask.yaml", "--format", "json").result.results.tokens
    let unfinished = tokens.unfinished
    let read = try #require(tokens.input.whole) + #require(unfinished.input.whole)
    let found = try #require(tokens.cached.whole) + #require(unfinished.cached.whole)
    #expect(try read == found + #require(tokens.prefilled.whole))
    #expect(try #require(unfinished.output.whole) > 0)
  }

  @Test func questionsThatAllFailAreRefused() throws {
    let outcome = try run(
      "strategy: debate, agents: 5, rounds: 5", "--set", "maximum_context=1000")
    #expect(outcome.status == 3 && outcome.output.isEmpty)
    #expect(
      outcome.error == """
        error[run/nothing-served]: nothing is served: 100 of 300 requests are longer than the \
        context of 1000 tokens
          --> ask.yaml  workload
        hint: shorten `workload.input` and `workload.output`, or raise `maximum_context`

        """)
  }

  @Test func whatOthersCallAStrategyIsAnswered() throws {
    let outcome = try run("strategy: self-consistency, samples: 8")
    #expect(
      outcome.error == """
        error[scenario/unknown-value]: `workload.answering.strategy` is not one of the known \
        values: self-consistency
          --> ask.yaml:11:25  workload.answering.strategy
          note: known: vote, best, revision, debate, tree, batch
        hint: did you mean `vote`?

        """)
  }

  /// Ids of LLMServingSim stand for sixteen tokens, which a line of Mooncake does not say.
  @Test func convertedIDsSayHowManyTokensTheyStandFor() throws {
    let rows = """
      {"timestamp": 0, "input_length": 40, "output_length": 5, "hash_ids": [1, 2, 3]}
      {"timestamp": 10, "input_length": 48, "output_length": 5, "hash_ids": [1, 2, 4]}

      """
    let tool = try Tool(files: ["rows.jsonl": rows])
    let outcome = try tool.run("trace", "convert", "rows.jsonl", "--block-tokens", "16")
    #expect(outcome.status == 0 && outcome.output == rows)
    #expect(
      outcome.error == """
        note[trace/block-tokens]: an id stands for 16 tokens, which no row says
          --> rows.jsonl
        hint: read them with `--block-tokens 16`, in a scenario `block_tokens: 16`

        """)
  }
}
