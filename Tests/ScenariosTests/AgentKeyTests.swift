import Diagnostics
import Scenarios
import Testing
import Workloads

/// What `sessions` says of agents.
struct AgentKeyTests {
  private func text(_ keys: String) -> String {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    engine: vllm
    workload:
      requests: 20
      arrivals: {process: closed-loop, clients: 4}
      input: 200
      output: 50
      sessions: {turns: 8, think_time: 3 s\(keys)}
    """
  }

  @Test func keysAreRead() throws {
    let more = ", tools: 3, failures: {share: 0.1, input: 40}, compaction: {at: 5000, summary: 300}"
    let sessions = try SampleScenario.scenario(text(more)).workload.classes[0].sessions
    #expect(sessions?.tools == 3)
    #expect(sessions?.failures == ToolFailures(share: 0.1, input: .fixed(40)))
    #expect(
      sessions?.compaction == Compaction(at: 5_000, instruction: 0, summary: .fixed(300)))
  }

  @Test func whatHasNoEndIsRefused() throws {
    #expect(
      try SampleScenario.refusals(of: text(", failures: {share: 1, input: 40}")) == [
        """
        error[scenario/out-of-range]: `workload.sessions.failures.share` must be from 0 to 0.9: 1
          --> bad.yaml:10:59  workload.sessions.failures.share
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text(", compaction: {at: 500, summary: 500}")) == [
        """
        error[scenario/out-of-range]: a summary of `workload.sessions.compaction` may be as long \
        as what it sums up: 500 of 500 tokens
          --> bad.yaml:10:53  workload.sessions.compaction
        hint: raise `at`, or cut `summary` with a `maximum`
        """
      ])
  }
}
