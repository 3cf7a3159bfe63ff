import TestSupport
import Testing

/// Names, titles and keys that would be commands where they land: to a terminal, to a runner's log,
/// to a spreadsheet, to a browser.
struct InertOutputTests {
  private static func scenario(name: String) -> String {
    """
    schema: windtunnel/scenario/1
    name: "\(name)"
    title: "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> \\u202e \\e]0;owned\\a"
    model: meta-llama/Llama-3.1-8B
    hardware: h200-sxm
    engine: vllm
    workload:
      requests: 10
      arrivals: {process: offline}
      classes:
        - {name: "=1+1,\\"x\\n|<b>", share: 1, input: 100, output: 20}
        - {name: "@SUM(1)", share: 1, input: 100, output: 20}

    """
  }

  private static let names = [
    "<script>alert(1)</script>|`x`\\n::error::boom\\e[31m=cmd", "::error::x", "##[error]y",
    "=HYPERLINK(\\\"http://e\\\",\\\"x\\\")",
  ]

  private static let formats = ["table", "markdown", "csv", "html"]

  /// Every name in every form where there is time for it, else each of both once.
  private static let named = names.indices.flatMap { name in
    formats.indices.filter { LongTests.areEnabled || $0 == name }.map {
      (name: names[name], format: formats[$0])
    }
  }

  @Test(arguments: named)
  func aResultCommandsNothing(name: String, format: String) throws {
    let tool = try Tool(files: ["a.yaml": Self.scenario(name: name)])
    let found = try tool.run("run", "a.yaml", "--format", format)
    #expect(found.status == 0, "\(found.error)")
    expectInert(found.output)
    if format == "html" { #expect(!found.output.contains("<script>alert")) }
    if format == "csv" {
      #expect(!found.output.contains("\n=") && !found.output.contains("\n\"="))
      #expect(found.output.split(separator: "\n").count == 2)
    }
  }

  @Test func messagesCommandNothing() throws {
    let tool = try Tool(files: [
      "a.yaml": """
      schema: windtunnel/scenario/1
      name: x
      "a\\n::error::key": 3
      model: "m\\n::error file=x::val"
      hardware: "\\e[2J"
      engine: vllm
      workload: {requests: 3}

      """
    ])
    for arguments in [["run", "a.yaml"], ["check", "a.yaml"]] {
      let found = try tool.start(arguments).wait()
      #expect(found.status == 4)
      expectInert(found.output)
      expectInert(found.error)
      #expect((found.error + found.output).contains("unknown key `a\\n::error::key`"))
    }
  }

  /// A document says them as JSON does: readers have the same text.
  @Test(arguments: ["json", "jsonl", "yaml"])
  func documentsHaveNoCharacterThatATerminalObeys(format: String) throws {
    let name = #"a\x1b[1m\x9b31m\x85::error::b\u202E\u2028::error::c"#
    let tool = try Tool(files: ["a.yaml": Self.scenario(name: name)])
    let found = try tool.run("run", "a.yaml", "--format", format)
    #expect(found.status == 0, "\(found.error)")
    expectInert(found.output)
    #expect(
      found.output.contains(#"a\u001b[1m\u009b31m\u0085::error::b\u202e\u2028::error::c"#))
  }

  /// The argument parser says what it was given as it is.
  @Test(arguments: [["run", "--format"], ["show"], [], ["run", "a", "b"]])
  func messagesAboutArgumentsCommandNothing(words: [String]) throws {
    let found = try Tool().start(words + ["\r\n::error::x\u{1b}[31m##[group]\u{85}"]).wait()
    #expect(found.status == 64)
    #expect(found.output.isEmpty)
    expectInert(found.error)
    #expect(found.error.lowercased().hasPrefix("error"))
  }

  @Test func aFileWithSuchANameIsNamedSafely() throws {
    let tool = try Tool()
    let found = try tool.runInShell("$windtunnel run \"$(printf 'a\\n::error::b.yaml')\"")
    #expect(found.status != 0)
    expectInert(found.error)
  }

  private func expectInert(_ text: String) {
    let controls = text.unicodeScalars.filter {
      ($0.properties.generalCategory == .control && $0 != "\n")
        || [0x202E, 0x2028].contains($0.value)
    }
    #expect(controls.isEmpty, "\(text.debugDescription)")
    for line in text.split(separator: "\n") {
      #expect(!line.drop { $0.isWhitespace }.hasPrefix("::"), "\(line)")
      #expect(!line.contains("##["), "\(line)")
    }
  }
}
