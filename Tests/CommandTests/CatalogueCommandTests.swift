import Foundation
import TestSupport
import Testing

@Suite struct CatalogueCommandTests {
  @Test(arguments: ["hardware", "models", "engines", "scenarios", "projections"])
  func listIsAlignedAndMatchesItsDocument(kind: String) throws {
    let table = try Tool().run("list", kind)
    #expect(table.status == 0)
    let document = try Tool().run("list", kind, "--format", "json")
    let entries = try document.result.entries.list
    let names = table.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(names == entries.compactMap(\.name.text))
    #expect(!names.isEmpty)
  }

  @Test func everyFigureOfAMachineIsShownWithItsSource() throws {
    let document = try Tool().run("show", "hardware", "h200-sxm", "--format", "json")
    let report = try document.result
    let cited = Set(report.sources.list.map(\.id.text))
    #expect(report.figures.list.count > 40)
    let text = try Tool().run("show", "hardware", "h200-sxm").output
    for figure in report.figures.list {
      let path = try #require(figure.path.text)
      #expect(figure.value.text?.isEmpty == false, "\(path)")
      #expect(cited.contains(figure.source.text) && text.contains(path), "\(path)")
    }
  }

  @Test func modelIsShownWithItsLayers() throws {
    try expectGolden(try Tool().run("show", "model", "gpt-oss-20b").output, "show-model.txt")
  }

  @Test func shownScenarioRunsAgain() throws {
    let text = try Tool().run("show", "scenario", "benchmark/chat").output
    let tool = try Tool(files: ["copy.yaml": text])
    #expect(try tool.run("check", "copy.yaml").status == 0)
  }
}

@Suite struct ExplainCommandTests {
  @Test func sharesOfAStepAddUpToTheWhole() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run(
      "explain", "sample.yaml", "--sequences", "64", "--prompt", "512", "--format", "json")
    let results = try outcome.result.results
    let parts = results.operators.list.compactMap(\.time_ms.number)
    let sum = parts.reduce(try #require(results.exposed_host_ms.number), +)
    #expect(abs(sum / (try #require(results.step_ms.number)) - 1) < 1e-4)
    // Law L9: nothing is faster than the machine's peaks.
    let shares = results.operators.list.compactMap(\.of_peak.number)
    #expect(!shares.isEmpty && shares.allSatisfy { $0 <= 1 })
  }

  @Test func tableOfAStep() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    try expectGolden(try tool.run("explain", "sample.yaml").output, "explain.txt")
  }

  /// The exchange of experts is in the step of the pool whose layout has one.
  @Test func poolIsChosenByName() throws {
    let scenario = "gpt-oss-120b-gb200-disaggregated"
    let decode = try Tool().run("explain", scenario, "--pool", "decode").output
    #expect(decode.contains("decode: 1 replica of 4, attention data parallel 4,"))
    #expect(decode.contains("expert_dispatch"))
    #expect(try Tool().run("explain", scenario).output == decode)
    let prefill = try Tool().run("explain", scenario, "--pool", "prefill").output
    #expect(prefill.contains("prefill: 1 replica of 1"))
    #expect(!prefill.contains("expert_dispatch"))
  }

  @Test func poolThatIsNotThereIsRefused() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run("explain", "sample.yaml", "--pool", "decode")
    #expect(outcome.status == 4)
    #expect(
      outcome.error == """
        error[explain/pool]: the scenario has one pool and no `decode`
          --> --pool decode
        hint: leave `--pool` out

        """)
  }

  @Test func stepThatTheEngineNeverMakesIsRefused() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run("explain", "sample.yaml", "--sequences", "5000")
    #expect(outcome.status == 4)
    #expect(
      outcome.error == """
        error[explain/step-limit]: the engine decodes at most 1024 sequences in a step: 5000
          --> --sequences 5000
        hint: raise `scheduler.maximum_sequences`

        """)
  }
}

