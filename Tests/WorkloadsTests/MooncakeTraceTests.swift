import Diagnostics
import TestSupport
import Testing
import Workloads

struct MooncakeTraceTests {
  @Test func linesBecomeRequestsWithTheirIDs() throws {
    let trace = try readTrace(
      """
      {"timestamp": 30, "input_length": 1025, "output_length": 7, "hash_ids": [5, 6, 7]}
      {"hash_ids":[5,6],"output_length":8,"input_length":1024,"timestamp":34}\r

       { "timestamp" : 34 , "input_length" : 1 , "output_length" : 9 , "hash_ids" : [ 6 ] }
      """, .mooncake)
    let requests = requests(of: trace)
    #expect(requests.map(\.nanoseconds) == [0, 4_000_000, 4_000_000])
    #expect(requests.map(\.inputTokens) == [1025, 1024, 1])
    #expect(requests.map(\.outputTokens) == [7, 8, 9])
    #expect(requests.map(\.ids) == [[5, 6, 7], [5, 6], [6]])
    #expect(trace.blockTokens == 512)
    // The same number after another one is another text.
    let prefixes = PrefixSource(workload(replaying: trace), seed: 1, blockTokens: 16)
    var source = RequestSource(workload(replaying: trace), seed: 1)
    var chains: [[UInt64]] = []
    while let request = source.nextArrival() {
      chains.append(prefixes.ids(of: request))
    }
    #expect(chains[0][..<2] == chains[1][...])
    #expect(Set(chains.joined()).count == 4)
  }

