import Foundation
import TestSupport
import Testing

/// What is said about keys for shared texts, conversations and stated shares.
@Suite struct SharingInputTests {
  static let cases: [BadInputTests.Case] = [
    BadInputTests.Case(
      testDescription: "unknown key of a shared text",
      replace: ("input: 500", "input: 500\n  shared_prefix: {tokens: 9, variant: 3}"),
      message: """
        error[scenario/unknown-key]: unknown key `workload.shared_prefix.variant`
          --> bad.yaml:10:30
        hint: did you mean `variants`?

        """),
    BadInputTests.Case(
      testDescription: "compared in blocks that cache blocks do not divide",
      replace: (
        "workload:",
        "prefix_cache: {block_tokens: 24}\nworkload:\n  shared_prefix: {tokens: 9, variants: 3}"
      ),
      message: """
        error[scenario/prefix-blocks]: prompts are compared in blocks of 24 tokens, which cache \
        blocks of 16 do not divide
          --> bad.yaml:6:30  prefix_cache.block_tokens
        hint: set `memory.block_tokens` to a divisor of 24, or `prefix_cache` to `false`

        """),
    BadInputTests.Case(
      testDescription: "a shared text without length",
      replace: ("input: 500", "input: 500\n  shared_prefix: {variants: 0, popularity: -1}"),
      message: """
        error[scenario/missing-key]: missing key `workload.shared_prefix.tokens`
          --> bad.yaml:10:18  workload.shared_prefix
        hint: add for example `tokens: 1000`

        error[scenario/out-of-range]: `workload.shared_prefix.variants` must be from 1 to \
        1000000: 0
          --> bad.yaml:10:29  workload.shared_prefix.variants
        hint: set `workload.shared_prefix.variants` to 1

        error[scenario/out-of-range]: `workload.shared_prefix.popularity` must be from 0 to 10: -1
          --> bad.yaml:10:44  workload.shared_prefix.popularity

        error: 3 problems in bad.yaml

        """),
    BadInputTests.Case(
      testDescription: "turns out of range, think time without unit",
      replace: ("input: 500", "input: 500\n  sessions: {turns: 0, think_time: 30}"),
      message: """
        error[scenario/out-of-range]: `workload.sessions.turns` must be from 1 to 10000: 0
          --> bad.yaml:10:21  workload.sessions.turns
        hint: set `workload.sessions.turns` to 1

        error[scenario/missing-unit]: `workload.sessions.think_time` needs a unit: 30
          --> bad.yaml:10:36  workload.sessions.think_time
        hint: write for example `30 s`; accepted units: `s`, `ms`, `us`, `ns`, `min` or `h`

        error: 2 problems in bad.yaml

        """),
    BadInputTests.Case(
      testDescription: "unknown distribution of think times",
      replace: (
        "input: 500",
        "input: 500\n  sessions: {turns: 5, think_time: {distribution: exponental, mean: 9 s}}"
      ),
      message: """
        error[scenario/unknown-value]: `workload.sessions.think_time.distribution` is not one of \
        the known values: exponental
          --> bad.yaml:10:51  workload.sessions.think_time.distribution
          note: known: exponential, lognormal
        hint: did you mean `exponential`?

        """),
    BadInputTests.Case(
      testDescription: "a conversation longer than simulated time",
      replace: ("input: 500", "input: 500\n  sessions: {turns: 10000, think_time: 720 h}"),
      message: """
        error[scenario/too-long]: a conversation may take more than 100 years: 821
          --> bad.yaml:10:13  workload.sessions
        hint: lower `workload.sessions.turns` or `workload.sessions.think_time`

        """),
    BadInputTests.Case(
      testDescription: "a stated share above one",
      replace: ("input: 500", "input: 500\n  cached_share: 56.3"),
      message: """
        error[scenario/out-of-range]: `workload.cached_share` must be from 0 to 1: 56.3
          --> bad.yaml:10:17  workload.cached_share

        """),
    BadInputTests.Case(
      testDescription: "a stated share beside a cache",
      replace: ("input: 500", "input: 500\n  cached_share: 0.5\n  sessions: {turns: 2}"),
      message: """
        error[scenario/two-caches]: `workload.cached_share` cannot be given together with \
        `sessions`
          --> bad.yaml:10:17  workload.cached_share
          note: a stated share is taken as it is; the other one is looked up in the cache
        hint: leave out one of them

        """),
  ]

  @Test(arguments: cases)
  func scenarioIsRefused(bad: BadInputTests.Case) throws {
    let text = sampleScenario.replacingOccurrences(of: bad.replace.0, with: bad.replace.1)
    #expect(text != sampleScenario)
    let outcome = try Tool(files: ["bad.yaml": text]).run("check", "bad.yaml")
    #expect(outcome == Tool.Outcome(output: "", error: bad.message, status: 4))
  }

  private static let mooncake =
    sampleScenario.components(separatedBy: "workload:")[0] + """
      workload:
        arrivals: {process: trace, format: mooncake, file: trace.jsonl}

      """
  private static let line =
    #"{"timestamp": 0, "input_length": 600, "output_length": 5, "hash_ids": [0, 1]}"#

  @Test func aTraceWithIDsHasNoStatedShare() throws {
    let tool = try Tool(files: [
      "bad.yaml": Self.mooncake + "  cached_share: 0.4\n", "trace.jsonl": Self.line,
    ])
    #expect(
      try tool.run("check", "bad.yaml")
        == Tool.Outcome(
          output: "",
          error: """
            error[scenario/two-caches]: `workload.cached_share` cannot be given with a trace that \
            has block ids
              --> bad.yaml:8:17  workload.cached_share
              note: a stated share is taken as it is; the ids are looked up in the cache
            hint: leave it out

            """, status: 4))
  }

  @Test func aTraceOfAnotherKindIsRefused() throws {
    let tool = try Tool(files: [
      "bad.yaml": Self.mooncake, "trace.jsonl": "TIMESTAMP,ContextTokens,GeneratedTokens\n",
    ])
    let outcome = try tool.run("run", "bad.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[trace/json]: line is not a JSON object of a Mooncake trace: column 1
              --> trace.jsonl:1
            hint: expected for example `{"timestamp": 0, "input_length": 600, "output_length": 50, \
            "hash_ids": [0, 1]}`

            """, status: 4))
  }

  @Test func allKeysAreAccepted() throws {
    let classes = """
      classes:
          - {name: stated, share: 1, input: 900, output: 9, cached_share: 0.563}
          - name: documents
            share: 2
            input: 50
            output: 20
            shared_prefix: {tokens: {distribution: uniform, minimum: 100, maximum: 900}, \
      variants: 20, popularity: 1.1}
          - name: chat
            share: 1
            input: 50
            output: 20
            shared_prefix: {tokens: 400}
            sessions:
              turns: {distribution: lognormal, mean: 4, cv: 1}
              think_time: {distribution: lognormal, mean: 60 s, cv: 2}
      """
    let text = sampleScenario.components(separatedBy: "  input:")[0] + "  " + classes + "\n"
    let tool = try Tool(files: [
      "good.yaml": text, "trace.yaml": Self.mooncake, "trace.jsonl": Self.line,
    ])
    for file in ["good.yaml", "trace.yaml"] {
      let outcome = try tool.run("run", file, "--set", "workload.judge=whole")
      #expect(outcome.error == "" && outcome.status == 0)
    }
  }
}
