import OperatorCosts
import Scenarios
import ServingSimulation
import Testing

/// What `diffusion` says of blocks of tokens.
struct DiffusionKeyTests {
  @Test func keysAreRead() throws {
    let deployment = try SampleScenario.deployment(
      "diffusion: {block: 32, tokens_per_pass: 2.5}", engine: "sglang")
    let design = deployment.pools[0].design
    #expect(design.diffusion == BlockDiffusion(block: 32, passes: 12.8))
    #expect(deployment.pools[0].limits.policy == .prefillFirst)
    #expect(!deployment.pools[0].limits.plansAhead)
    #expect(
      try SampleScenario.deployment("diffusion: {block: 4, passes: 3}").pools[0].design.diffusion
        == BlockDiffusion(block: 4, passes: 3))
  }

  @Test(arguments: [
    RefusedScenario(
      testDescription: "no speed", keys: "diffusion: {block: 32}",
      message: """
        error[scenario/missing-key]: `diffusion` does not say in how many passes a block is \
        refined
          --> bad.yaml:5:12  diffusion
        hint: add `passes`, or `tokens_per_pass` as model cards state it: 2.6 of LLaDA2.0-mini
        """),
    RefusedScenario(
      testDescription: "two speeds", keys: "diffusion: {block: 4, passes: 3, tokens_per_pass: 2}",
      message: """
        error[scenario/two-speeds]: `diffusion.tokens_per_pass` and `diffusion.passes` both say \
        how fast a block is refined
          --> bad.yaml:5:51  diffusion.tokens_per_pass
        hint: leave one of them out
        """),
    RefusedScenario(
      testDescription: "more passes than tokens", keys: "diffusion: {block: 4, passes: 6}",
      message: """
        error[scenario/out-of-range]: `diffusion.passes` must be from 1 to 5: 6
          --> bad.yaml:5:31  diffusion.passes
        """),
    RefusedScenario(
      testDescription: "stages",
      keys: """
        parallelism: {pipeline: 2}
        diffusion: {block: 4, passes: 3}
        """,
      message: """
        error[scenario/diffusion]: blocks of tokens are simulated on tensor and expert ranks alone
          --> bad.yaml:6:12  diffusion
        hint: set `parallelism` to `{tensor: 2}`
        """),
    RefusedScenario(
      testDescription: "windows", keys: "diffusion: {block: 4, passes: 3}",
      model: "openai/gpt-oss-20b",
      message: """
        error[scenario/diffusion]: blocks of tokens need attention over all that comes before, in \
        every layer: `openai/gpt-oss-20b` has other layers
          --> bad.yaml:5:12  diffusion
        hint: leave `diffusion` out
        """),
  ])
  func whatIsNotSimulatedIsRefused(scenario: RefusedScenario) throws {
    try scenario.expectRefusal()
  }
}
