import TestSupport
import Testing

/// Published measurements, each simulated as it was measured: nothing in the program was tuned to
/// them. How far off it is in general is another question; this says that it is in the right place.
@Suite struct MeasuredPointsTests {
  struct Point: CustomTestStringConvertible {
    var name: String
    var scenario: String
    /// Mean time per output token [ms].
    var measured: Double
    var testDescription: String { name }
  }

  /// Finite closed loops of ten requests a client, lengths uniform between 0.8 and 1.0 of nominal.
  static let points = [
    // aiconfigurator at 095f58a5 (Apache-2.0), silicon_sample.csv, 2025-10-29.
    Point(
      name: "Llama-3.3-70B fp8, vLLM, two H200, 64 clients, 1,024 in and 8,192 out",
      scenario: closedLoop(
        model: "meta-llama/Llama-3.3-70B-Instruct", hardware: "h200-sxm", ranks: 2,
        weights: "fp8", clients: 64, input: 1_024, output: 8_192),
      measured: 26.8408),
    // InferenceMAX run 20667906037, 2025-12-31, vLLM 0.13.
    Point(
      name: "gpt-oss-120b mxfp4, vLLM, four H100, 64 clients, 1,024 in and 1,024 out",
      scenario: closedLoop(
        model: "openai/gpt-oss-120b", hardware: "h100-sxm", ranks: 4, weights: "mxfp4",
        clients: 64, input: 1_024, output: 1_024),
      measured: 9.89622),
    // 6.4 ms + 4.4e-5 ms for each token of context: 900 of the prompt and half of 900 answered.
    Point(
      name: "Llama-3.1-8B bf16, one H100, one client",
      scenario: closedLoop(
        model: "meta-llama/Llama-3.1-8B", hardware: "h100-sxm", ranks: 1, weights: "bf16",
        clients: 1, input: 1_000, output: 1_000),
      measured: 6.4 + 4.4e-5 * 1_350),
  ]

  @Test(arguments: points)
  func timePerOutputTokenIsWithinAFifth(point: Point) throws {
    let tool = try Tool(files: ["point.yaml": point.scenario])
    let outcome = try tool.run("run", "point.yaml", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.error)")
    let simulated = try #require(try outcome.result.results.tpot_ms.mean.number)
    #expect(abs(simulated / point.measured - 1) < 0.2, "\(simulated) against \(point.measured) ms")
  }

  private static func closedLoop(
    model: String, hardware: String, ranks: Int, weights: String, clients: Int, input: Int,
    output: Int
  ) -> String {
    func uniform(_ nominal: Int) -> String {
      "{distribution: uniform, minimum: \(nominal * 8 / 10), maximum: \(nominal)}"
    }
    return """
      schema: windtunnel/scenario/1
      model: \(model)
      hardware: \(hardware)
      engine: vllm
      parallelism: {tensor: \(ranks)}
      quantization: {weights: \(weights), kv_cache: bf16}
      workload:
        requests: \(10 * clients)
        arrivals: {process: closed-loop, clients: \(clients)}
        input: \(uniform(input))
        output: \(uniform(output))

      """
  }
}
