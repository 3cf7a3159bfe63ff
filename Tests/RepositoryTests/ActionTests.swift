import Foundation
import TestSupport
import Testing

/// The action that runs the gate on a binary: its script, with the program of this build packed as
/// a release is.
struct ActionTests {
  private let tool: Tool

  init() throws {
    let text = try Repository.text("action.yml")
    let script = text.components(separatedBy: "      run: |\n").last ?? ""
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.dropFirst(8) }
    tool = try Tool(files: ["gate.sh": lines.joined(separator: "\n")])
    let packed = try tool.runInShell(
      "mkdir windtunnel && ln -s $windtunnel windtunnel/ && tar -czf package.tar.gz windtunnel")
    #expect(packed.status == 0)
  }

  private func run(_ variables: [String: String]) throws -> Tool.Outcome {
    var all = [
      "SCENARIO": "benchmark/chat", "REQUIREMENTS": "", "BASELINE": "", "TOLERANCE": "",
      "ARGUMENTS": "--set=workload.requests=2000", "SHA256": "", "RELEASE": "",
      "URL": "file://\(tool.folder.path)/package.tar.gz", "GITHUB_OUTPUT": "output",
      "GITHUB_STEP_SUMMARY": "summary.md",
    ]
    all.merge(variables) { $1 }
    let exports = all.sorted { $0.key < $1.key }.map { "export \($0)='\($1)'" }
    return try tool.runInShell((exports + ["exec bash gate.sh"]).joined(separator: "\n"))
  }

  @Test func whatIsMetPasses() throws {
    let outcome = try run(["REQUIREMENTS": "ttft.p99 < 60 s\nrejected <= 0"])
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try tool.read("summary.md").contains("ttft.p99"))
    let place = try tool.read("output").split(separator: "=").last.map(String.init) ?? ""
    let result = try PrintedResult(
      String(contentsOfFile: place.trimmingCharacters(in: .newlines), encoding: .utf8))
    #expect(result.command.text == "run")
  }

  @Test func whatIsNotMetFailsTheBuild() throws {
    let outcome = try run(["REQUIREMENTS": "tpot.p99 < 1 us"])
    #expect(outcome.status == 2)
    #expect((outcome.output + outcome.error).contains("::error"))
  }

  @Test func anotherBinaryThanItShouldBeIsNotRun() throws {
    let outcome = try run(["SHA256": String(repeating: "0", count: 64)])
    #expect(outcome.status == 1)
    #expect(!tool.has("summary.md"))
  }

  /// A renamed option of the program is found without a build elsewhere.
  @Test func theScriptNamesOnlyOptionsThatThereAre() throws {
    let help = try Repository.run(["run", "--help"]).output
    let options = Pattern("--[a-z]+").matches(in: try tool.read("gate.sh")).map { $0.groups[0] }
    let others: Set = ["--check", "--quiet"]
    #expect(options.filter { !others.contains($0) && !help.contains($0 + " ") } == [])
    #expect(options.contains("--baseline"))
  }
}
