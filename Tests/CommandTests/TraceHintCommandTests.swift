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

  /// A packed file that is cut, however short, is named with its last whole line.
  @Test(arguments: [300, 900]) func aCutFileIsNamedWithItsLastWholeLine(bytes: Int) throws {
    let rows = (1...500).map { "\($0),\($0 * 7_919 % 1_000 + 1),\($0 * 104_729 % 300 + 1)\n" }
    let tool = try Tool(files: [
      "rows.csv": "arrived_at,num_prefill_tokens,num_decode_tokens\n" + rows.joined()
    ])
    let outcome = try tool.runInShell(
      "gzip -c rows.csv | head -c \(bytes) > cut.csv.gz; $windtunnel trace stats cut.csv.gz")
    #expect(outcome.status == 4 && outcome.output.isEmpty)
    let line = try #require(
      outcome.error.split(separator: "line ").last.flatMap {
        Int($0.prefix { $0.isNumber })
      })
    #expect((10..<500).contains(line))
    #expect(
      outcome.error == """
        error[file/truncated]: the gzip file ends before its contents do
          --> cut.csv.gz:\(line)
          note: line \(line) is the last one that is whole
        hint: copy it again: `gzip -t cut.csv.gz` says when it is whole

        """)
  }
}
