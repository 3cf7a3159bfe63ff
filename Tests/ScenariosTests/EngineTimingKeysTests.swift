import OperatorCosts
import Scenarios
import ServingSimulation
import Testing

/// When an engine looks at a request, as a scenario says it.
@Suite struct EngineTimingKeysTests {
  @Test func anEngineThatHidesItsHostPlansAhead() throws {
    let pool = try #require(SampleScenario.deployment("").pools.first)
    #expect(pool.design.host.overlapsAccelerator && pool.limits.plansAhead)
    #expect(pool.limits.gathering == nil)
    let serial = try #require(
      SampleScenario.deployment("scheduler: {plan_ahead: false}").pools.first)
    #expect(!serial.design.host.overlapsAccelerator && !serial.limits.plansAhead)
  }

  @Test func poolsTakeTheTimingOfTheScenario() throws {
    let pools = try SampleScenario.deployment(
      """
      scheduler:
        policy: whole-prompts
        plan_ahead: false
        gather_prompts: {tokens: 4096, steps: 8}
      pools:
        prefill: {}
        decode: {scheduler: {plan_ahead: true, gather_prompts: {tokens: 9, steps: 1}}}
      """
    ).pools
    #expect(pools.map(\.limits.policy) == [.wholePrompts, .wholePrompts])
    #expect(pools.map(\.limits.plansAhead) == [false, true])
    #expect(
      pools.map(\.limits.gathering) == [
        PromptGathering(tokens: 4096, steps: 8), PromptGathering(tokens: 9, steps: 1),
      ])
  }

  @Test func gatheringNeedsBothItsNumbers() throws {
    let text = SampleScenario.text("scheduler: {gather_prompts: {tokens: 0}}")
    #expect(throws: (any Error).self) { try SampleScenario.scenario(text) }
  }
}
