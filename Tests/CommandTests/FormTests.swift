import TestSupport
import Testing

/// The forms of a result, word for word.
@Suite struct FormTests {
  private let tool: Tool

  init() throws { tool = try Tool(files: ["sample.yaml": sampleScenario]) }

  @Test(arguments: [("csv", "run.csv"), ("markdown", "run.md")])
  func formOfARun(form: String, golden: String) throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", form)
    #expect(outcome.status == 0 && outcome.error == "")
    try expectGolden(outcome.output, golden)
  }

  @Test(arguments: [("csv", "explain.csv"), ("markdown", "explain.md")])
  func formOfAStep(form: String, golden: String) throws {
    try expectGolden(try tool.run("explain", "sample.yaml", "--format", form).output, golden)
  }

  @Test(arguments: [("csv", "list-engines.csv"), ("markdown", "list-engines.md")])
  func formOfAList(form: String, golden: String) throws {
    try expectGolden(try tool.run("list", "engines", "--format", form).output, golden)
  }

  @Test(arguments: [("csv", "show-engine.csv"), ("markdown", "show-engine.md")])
  func formOfAnEngine(form: String, golden: String) throws {
    try expectGolden(try tool.run("show", "engine", "groq", "--format", form).output, golden)
  }

  @Test func scenarioIsABlockOfCode() throws {
    let outcome = try tool.run("show", "scenario", "sample.yaml", "--format", "markdown")
    #expect(
      outcome.output
        == "# sample: Twenty requests\n\n```yaml\n" + sampleScenario + "```\n")
  }

  /// What has no rows of its own has a row for every value of its document.
  @Test func everyResultHasRows() throws {
    let outcome = try tool.run("show", "scenario", "sample.yaml", "--format", "csv")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("path,value\ncommand,show\ncontents,\"schema: windtunnel/"))
  }

  @Test func unknownFormIsRefusedWithTheKnownOnes() throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", "xml")
    #expect(outcome.status == 64)
    for form in ["table", "json", "jsonl", "yaml", "csv", "markdown", "html"] {
      #expect(outcome.error.contains("  - \(form)\n"), "\(form)")
    }
  }
}
