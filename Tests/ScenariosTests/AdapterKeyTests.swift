import Diagnostics
import OperatorCosts
import Scenarios
import Testing

/// `adapters`, and what is said of rates that cannot be.
struct AdapterKeyTests {
  private func text(_ more: String, hardware: String = "h200-sxm", rate: String = "4 req/s")
    -> String
  {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: \(hardware)
    engine: vllm
    workload:
      requests: 20
      arrivals: {process: poisson, rate: \(rate)}
      input: 200
      output: 50
    \(more)
    """
  }

  private func refusals(_ text: String) throws -> [String] {
    try SampleScenario.refusals(of: text)
  }

  @Test func adaptersTakeMemory() throws {
    let plain = try Deployment(try SampleScenario.scenario(text("")))
    let adapted = try Deployment(
      try SampleScenario.scenario(text("adapters: {rank: 16, count: 100}")))
    #expect(adapted.pools[0].memory.weightBytes > plain.pools[0].memory.weightBytes)
    #expect(adapted.pools[0].memory.blocks < plain.pools[0].memory.blocks)
  }

  @Test func adaptersThatCannotBeAreRefused() throws {
    #expect(
      try refusals(text("adapters: {count: 4}")) == [
        """
        error[scenario/missing-key]: missing key `adapters.rank`
          --> bad.yaml:10:11  adapters
        hint: add for example `rank: 16`
        """
      ])
    #expect(
      try refusals(text("adapters: {rank: 8}\nparallelism: {chips: 576}", hardware: "groq-lpu"))
        .first == """
          error[scenario/adapters]: adapters are priced on GPUs, and `groq-lpu` is a dataflow \
          machine
            --> bad.yaml:10:11  adapters
          hint: leave `adapters` out
          """)
  }

  /// What stands in for it would take a century.
  @Test func rateThatIsAListIsOneProblem() throws {
    let slow = text("", rate: "[2.5 req/s, 6 req/s]")
      .replacing("requests: 20", with: "requests: 900000000")
    let found = try refusals(slow)
    #expect(
      found == [
        """
        error[scenario/wrong-type]: `workload.arrivals.rate` is one rate, and a list
          --> bad.yaml:7:38  workload.arrivals.rate
        hint: rates that follow each other are `process: stages`, `stages: [{rate: 2 req/s, \
        duration: 10 min}, {rate: 6 req/s, duration: 10 min}]`
        """
      ])
  }
}
