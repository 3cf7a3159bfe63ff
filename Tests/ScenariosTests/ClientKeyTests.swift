import Diagnostics
import Scenarios
import ServingSimulation
import Testing
import Workloads

/// `priority`, `patience` and `deadline` of a class, and what an engine makes of them.
struct ClientKeyTests {
  private func text(
    _ chat: String, _ more: String = "", engine: String = "vllm", first: String = ""
  ) -> String {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    engine: \(engine)
    workload:
      requests: 20
      arrivals: {process: poisson, rate: 4 req/s}
      classes:
        - {name: chat, share: 1, input: 200, output: 50\(first)}
        - {name: batch, share: 1, input: 200, output: 50\(chat)}
    \(more)
    """
  }

  private func limits(_ text: String) throws -> PriorityOrder? {
    try Deployment(try SampleScenario.scenario(text)).pools[0].limits.priorities
  }

  @Test func classesThatDifferAreOrderedAsTheEngineDoesIt() throws {
    #expect(try limits(text("")) == nil)
    #expect(try limits(text(", priority: 0")) == nil)
    #expect(try limits(text(", priority: 20")) == PriorityOrder(ofClasses: [0, 20]))
    #expect(
      try limits(text(", priority: 20", engine: "sglang"))
        == PriorityOrder(ofClasses: [0, 20], margin: 10))
    #expect(try limits(text(", priority: 20", "scheduler: {order: arrival}")) == nil)
    #expect(
      try limits(text(", priority: 20", "scheduler: {preempts_running: true}"))
        == PriorityOrder(ofClasses: [0, 20], margin: 0))
    #expect(
      try limits(text(", priority: 20", "scheduler: {preempts_running: false}", engine: "sglang"))
        == PriorityOrder(ofClasses: [0, 20]))
  }

  @Test func clientsWaitAsLongAsIsSaid() throws {
    let scenario = try SampleScenario.scenario(
      text(", patience: {distribution: exponential, mean: 8 s}, deadline: 2 min"))
    #expect(
      scenario.workload.classes.map(\.patience) == [
        nil,
        Patience(
          firstToken: .exponential(meanSeconds: 8), deadline: .fixed(seconds: 120)),
      ])
  }

  @Test func whatCannotBeIsRefused() throws {
    let more = ", patience: 3 s, answering: {strategy: vote, samples: 4}"
    #expect(
      try SampleScenario.refusals(of: text(more)) == [
        """
        error[scenario/two-strategies]: `workload.classes.1.patience` cannot be given together \
        with `answering`
          --> bad.yaml:10:65  workload.classes.1.patience
          note: a question whose client goes away would leave some of its calls behind
        hint: leave out one of them
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text(", patience: 3 s, deadline: 3 s")) == [
        """
        error[scenario/out-of-range]: `workload.classes.1.patience` is not below `deadline`, which \
        comes first
          --> bad.yaml:10:65  workload.classes.1.patience
        hint: leave one of them out
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text(", priority: -1, deadline: 0 s")).map {
        String($0.prefix { $0 != "\n" })
      } == [
        "error[scenario/out-of-range]: `workload.classes.1.priority` must be from 0 to 1000000: -1",
        "error[scenario/out-of-range]: `workload.classes.1.deadline` must be from 1 us to "
          + "2,592,000 s: 0 s",
      ])
  }

  @Test func figuresOfClassesAreOfThoseThatThereAre() throws {
    #expect(try SampleScenario.refusals(of: text("", "require: ['ttft.p99@chat < 1 s']")) == [])
    #expect(
      try SampleScenario.refusals(of: text("", "require: ['ttft.p99@chta < 1 s']")) == [
        """
        error[scenario/unknown-class]: no class of the workload has this name: chta
          --> bad.yaml:11:11  require.0
        hint: did you mean `chat`?
        """
      ])
    #expect(
      try SampleScenario.refusals(of: text("", "require: ['mfu@chat > 1 %']")).first?.hasPrefix(
        "error[requirement/unknown-figure]: unknown figure: mfu@chat") == true)
  }
}
