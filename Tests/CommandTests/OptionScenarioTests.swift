import TestSupport
import Testing

/// Scenarios that options describe, without a file.
struct OptionScenarioTests {
  private static let load = [
    "--model", "Llama-3.1-8B", "--rate", "1 req/s", "--input", "500", "--output", "50",
  ]

  @Test func whatIsMissingIsAnOption() throws {
    let outcome = try Tool().run("run", "--model", "Llama-3.1-8B", "--input", "500")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.contains(
        """
        error[scenario/missing-key]: missing key `hardware`
        hint: add for example `--hardware h200-sxm`
        """))
    #expect(outcome.error.contains("hint: add for example `--output 330`"))
  }

  @Test func aNumberAfterOutputIsALength() throws {
    let tool = try Tool()
    let outcome = try tool.start(["run"] + Self.load + ["--hardware", "h200-sxm"]).wait()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("on average 500 tokens in, 50 out"))
    #expect(try tool.start(["run"] + Self.load).wait().status == 4)
  }

  @Test func aServersCommandLineIsNamedInTheReport() throws {
    let outcome = try Tool().run(
      "run", "--from", "vllm serve Llama-3.1-8B -tp 2 --enforce-eager", "--hardware", "h200-sxm",
      "--concurrency", "4", "--input", "500", "--output", "50")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("taken      parallelism.tensor 2 (-tp 2)"))
    #expect(
      outcome.output.contains(
        "not taken  --enforce-eager: steps without captured batches are not simulated"))
    #expect(outcome.error.hasPrefix("taken from the command line: engine vllm, model Llama-3.1-8B"))
  }

  /// What is shown in full says the options again, and no file.
  @Test func machinesAreComparedWithoutAFile() throws {
    let outcome = try Tool().start(
      ["compare"] + Self.load + ["--speed", "30 tok/s", "--hardware", "h200-sxm,l40s"]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(
      outcome.output.contains(
        "windtunnel run --rate '1 req/s' --input 500 --output 50 --speed '30 tok/s' "
          + "--model Llama-3.1-8B --set hardware="))
  }

  @Test func nothingAtAllIsNoScenario() throws {
    let outcome = try Tool().run("run")
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("Error: Missing expected argument '<scenario>'\n"))
  }

  /// Six requests in a minute of a server's own counting.
  @Test func aServersMetricsAreALoad() throws {
    let names = ["vllm:request_prompt_tokens", "vllm:request_generation_tokens"]
    let text = names.map { name in
      """
      \(name)_bucket{le="100.0"} 2.0
      \(name)_bucket{le="200.0"} 6.0
      \(name)_bucket{le="+Inf"} 6.0
      \(name)_count 6.0
      \(name)_sum 700.0

      """
    }.joined()
    let tool = try Tool(files: ["metrics.txt": text])
    let outcome = try tool.run(
      "init", "--model", "Llama-3.1-8B", "--metrics", "metrics.txt", "--metrics-over", "1 min")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("arrivals: {process: poisson, rate: 0.1 req/s}"))
    #expect(outcome.output.contains("input: {distribution: empirical, lengths: [50, 150], weights"))
    // What comes through a pipe is there once.
    let piped = try tool.runInShell(
      "cat metrics.txt | $windtunnel run --model Llama-3.1-8B --hardware h200-sxm "
        + "--rate '1 req/s' --metrics /dev/stdin --set workload.requests=20")
    #expect(piped.status == 0, "\(piped.error)")
  }
}
