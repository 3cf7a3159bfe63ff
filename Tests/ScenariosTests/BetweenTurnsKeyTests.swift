import Diagnostics
import Scenarios
import Testing
import Units
import Workloads

/// What `between_turns` says of conversations' caches.
struct BetweenTurnsKeyTests {
  private func text(
    _ choice: String, sessions: String = "sessions: {turns: 8, think_time: 3 s}", keys: String = "",
    model: String = "meta-llama/Llama-3.1-8B"
  ) -> String {
    """
    schema: windtunnel/scenario/1
    model: \(model)
    hardware: h200-sxm
    engine: vllm
    \(keys)
    workload:
      requests: 20
      arrivals: {process: closed-loop, clients: 4}
      input: 200
      output: 50
      \(sessions)
      between_turns: \(choice)
    """
  }

  @Test func choicesAreRead() throws {
    for (word, choice) in [
      ("kept", BetweenTurns.kept), ("dropped", .dropped), ("offloaded", .offloaded),
      ("{pinned: 30 s}", .pinned(SimDuration(seconds: 30))),
    ] {
      let scenario = try SampleScenario.scenario(
        text(word, keys: "prefix_cache: {host_memory: 100 GB}"))
      #expect(scenario.workload.classes[0].betweenTurns == choice)
      _ = try Deployment(scenario)
    }
  }

  @Test func whatCannotBeHeldIsRefused() throws {
    #expect(
      try SampleScenario.refusals(of: text("pinned")) == [
        """
        error[scenario/no-time]: `workload.between_turns` does not say for how long caches are \
        pinned
          --> bad.yaml:12:18  workload.between_turns
        hint: set it to `{pinned: 30 s}`
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text("dropped", sessions: "")) == [
        """
        error[scenario/no-sessions]: `workload.between_turns` is of conversations, and there are \
        none
          --> bad.yaml:12:18  workload.between_turns
        hint: say `sessions: {turns: 8, think_time: 5 s}` beside it, or leave it out
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text("offloaded")) == [
        """
        error[scenario/between-turns]: caches of conversations are to be `offloaded`, and the host \
        has no room for them
          --> bad.yaml:7:3  workload
        hint: add `--set prefix_cache='{host_memory: 500 GB}'`
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text("{pinned: 1 min}", keys: "prefix_cache: false")) == [
        """
        error[scenario/between-turns]: caches of conversations cannot be held between their turns: \
        prompts find nothing in a cache of `meta-llama/Llama-3.1-8B`
          --> bad.yaml:7:3  workload
        hint: set `prefix_cache` to `true` where the model can share prompts, or `between_turns` \
        to `dropped`
        """
      ])
  }

  @Test func poolsApartAreRefused() throws {
    let pools = "pools: {prefill: {replicas: 1}, decode: {replicas: 1}}"
    #expect(
      try SampleScenario.refusals(of: text("dropped", keys: pools)) == [
        """
        error[scenario/between-turns]: what becomes of caches between turns is simulated where one \
        replica does prompts and answers, and `prefill` hands its requests over
          --> bad.yaml:7:3  workload
        hint: leave `between_turns` out, or `pools`
        """
      ])
  }
}
