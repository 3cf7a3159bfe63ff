import OperatorCosts
import Scenarios
import ServingSimulation
import Testing

/// When an engine looks at a request, as a scenario says it.
@Suite struct EngineTimingKeysTests {
  @Test(arguments: [("vllm@0.11", false), ("vllm", true), ("sglang", true)])
  func anEngineThatHidesItsHostPlansAhead(_ engine: String, _ plansAhead: Bool) throws {
    func pool(_ keys: String) throws -> DeployedPool {
      try #require(SampleScenario.deployment(keys, engine: engine).pools.first)
    }
    let own = try pool("")
    #expect(own.design.host.overlapsAccelerator == plansAhead)
    #expect(own.limits.plansAhead == plansAhead)
    #expect(own.limits.gathering == nil)
    // What a scenario says is true of both.
    let other = try pool("scheduler: {plan_ahead: \(!plansAhead)}")
    #expect(other.design.host.overlapsAccelerator == !plansAhead)
    #expect(other.limits.plansAhead == !plansAhead)
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
