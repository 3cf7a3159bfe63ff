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
        == "### `sample`: Twenty requests\n\n```yaml\n" + sampleScenario + "```\n")
  }

  @Test func scenarioHasNoRows() throws {
    #expect(
      try tool.run("show", "scenario", "sample.yaml", "--format", "csv")
        == Tool.Outcome(
          output: "",
          error: """
            error[show/form]: a scenario is shown as it was written and has no rows
              --> --format csv
            hint: leave `--format` out, or use `--format json`

            """, status: 64))
  }

  @Test func unknownFormIsRefusedWithTheKnownOnes() throws {
    let outcome = try tool.run("run", "sample.yaml", "--format", "xml")
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("'table', 'json', 'csv'"))
  }
}
