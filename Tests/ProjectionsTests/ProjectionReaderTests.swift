import Diagnostics
import Testing

@testable import Projections

@Suite struct ProjectionReaderTests {
  private func problems(_ text: String) throws -> [String] {
    do {
      _ = try ProjectionCatalogue.read(
        text: "schema: windtunnel/projection/1\n" + text, file: "bad.yaml")
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    }
  }

  private let training = """
    training:
      model: Llama-3.1-8B
      hardware: h100-sxm
      mfu: 0.4
      runs: [{name: pretraining, tokens: 1e12}]

    """
  private let serving = "serving: [{scenario: benchmark/chat}]\n"

  @Test func everyShippedProjectionIsRead() throws {
    #expect(ProjectionCatalogue.names.count >= 12)
    for name in ProjectionCatalogue.names {
      let projection = try ProjectionCatalogue.load(nameOrPath: name)
      #expect(projection.name == name)
      #expect(!projection.title.isEmpty, "\(name)")
    }
    #expect(
      try ProjectionCatalogue.load(nameOrPath: "scenarios/projections/sardana-13b.yaml").name
        == "sardana-13b")
  }

  @Test func unknownNameIsToldTheNearest() {
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "projection/unknown", "unknown projection `deepseek-v4`",
          notes: ["known projections: `windtunnel list projections`"],
          hint: "did you mean `deepseek-v3`?"))
    ) { try ProjectionCatalogue.load(nameOrPath: "deepseek-v4") }
  }

  @Test func goodFileHasNoProblems() throws {
    #expect(try problems(training) == [])
    #expect(
      try problems(training + serving + "demand: {tokens_per_day: 1e9}\ntargets: [{ratio: 118}]\n")
        == [])
  }

  @Test func allProblemsAreReportedAtOnce() throws {
    let found = try problems(
      """
      training:
        model: Llama-3.1-8B
        hardware: h101-sxm
        mfu: 1.4
        runs: [{name: pretraining, tokns: 1e12}]
      demand: {growth: -0.5, input: 1e9, tokens_per_day: 1e9}

      """)
    #expect(
      found == [
        """
        error[projection/missing-part]: `demand` needs `serving`
          --> bad.yaml:1:1
          note: what a token takes is what a simulated run finds
        hint: add `serving`, or leave `demand` out
        """,
        """
        error[hardware/unknown-profile]: unknown hardware profile `h101-sxm`
          --> bad.yaml:4:13  training.hardware
          note: known profiles: `windtunnel list hardware`
        hint: did you mean `h100-sxm`?
        """,
        """
        error[projection/out-of-range]: `training.mfu` must be above 0 and at most 1: 1.4
          --> bad.yaml:5:8  training.mfu
        """,
        """
        error[projection/unknown-key]: unknown key `training.runs.0.tokns`
          --> bad.yaml:6:30
        hint: did you mean `tokens`?
        """,
        """
        error[projection/demand]: `demand` says its tokens in one of three ways
          --> bad.yaml:7:9  demand
          note: `input` and `answer`, `tokens_per_day`, or `published`
        hint: keep one of them, for example `tokens_per_day: 776e9`
        """,
        """
        error[projection/growth]: `demand.growth` is a factor a year and must be above zero: -0.5
          --> bad.yaml:7:18  demand.growth
          note: 1 is no growth, 2 doubles every year, 0.5 halves
        hint: for a loss of 50 % a year write `0.500`
        """,
      ])
  }

  @Test func growthBeyondCountingIsRefused() throws {
    #expect(
      try problems(
        training + serving
          + "demand: {tokens_per_day: 1e9, growth: 1000}\nlife: {years: 50}\n") == [
          """
          error[projection/growth]: demand grows beyond counting: by 150 powers of ten in 50 years
            --> bad.yaml:1:1
            note: at most 30 powers of ten in a life
          hint: lower `demand.growth` or `life.years`, or give `demand.ceiling`
          """
        ])
  }

  @Test func projectionThatAsksNothingIsRefused() throws {
    #expect(
      try problems("title: nothing\n") == [
        """
        error[projection/nothing-asked]: the projection asks nothing
          --> bad.yaml:1:1
        hint: give it `training` with `demand`, `allocation`, `data`, `exchange` or `answers`
        """
      ])
  }

  @Test(arguments: [
    (
      "quality: {loss: 2, parameters: 7e9}",
      """
      error[projection/quality]: `allocation.quality` is a loss, or that of a model
        --> bad.yaml:2:23  allocation.quality
      hint: write `{loss: 2.1}`, `{parameters: 13e9}` or `{parameters: 7e9, tokens: 2e12}`
      """
    ),
    (
      "law: chinchilla, quality: {loss: 2}",
      """
      error[projection/unknown-value]: `allocation.law` is not one of the known values: chinchilla
        --> bad.yaml:2:19  allocation.law
        note: known: besiroglu, hoffmann, hoffmann-printed
      hint: set `allocation.law` to `besiroglu`, for example
      """
    ),
  ])
  func allocationThatCannotBeMeantIsRefused(keys: String, message: String) throws {
    #expect(try problems("allocation: {\(keys)}\n") == [message])
  }

  @Test func runHasHoursOnce() throws {
    #expect(
      try problems(
        training.replacing("tokens: 1e12", with: "hours: 5, gpus: 8, time: 2 h")) == [
          """
          error[projection/hours]: `training.runs.0` has `hours`, or both `gpus` and `time`
            --> bad.yaml:6:10  training.runs.0
          hint: leave out one of the two
          """
        ])
  }

  @Test func peakThatAMachineDoesNotHaveIsRefused() throws {
    #expect(
      try problems(training.replacing("  mfu: 0.4", with: "  arithmetic: fp4")) == [
        """
        error[projection/no-peak]: `h100-sxm` has no peak in fp4
          --> bad.yaml:5:15  training.arithmetic
          note: it has bf16, fp8, int8
        hint: set `training.arithmetic` to one of them
        """
      ])
  }

  @Test func publishedVolumeAndMonthAreKnownOnes() throws {
    #expect(
      try problems(
        training + serving + "demand: {published: google-2026-06}\nlife: {begins: 2026}\n") == [
          """
          error[projection/unknown-value]: `demand.published` is not one of the known volumes: \
          google-2026-06
            --> bad.yaml:8:21  demand.published
            note: known: deepseek-2025-02, google-2024-05, google-2025-05, google-2025-07, \
          google-2025-10, google-2026-05, gemini-api-2026-05, openai-api-2025-10, \
          microsoft-2025-03, openrouter-2026-02, together-2025-09
          hint: did you mean `google-2026-05`?
          """,
          """
          error[projection/not-a-month]: `life.begins` must be a month: 2026
            --> bad.yaml:9:16  life.begins
          hint: write for example `2025-01`
          """,
        ])
  }

  @Test func answerIsPricedByAWorkloadThatIsThere() throws {
    #expect(
      try problems(
        serving + "answers: [{name: a, workload: benchmark/chet, prompt: 1, answer: 1}]\n") == [
          """
          error[projection/unknown-workload]: `answers.0.workload` is none of the workloads: \
          benchmark/chet
            --> bad.yaml:3:31  answers.0.workload
            note: known: benchmark/chat
          hint: did you mean `benchmark/chat`?
          """
        ])
  }

  @Test func scenarioKeysAreWrittenAsPathsOrNested() throws {
    let projection = try ProjectionCatalogue.read(
      text: """
        schema: windtunnel/projection/1
        \(training)
        serving:
          - scenario: benchmark/chat
            set: {workload.requests: 10, workload: {arrivals: {rate: 4 req/s}}}
        """, file: "nested.yaml")
    #expect(
      projection.serving[0].overrides.map { "\($0.path.joined(separator: "."))=\($0.value)" }
        == ["workload.requests=10", "workload.arrivals.rate=4 req/s"])
  }

  @Test func demandIsLikeTheTrafficWhereItDoesNotSay() {
    let traffic = TokenMix(input: 30, cached: 10, output: 60)
    let plan = DemandPlan(
      total: 1e9, reasoningShare: 0.5, thinkingMultiplier: 2, growth: 1, ceiling: 1e12)
    let demand = plan.demand(like: traffic)
    #expect(demand.inputPerDay == 0.4e9 && demand.answerPerDay == 0.6e9)
    #expect(demand.cachedShare == 0.25)
    // Half of the answers think two tokens for one.
    #expect(demand.tokensPerDay == TokenMix(input: 0.3e9, cached: 0.1e9, output: 1.2e9))
    #expect(abs((demand.growth.ceiling ?? 0) - 1e12 / 1.6e9) < 1e-9)
  }
}
