import Diagnostics
import OperatorCosts
import Scenarios
import ServingSimulation
import Statistics
import TestSupport
import Testing
import Workloads

/// `media` and `media_encoder`, and what they do to a request.
struct MediaKeyTests {
  private func text(_ media: String, encoder: String = "") -> String {
    """
    schema: windtunnel/scenario/1
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    engine: vllm
    workload:
      requests: 20
      arrivals: {process: closed-loop, clients: 1}
      input: 200
      output: 50
      \(media)
    \(encoder)
    """
  }

  private let tower =
    "media_encoder: {parameters: 6.68e8, layers: 32, width: 1280, patches_per_token: 4}"

  private func run(_ text: String) throws -> RunSummary {
    let deployment = try Deployment(try SampleScenario.scenario(text))
    return Simulation(deployment.configuration()).finish()
  }

  @Test func imagesAreTokensAndTheirEncodersTime() throws {
    let images = try run(text("media: {items: 2, tokens: 500}", encoder: tower))
    let words = try run(text("").replacing("input: 200", with: "input: 1200"))
    #expect(images.inputTokens == words.inputTokens)
    let deployment = try Deployment(
      try SampleScenario.scenario(text("media: {items: 2, tokens: 500}", encoder: tower)))
    let cost = deployment.configuration().pools[0].encoding[0]
    #expect(cost.femtoseconds > 1_000_000_000_000)
    let later = images.timeToFirstToken.mean! - words.timeToFirstToken.mean!
    #expect(abs(later - Double(cost.femtoseconds) * 1e-6) < 2)
    #expect(images.brokenLaws == [])
    // Its weights take room.
    let plain = try Deployment(try SampleScenario.scenario(text("")))
    #expect(deployment.pools[0].memory.blocks < plain.pools[0].memory.blocks)
  }

  @Test func whatIsMissingOrOfNoUseIsRefused() throws {
    #expect(
      try SampleScenario.refusals(of: text("media: {tokens: 500}")).first?.hasPrefix(
        "error[scenario/media]: the images of `all` need what turns them into tokens") == true)
    #expect(
      try SampleScenario.refusals(of: text("", encoder: tower)) == [
        """
        error[scenario/media]: `media_encoder` has nothing to do: no class has `media`
          --> bad.yaml:11:16  media_encoder
        hint: say what prompts have beside text: `media: {items: 1, tokens: 1024}`
        """
      ])
    #expect(
      try SampleScenario.refusals(
        of: text("media: {tokens: 5}\n  sessions: {turns: 2}", encoder: tower)
      ).first?.hasPrefix(
        "error[scenario/media]: `workload.media` cannot be given together with `sessions`") == true)
  }
}
