import Foundation
import TestSupport
import Testing

/// Where a verdict goes besides the result.
@Suite struct GateFileTests {
  private let tool: Tool

  init() throws {
    tool = try Tool(files: [
      "strict.yaml": sampleScenario + "require:\n  - ttft.p99 < 30 ms\n  - rejected <= 0\n"
    ])
  }

  @Test func verdictIsWrittenBesideTheResult() throws {
    let outcome = try tool.run(
      "run", "strict.yaml", "--junit", "junit.xml", "--summary", "summary.md")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("\nRequirements\n"))
    try expectGolden(try tool.read("junit.xml"), "junit.xml")
    try expectGolden(try tool.read("summary.md"), "summary.md")
    #expect(try tool.fileNames == ["junit.xml", "strict.yaml", "summary.md"])
    let again = try tool.run(
      "run", "strict.yaml", "--junit", "again.xml", "--summary", "again.md")
    #expect(again == outcome)
    #expect(try tool.read("again.xml") == tool.read("junit.xml"))
    #expect(try tool.read("again.md") == tool.read("summary.md"))
  }

  @Test func annotationsComeBeforeTheMessages() throws {
    let outcome = try tool.run("run", "strict.yaml", "--annotations", "github")
    #expect(outcome.status == 2)
    #expect(
      outcome.error == """
        ::error file=strict.yaml,line=13,col=5,title=requirement/not-met::`ttft.p99` must be below \
        30 ms: 33.47 ms%0Anote: missed by 3.47 ms (11.6 %25)%0Ahint: see where the time goes: \
        `windtunnel explain strict.yaml`
        error[requirement/not-met]: `ttft.p99` must be below 30 ms: 33.47 ms
          --> strict.yaml:13:5  require.0
          note: missed by 3.47 ms (11.6 %)
        hint: see where the time goes: `windtunnel explain strict.yaml`

        """)
  }

  /// A scenario that cannot be run is shown at its line as well.
  @Test func invalidInputIsAnnotated() throws {
    let outcome = try tool.run(
      "run", "strict.yaml", "--set", "replicas=-1", "--hardware", "h20-sxm", "--annotations",
      "github")
    #expect(outcome.status == 4)
    #expect(
      outcome.error.hasPrefix(
        "::error title=scenario/out-of-range::`replicas` must be from 1 to "))
  }

  @Test func summaryOfAStepIsAddedTo() throws {
    try tool.write("step.md", Data("# Before\n\n".utf8))
    let command = "$windtunnel run strict.yaml --summary step.md >/dev/null 2>&1"
    _ = try tool.runInShell("GITHUB_STEP_SUMMARY=step.md \(command)")
    let text = try tool.read("step.md")
    #expect(text.hasPrefix("# Before\n\n### windtunnel run strict: not met\n"))
    _ = try tool.runInShell(command)
    #expect(try tool.read("step.md") == text.replacingOccurrences(of: "# Before\n\n", with: ""))
  }

  @Test func placesAreCheckedBeforeTheRun() throws {
    for option in ["--junit", "--summary"] {
      let outcome = try tool.run("run", "nowhere.yaml", option, "deep/a.xml")
      #expect(outcome.status == 1)
      #expect(
        outcome.error == """
          error[file/unwritable]: no such folder: deep
          hint: create it: `mkdir -p deep`

          """)
    }
  }

  @Test func inputsAndOtherResultsAreNotReplaced() throws {
    let outcome = try tool.run("run", "strict.yaml", "--junit", "strict.yaml")
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[command/output-is-input]: the result would replace an input file: strict.yaml
              --> --junit strict.yaml
            hint: give it a name of its own

            """, status: 64))
    #expect(
      try tool.run("run", "strict.yaml", "--output", "a.txt", "--summary", "a.txt")
        == Tool.Outcome(
          output: "",
          error: """
            error[command/same-output]: two results would go to one file: a.txt
              --> --summary a.txt
              note: `--output` writes it too
            hint: give it a name of its own

            """, status: 64))
    #expect(try tool.fileNames == ["strict.yaml"])
  }

  @Test func baselineIsNotReplaced() throws {
    try tool.write("base.json", Data())
    _ = try tool.run(
      "run", "strict.yaml", "--set", "require=[]", "--format", "json", "--output", "base.json")
    let before = try tool.read("base.json")
    let outcome = try tool.run(
      "run", "strict.yaml", "--baseline", "base.json", "--output", "base.json")
    #expect(outcome.status == 64)
    #expect(try tool.read("base.json") == before)
  }

  @Test func verdictOnNothingIsRefused() throws {
    #expect(
      try tool.run("run", "strict.yaml", "--set", "require=[]", "--junit", "junit.xml")
        == Tool.Outcome(
          output: "",
          error: """
            error[command/no-requirement]: there is nothing to judge: no requirement, no baseline
              --> --junit junit.xml
            hint: add for example `--require 'ttft.p99 < 500 ms'`

            """, status: 64))
    #expect(try tool.fileNames == ["strict.yaml"])
  }
}