extension ExplainCommandTests {
  @Test(arguments: [
    (["--context", "131073"], "--context 131073"),
    (["--prompt", "2", "--prompt-context", "131071"], "--prompt-context 131071"),
  ])
  func contextBeyondTheModelIsRefused(options: [String], place: String) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start(["explain", "sample.yaml"] + options).wait()
    #expect(
      outcome
        == Tool.Outcome(
          output: "",
          error: """
            error[explain/step-limit]: a context has at most 131,072 tokens: 131,073
              --> \(place)
            hint: raise `maximum_context`, if the model can do that

            """, status: 4))
  }
}

@Suite struct CheckCommandTests {
  @Test func goodFilesGetALineEach() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    #expect(
      try tool.run("check", "sample.yaml")
        == Tool.Outcome(output: "ok  sample.yaml  scenario sample\n", error: "", status: 0))
  }

  @Test func allProblemsOfAllFilesAreReported() throws {
    let tool = try Tool(files: [
      "one.yaml": sampleScenario.replacingOccurrences(of: "input", with: "inputs"),
      "two.yaml": "a: 1\n", "good.yaml": sampleScenario,
    ])
    let outcome = try tool.run("check", "one.yaml", "two.yaml", "good.yaml")
    #expect(outcome.status == 4)
    #expect(outcome.output == "ok  good.yaml  scenario good\n")
    #expect(
      outcome.error == """
        error[scenario/missing-key]: missing key `workload.input`
          --> one.yaml:7:3  workload
        hint: add for example `input: 2500`

        error[scenario/unknown-key]: unknown key `workload.inputs`
          --> one.yaml:9:3
        hint: did you mean `input`?

        error[check/unknown-kind]: cannot tell what kind of file this is
          --> two.yaml
          note: known: `schema: windtunnel/scenario/1`, `windtunnel/projection/1`, \
        `windtunnel/prices/1`, `windtunnel/hardware/1`, `windtunnel/engine/1`, or a model's \
        `config.json`
        hint: begin the file with its `schema`

        error: 3 problems

        """)
  }

  /// Who has mended the numbers is not told of the names only then.
  @Test func namesAreProblemsBesideOthers() throws {
    let tool = try Tool(files: [
      "bad.yaml": """
      schema: windtunnel/scenario/1
      name: bad
      model: Qwen/Qwen3-8
      hardware: h2000
      engine: vlm
      workload: {requests: -5, arrivals: {process: offline}, input: 10, output: 10}

      """
    ])
    let error = try tool.run("check", "bad.yaml").error
    for place in ["6:22  workload.requests", "3:8  model", "4:11  hardware", "5:9  engine"] {
      #expect(error.contains("--> bad.yaml:\(place)\n"), "\(place): \(error)")
    }
    #expect(error.hasSuffix("error: 4 problems in bad.yaml\n"))
  }

  @Test func problemsAreCountedOverAllFiles() throws {
    let tool = try Tool(files: ["two.yaml": "a: 1\n"])
    let outcome = try tool.run("check", "nowhere.yaml", "two.yaml")
    #expect(outcome.status == 4)
    #expect(outcome.error.hasSuffix("\n\nerror: 2 problems\n"))
  }

  @Test func fileThatCannotBeReadSaysWhy() throws {
    let tool = try Tool()
    #expect(
      try tool.runInShell("ln -s loop loop; exec $windtunnel check loop")
        == Tool.Outcome(
          output: "",
          error: "error[file/unreadable]: cannot read loop: Too many levels of symbolic links\n",
          status: 1))
    #expect(
      try tool.run("run", "loop").error
        == "error[file/unreadable]: cannot read loop: Too many levels of symbolic links\n")
  }

  @Test func pipeIsReadLikeAFile() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    #expect(
      try tool.runInShell("cat sample.yaml | $windtunnel check /dev/stdin")
        == Tool.Outcome(output: "ok  /dev/stdin  scenario stdin\n", error: "", status: 0))
  }

  @Test func missingFileAloneIsNotAnInvalidOne() throws {
    let outcome = try Tool().run("check", "nowhere.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("error[file/missing]: no such file: nowhere.yaml\n"))
  }
}
