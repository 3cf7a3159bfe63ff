import Diagnostics
import Testing
import Units
import Workloads

struct MooncakeTraceTests {
  private func read(_ text: String) throws -> Trace {
    try Array(text.utf8).withUnsafeBufferPointer {
      try TraceFormat.mooncake.read($0, file: "trace.jsonl")
    }
  }

  private func problems(_ text: String) -> [String] {
    do {
      _ = try read(text)
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func linesBecomeRequestsWithTheirChains() throws {
    let trace = try read(
      """
      {"timestamp": 30, "input_length": 1025, "output_length": 7, "hash_ids": [5, 6, 7]}
      {"hash_ids":[5,6],"output_length":8,"input_length":1024,"timestamp":34}\r

       { "timestamp" : 34 , "input_length" : 1 , "output_length" : 9 , "hash_ids" : [ 6 ] }
      """)
    #expect(trace.entries.map(\.arrival.nanoseconds) == [0, 4_000_000, 4_000_000])
    #expect(trace.entries.map(\.inputTokens) == [1025, 1024, 1])
    #expect(trace.entries.map(\.outputTokens) == [7, 8, 9])
    let prefixes = try #require(trace.prefixes)
    #expect(prefixes.blockTokens == 512)
    #expect(prefixes.starts == [0, 3, 5])
    #expect(prefixes.ids[0..<2] == prefixes.ids[3..<5])
    // The same number after another one is another text.
    #expect(Set(prefixes.ids).count == 4)
  }

  @Test func rowsOutOfOrderAreSortedWithTheirIDs() throws {
    let rows = [(9, 2), (3, 1), (9, 3), (1, 4)].map {
      #"{"timestamp": \#($0.0), "input_length": \#($0.1), "output_length": 1, "#
        + #""hash_ids": [\#($0.1)]}"#
    }
    let trace = try read(rows.joined(separator: "\n"))
    #expect(trace.entries.map(\.arrival.nanoseconds) == [0, 2_000_000, 8_000_000, 8_000_000])
    #expect(trace.entries.map(\.inputTokens) == [4, 1, 2, 3])
    #expect(trace.prefixes?.starts == [3, 1, 0, 2])
  }

  @Test func rowsThatAskForNothingAreSkipped() throws {
    let trace = try read(
      """
      {"timestamp": 0, "input_length": 0, "output_length": 7, "hash_ids": []}
      {"timestamp": 5, "input_length": 600, "output_length": 0, "hash_ids": [1, 2]}
      {"timestamp": 6, "input_length": 600, "output_length": 1, "hash_ids": [1, 3]}

      """)
    #expect(trace.skippedRows == 2)
    #expect(trace.entries.count == 1 && trace.entries[0].arrival == .zero)
    #expect(trace.prefixes?.ids.count == 2 && trace.prefixes?.starts == [0])
  }

  private static let hint =
    #"for example `{"timestamp": 0, "input_length": 600, "output_length": 50, "#
    + #""hash_ids": [0, 1]}`"#

  @Test(arguments: [
    (
      #"{"timestamp": 0, "input_length": 9 "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/json]: line is not a JSON object of a Mooncake trace: column 36",
      "hint: expected \(hint)"
    ),
    (
      #"[1, 2]"#, "error[trace/json]: line is not a JSON object of a Mooncake trace: column 1",
      "hint: expected \(hint)"
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [0]"#,
      "error[trace/json]: line is not a JSON object of a Mooncake trace: column 73",
      "hint: expected \(hint)"
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [0]} x"#,
      "error[trace/json]: line is not a JSON object of a Mooncake trace: column 75",
      "hint: expected \(hint)"
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": 0}"#,
      "error[trace/json]: line is not a JSON object of a Mooncake trace: column 70",
      "hint: expected \(hint)"
    ),
    (
      #"{"chat_id": 4, "timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/unknown-key]: unknown key `chat_id`",
      "hint: a line of a Mooncake trace is \(hint)"
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "hash_ids": [0]}"#,
      "error[trace/missing-key]: missing key `output_length`",
      "hint: a line of a Mooncake trace is \(hint)"
    ),
    (
      #"{"timestamp": 0, "timestamp": 1, "input_length": 9, "hash_ids": [0]}"#,
      "error[trace/repeated-key]: key `timestamp` twice in a line", nil
    ),
    (
      #"{"timestamp": 0.5, "input_length": 9, "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/timestamp]: not a time in whole milliseconds from 0 to 4,102,444,800,000: 0.5",
      nil
    ),
    (
      #"{"timestamp": 4102444800001, "input_length": 9, "output_length": 5, "hash_ids": [0]}"#,
      "error[trace/timestamp]: not a time in whole milliseconds from 0 to 4,102,444,800,000: "
        + "4102444800001", nil
    ),
    (
      #"{"timestamp": 0, "input_length": -9, "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: -9", nil
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": , "hash_ids": [0]}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: (empty)", nil
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 9999999999999999999, "hash_ids": []}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: 9999999999999999999", nil
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [1, "a"]}"#,
      #"error[trace/hash-id]: not the id of a block: "a""#, nil
    ),
    (
      #"{"timestamp": 0, "input_length": 513, "output_length": 50, "hash_ids": [1]}"#,
      "error[trace/blocks]: `hash_ids` does not have one id for every 512 tokens of "
        + "`input_length`: 1 of 2", nil
    ),
  ])
  func badLinesAreReported(line: String, message: String, hint: String?) {
    let good = #"{"timestamp": 0, "input_length": 9, "output_length": 5, "hash_ids": [0]}"#
    let expected = message + "\n  --> trace.jsonl:3" + (hint.map { "\n" + $0 } ?? "")
    #expect(problems("\(good)\n\n\(line)\n\(good)\n") == [expected])
  }

  @Test func everyBadLineIsReportedAtOnce() {
    let found = problems(String(repeating: "nonsense\n", count: 25))
    #expect(found.count == 21)
    #expect(found[1].contains("--> trace.jsonl:2\n"))
    #expect(found[20] == "note[trace/more]: 5 more problems in this file\n  --> trace.jsonl")
  }

  @Test(arguments: ["", "\n\n", "\u{feff}\r\n"])
  func emptyTraceIsRefused(text: String) {
    #expect(
      problems(text) == ["error[trace/empty]: the trace has no requests\n  --> trace.jsonl"])
  }
}
