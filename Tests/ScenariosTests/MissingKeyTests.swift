import Testing

/// What is said of a key that a scenario cannot do without can be typed as it stands.
struct MissingKeyTests {
  /// The line of a key in a scenario that has it, and of one that has it not: in its place stands
  /// what the hint says.
  @Test(arguments: [
    "model: meta-llama/Llama-3.1-8B", "hardware: h200-sxm", "engine: vllm",
    "schema: windtunnel/scenario/1", "  requests: 20",
    "  arrivals: {process: poisson, rate: 4 req/s}", "  input: 500", "  output: 50",
  ])
  func whatIsAddedIsRead(line: String) throws {
    let text = SampleScenario.text("").replacing(line + "\n", with: "")
    let found = try SampleScenario.refusals { _ = try SampleScenario.scenario(text) }
    let hint = try #require(found.first?.split(separator: "hint: add for example `").last)
    #expect(found.count == 1)
    let added = line.prefix { $0 == " " } + hint.dropLast() + "\n"
    let mended = SampleScenario.text("").replacing(line + "\n", with: added)
    #expect(try SampleScenario.refusals { _ = try SampleScenario.scenario(mended) } == [])
  }

  /// The same key may mean several things, and is exemplified by where it stands.
  @Test(arguments: [
    ("sessions: {turns: 4, failures: {}}", ["share: 0.1", "input: 300"]),
    ("sessions: {turns: 4, think_time: {distribution: lognormal, cv: 2}}", ["mean: 30 s"]),
    ("answering: {strategy: best}", ["samples: 16", "verdict: 50"]),
    ("answering: {strategy: tree, width: 2}", ["branches: 4", "depth: 5", "verdict: 50"]),
    ("shared_prefix: {}", ["tokens: 1000"]),
  ])
  func examplesAreOfTheirPlace(keys: String, examples: [String]) throws {
    let text = SampleScenario.text("").replacing("output: 50\n", with: "output: 50\n  \(keys)\n")
    let hints = try SampleScenario.refusals { _ = try SampleScenario.scenario(text) }.compactMap {
      $0.split(separator: "`").last.map(String.init)
    }
    #expect(hints == examples)
  }
}