  @Test func rowsOutOfOrderAreSortedWithTheirIDs() throws {
    let rows = [(9, 2), (3, 1), (9, 3), (1, 4)].map {
      #"{"timestamp": \#($0.0), "input_length": \#($0.1), "output_length": 1, "#
        + #""hash_ids": [\#($0.1)]}"#
    }
    let trace = try readTrace(rows.joined(separator: "\n"), .mooncake)
    let requests = requests(of: trace)
    #expect(requests.map(\.milliseconds) == [0, 2, 8, 8])
    #expect(requests.map(\.inputTokens) == [4, 1, 2, 3])
    #expect(requests.map(\.ids) == [[4], [1], [2], [3]])
    #expect(
      trace.recording.notes.map(\.text) == [
        """
        warning[trace/order]: put 2 rows into order that come earlier than one before them, by up \
        to 8.00 ms: the first is here
          --> trace:2
        """
      ])
  }

  @Test func onlyRowsWithoutAPromptAreSkipped() throws {
    let trace = try readTrace(
      """
      {"timestamp": 0, "input_length": 0, "output_length": 7, "hash_ids": []}
      {"timestamp": 5, "input_length": 600, "output_length": 0, "hash_ids": [1, 2]}
      {"timestamp": 6, "input_length": 600, "output_length": 1, "hash_ids": [1, 3]}

      """, .mooncake)
    #expect(trace.summary.skippedRows == 1)
    #expect(
      trace.recording.notes.map(\.text) == [
        """
        warning[trace/skipped-rows]: left out 1 row that has no prompt
          --> trace
        """
      ])
    #expect(requests(of: trace).map(\.nanoseconds) == [0, 1_000_000])
    #expect(requests(of: trace).map(\.ids) == [[1, 2], [1, 3]])
    #expect(requests(of: trace).map(\.outputTokens) == [0, 1])
    #expect(requests(of: trace.withShortAnswers).map(\.outputTokens) == [0, 1])
  }

  @Test func failedRequestsOfBurstGPTAreSkipped() throws {
    let trace = try readTrace(
      """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,Conversation log
      6,ChatGPT,472,0,472,Conversation log

      """, .burstgpt)
    #expect(trace.summary.requests == 1)
    #expect(
      trace.recording.notes.map(\.message) == [
        "left out 1 row that has no prompt or no answer, as requests that failed"
      ])
  }

  @Test func aTraceOfPromptsAnswersNothing() throws {
    let prompts = try readTrace(
      """
      {"timestamp": 0, "input_length": 600, "output_length": 0}
      {"timestamp": 9, "input_length": 300, "output_length": 0}

      """, .mooncake)
    #expect(prompts.answersNothing && prompts.extent.meanOutput == 0)
    #expect(prompts.withShortAnswers.answersNothing)
  }

  @Test func namesThatDynamoReadsTooAreRead() throws {
    let trace = try readTrace(
      """
      {"session_id": "a", "created_time": 5, "input_tokens": 600, "output_tokens": 7, \
      "hash_ids": [1, 2]}
      {"session_id": "a", "delay_ms": 20, "input_tokens": 700, "output_tokens": 9, \
      "hash_ids": [1, 3]}

      """)
    #expect(trace.summary.format == .mooncake && trace.summary.heads == 1)
    #expect(requests(of: trace).map(\.inputTokens) == [600, 700])
    #expect(requests(of: trace).map(\.outputTokens) == [7, 9])
    #expect(requests(of: trace).last?.delayNanoseconds == 20_000_000)
  }

  private static let additions = """
    {"session_id": "a", "timestamp": 0, "input_length": 300, "output_length": 40}
    {"session_id": "b", "timestamp": 3, "input_length": 10, "output_length": 4}
    {"session_id": "a", "delay": 2, "input_length": 150, "output_length": 20}
    {"session_id": "a", "delay": 2, "input_length": 50, "output_length": 20}

    """

  /// 300; 300 + 40 + 150; 490 + 20 + 50: each begins with the whole blocks of the one before.
  @Test func whatIsNewIsPutBehindWhatWasSaid() throws {
    let trace = try readTrace(Self.additions) { $0.inputCounts = .additions }
    let requests = requests(of: trace).filter { $0.inputTokens > 10 }
    #expect(requests.map(\.inputTokens) == [300, 490, 560])
    #expect(trace.blockTokens == 64 && trace.recording.notes.isEmpty)
    #expect(requests.map(\.ids.count) == [4, 7, 8])
    #expect(Array(requests[2].ids.prefix(7)) == requests[1].ids)
    let table = try readTrace("s,t,in,out\na,0,300,40\na,9,150,20\n") { options in
      options.columns = [
        .init(.session, "s"), .init(.time, "t"), .init(.input, "in"), .init(.output, "out"),
      ]
      options.inputCounts = .additions
    }
    #expect(WorkloadsTests.requests(of: table).map(\.inputTokens) == [300, 490])
  }

  @Test func turnsThatBecomeShorterAreWarnedAbout() throws {
    let whole = try readTrace(Self.additions)
    #expect(
      whole.recording.notes.map(\.text) == [
        """
        warning[trace/short-turns]: the prompts of 2 of 2 turns are shorter than those of the \
        turns before
          --> trace
        hint: where they count only what is new, as AIPerf's do: `input_counts: additions`
        """
      ])
    let ids = Self.additions.replacing("}", with: ", \"hash_ids\": [1]}")
    #expect(
      traceProblems(ids) { $0.inputCounts = .additions }.first?.hasPrefix(
        "error[trace/input-counts]") == true)
  }

  @Test func rowsThatWaitForNamedOthersAreRefused() {
    #expect(
      traceProblems(
        """
        {"request_id": "r1", "timestamp": 0, "input_length": 600, "output_length": 7}
        {"request_id": "r2", "wait_for": ["r1"], "input_length": 700, "output_length": 9}

        """) == [
          """
          error[trace/graph]: the row waits for others that it names (`wait_for`), which is not \
          simulated
            --> trace:2
          hint: convert the request trace without `--agentic`, or replay it as Dynamo wrote it
          """
        ])
  }

  private static let leftOut =
    "hint: mend it, or leave the line out: `sed 3d trace > trace-mended`"
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
      #"{"timestamp": 0, "input_length": 9, "hash_ids": [0]}"#,
      "error[trace/missing-key]: missing key `output_length`",
      "hint: say how long the answers are that the file does not have: `output: 200`"
    ),
    (
      #"{"timestamp": 0, "timestamp": 1, "input_length": 9, "hash_ids": [0]}"#,
      "error[trace/repeated-key]: key `timestamp` twice in a line", leftOut
    ),
    (
      #"{"timestamp": "now", "input_length": 9, "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/timestamp]: not a time in milliseconds from 0 to 4,102,444,800,000: now",
      leftOut
    ),
    (
      #"{"timestamp": 4102444800001, "input_length": 9, "output_length": 5, "hash_ids": [0]}"#,
      "error[trace/timestamp]: not a time in milliseconds from 0 to 4,102,444,800,000: "
        + "4102444800001", leftOut
    ),
    (
      #"{"timestamp": 0, "input_length": -9, "output_length": 50, "hash_ids": [0]}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: -9", leftOut
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": , "hash_ids": [0]}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: (empty)", leftOut
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 9999999999999999999, "hash_ids": []}"#,
      "error[trace/tokens]: not a count of tokens from 0 to 100,000,000: 9999999999999999999",
      leftOut
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [1, "a"]}"#,
      #"error[trace/hash-id]: not the id of a block: "a""#, leftOut
    ),
    (
      #"{"timestamp": 0, "input_length": 9, "output_length": 50, "hash_ids": [1, 2]}"#,
      "error[trace/blocks]: `hash_ids` does not have one id for every 512 tokens of "
        + "`input_length`: 2 of 1", leftOut
    ),
  ])
  func badLinesAreReported(line: String, message: String, hint: String?) {
    let good = #"{"timestamp": 0, "input_length": 9, "output_length": 5, "hash_ids": [0]}"#
    let expected = message + "\n  --> trace:3" + (hint.map { "\n" + $0 } ?? "")
    #expect(traceProblems("\(good)\n\n\(line)\n\(good)\n", .mooncake) == [expected])
  }

  @Test func everyBadLineIsReportedAtOnce() {
    let found = traceProblems(String(repeating: "nonsense\n", count: 25), .mooncake)
    #expect(found.count == 21)
    #expect(found[1].contains("--> trace:2\n"))
    #expect(found[20] == "note[trace/more]: 5 more problems in this file\n  --> trace")
  }

  @Test(arguments: ["", "\n\n", "\u{feff}\r\n"])
  func emptyTraceIsRefused(text: String) {
    #expect(
      traceProblems(text, .mooncake) == [
        "error[trace/empty]: the trace has no requests\n  --> trace"
      ])
  }
}
