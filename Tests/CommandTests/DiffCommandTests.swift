import Foundation
import TestSupport
import Testing

/// Two results beside each other.
struct DiffCommandTests {
  private let tool: Tool

  init() throws { tool = try Tool() }

  private func write(_ name: String, _ options: String...) throws {
    let outcome = try tool.start(
      [
        "run", "--model", "Llama-3.1-8B", "--rate", "2 req/s", "--input", "500", "--output", "50",
        "--set", "workload.requests=300", "--format", "json", "--output", name,
      ] + options
    ).wait()
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test func whatChangedIsSaidWithItsCause() throws {
    try write("before.json", "--hardware", "h200-sxm")
    try write("now.json", "--hardware", "h200-sxm", "--set", "quantization.kv_cache=fp8")
    let outcome = try tool.run("diff", "before.json", "now.json")
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.contains("pools.0.formats.kv_cache  bf16    fp8"))
    let document = try tool.run("diff", "before.json", "now.json", "--format", "json").result
    #expect(document.results.text == "run")
    let inputs = document.inputs.list.compactMap(\.path.text)
    #expect(inputs.contains { $0.hasPrefix("inputs.") && $0.contains("cache") }, "\(inputs)")
    #expect(document.figures.list.contains { $0.figure.text == "tpot.mean" })
    let brief = try tool.run("diff", "before.json", "now.json", "--brief")
    #expect(brief.output.hasPrefix("windtunnel run: "))
    #expect(brief.output.contains("bf16 to fp8"))
  }

  @Test func theSameIsSaidToBe() throws {
    try write("a.json", "--hardware", "h200-sxm")
    #expect(
      try tool.run("diff", "a.json", "a.json", "--brief").output
        == "windtunnel run: No figure differs.\n")
  }

  @Test func whatIsNoResultIsRefused() throws {
    try tool.write("no.json", Data("{}".utf8))
    #expect(
      try tool.run("diff", "no.json", "no.json")
        == Tool.Outcome(
          output: "",
          error: """
            error[diff/not-a-result]: the file is no JSON of a result
              --> no.json
            hint: write it with `--format json --output FILE`

            """, status: 4))
    #expect(try tool.run("diff", "no.json", "gone.json").status == 1)
  }

  @Test func resultsOfTwoCommandsAreRefused() throws {
    try write("run.json", "--hardware", "h200-sxm")
    let explained = try tool.run(
      "explain", "benchmark/chat", "--format", "json", "--output", "explained.json")
    #expect(explained.status == 0)
    let outcome = try tool.run("diff", "run.json", "explained.json")
    #expect(
      outcome.error.hasPrefix(
        "error[diff/other-command]: the file is a result of another command: explain\n"))
  }
}
