import Foundation
import TestSupport
import Testing

/// What a hint says is typed behind the command, word for word, until there is no other.
struct TraceHintCommandTests {
  static let files = [
    "table": "when;\"prompt \"\"toks\"\"\";completion\n1,5;100;5\n2,5;90;6\n",
    "lengths": "completion,at\n20,0\n30,4\n",
    "answerless": #"{"timestamp": 0, "input_length": 5}"# + "\n",
    "blocks": #"{"timestamp": 0, "input_length": 100, "output_length": 5, "#
      + #""hash_ids": [1, 2, 3, 4, 5]}"# + "\n",
  ]

  static let commands = [
    "trace stats %", "trace convert % --to csv",
    "run --trace % --model Llama-3.1-8B --hardware h200-sxm",
  ]

  @Test(arguments: files.keys.sorted(), commands)
  func hintsWorkAsTheyArePrinted(name: String, command: String) throws {
    let tool = try Tool(files: [name: Self.files[name] ?? ""])
    var line = "$windtunnel " + command.replacing("%", with: name)
    var outcome = try tool.runInShell(line)
    #expect(outcome.status == 4)
    for _ in 0..<3 where outcome.status == 4 {
      let hint = outcome.error.split(separator: "\n").last { $0.hasPrefix("hint: ") } ?? ""
      let typed = hint.drop { $0 != "`" }.dropFirst().prefix { $0 != "`" }
      try #require(!typed.isEmpty, "no hint that can be typed: \(outcome.error)")
      line += " " + typed
      outcome = try tool.runInShell(line)
    }
    #expect(outcome.status == 0, "\(line)\n\(outcome.error)")
  }
}
