import Testing
import Units
import Workloads

/// A few rows of every format, as their writers write them.
struct TraceFormatTests {
  static let formats: [(TraceFormat, String, [Double?], [Int32], [Int32])] = [
    (
      .azure,
      """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2024-05-10 00:00:00+00:00,2162,5
      2024-05-10 00:00:00.017335+00:00,2399,6
      2024-05-10 01:00:01+01:00,76,15
      """, [0, 17.335, 1_000], [2162, 2399, 76], [5, 6, 15]
    ),
    (
      .azure,
      """
      TIMESTAMP,NumImages,ContextTokens,GeneratedTokens
      2024-10-15T12:00:00.1Z,1,1523,120
      2024-10-15T12:00:01.3Z,0,523,80
      """, [0, 1_200], [1523, 523], [120, 80]
    ),
    (
      .burstgpt,
      """
      Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
      5,ChatGPT,472,18,490,Conversation log
      45,ChatGPT,1087,0,1087,API log
      118,GPT-4,417,276,693,Conversation log
      """, [0, 113_000], [472, 417], [18, 276]
    ),
    (
      .vidur,
      """
      arrived_at,num_prefill_tokens,num_decode_tokens
      0.0,374,44
      4.3140579,396,109
      """, [0, 4_314.0579], [374, 396], [44, 109]
    ),
    (
      .mooncake,
      """
      {"timestamp": 0.0, "input_length": 655, "output_length": 52, "priority": 2, "extra": {"x": 1}}
      {"timestamp": 27.5, "input_length": 1200, "output_length": 26, "request_id": "r1"}
      """, [0, 27.5], [655, 1200], [52, 26]
    ),
    (
      .bailian,
      """
      {"chat_id": 7, "parent_chat_id": -1, "timestamp": 61.5, "input_length": 20, \
      "output_length": 30, "type": "text", "turn": 1, "hash_ids": [1, 2]}
      {"chat_id": 8, "parent_chat_id": 7, "timestamp": 62.25, "input_length": 60, \
      "output_length": 9, "type": "text", "turn": 2, "hash_ids": [1, 2, 3, 4]}
      """, [0, 750], [20, 60], [30, 9]
    ),
    (
      .llmservingsim,
      """
      {"input_toks": 128, "output_toks": 512, "arrival_time_ns": 1000000}
      {"input_toks": 64, "output_toks": 5, "arrival_time_ns": 4500000}
      """, [0, 3.5], [128, 64], [512, 5]
    ),
    (
      .weka,
      """
      {"id": "a", "block_size": 64, "requests": [{"t": 0.0, "type": "s", "in": 200, "out": 52, \
      "hash_ids": [1, 2, 3, 4], "api_time": 2.1}, {"t": 9.4, "type": "n", "in": 330, "out": 80, \
      "hash_ids": [1, 2, 3, 4, 5, 6], "api_time": 1.2}]}
      """, [0, 9_400], [200, 330], [52, 80]
    ),
    (
      .tracelab,
      """
      session_id,arrival_time,round_idx,prefix_len,input_len,output_len,tool_wait_after_ms
      a,1000,0,0,900,50,250
      a,6000,1,950,100,20,0
      """, [0, 5_000], [900, 1050], [50, 20]
    ),
    (
      .dynamo,
      """
      {"event": {"schema": "dynamo.request.trace.v1", "event_type": "request_end", "request": \
      {"request_received_ms": 1700000000000, "input_tokens": 20, "output_tokens": 50}}}
      {"event": {"schema": "dynamo.request.trace.v1", "event_type": "tool_end"}}
      {"event": {"schema": "dynamo.request.trace.v1", "event_type": "request_end", "request": \
      {"request_received_ms": 1700000000040, "input_tokens": 21, "output_tokens": 51}}}
      """, [0, 40], [20, 21], [50, 51]
    ),
  ]

  @Test(arguments: formats)
  func formatIsFoundAndRead(
    format: TraceFormat, text: String, times: [Double?], inputs: [Int32], outputs: [Int32]
  ) throws {
    let trace = try readTrace(text + "\n")
    #expect(trace.summary.format == format)
    let requests = requests(of: trace)
    #expect(requests.map(\.milliseconds) == times)
    #expect(requests.map(\.inputTokens) == inputs)
    #expect(requests.map(\.outputTokens) == outputs)
  }

  @Test(arguments: [
    ("time,in,out\n1700000000000,5,6\n1700000000250,7,8\n", 250.0),
    ("time;in;out\n2024-01-01 00:00:00;5;6\n2024-01-01T01:00:00.25+01:00;7;8\n", 250.0),
    ("time|in|out\n0.5|5|6\n0.75|7|8\n", 250.0),
  ])
  func namedColumnsOfAnyTable(text: String, milliseconds: Double) throws {
    let trace = try readTrace(text) { options in
      options.columns = [.init(.time, "time"), .init(.input, "in"), .init(.output, "out")]
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, milliseconds])
    #expect(requests(of: trace).map(\.inputTokens) == [5, 7])
    #expect(requests(of: trace).map(\.outputTokens) == [6, 8])
  }

  @Test func doubledQuoteInAHeaderIsOne() throws {
    let trace = try readTrace("time,\"in \"\"toks\"\"\",out\n0,5,6\n") { options in
      options.columns = [.init(.time, "time"), .init(.input, #"in "toks""#), .init(.output, "out")]
    }
    #expect(requests(of: trace).map(\.inputTokens) == [5])
  }

  @Test func lengthsThatTheFileHasNotAreSaid() throws {
    let table = try readTrace("id,out\n1,6\n2,8\n") { options in
      options.columns = [.init(.output, "out")]
      options.inputTokens = 512
    }
    #expect(requests(of: table).map(\.inputTokens) == [512, 512])
    #expect(requests(of: table).map(\.outputTokens) == [6, 8])
    let objects = try readTrace(#"{"timestamp": 0, "output_length": 5}"# + "\n", .mooncake) {
      options in
      options.inputTokens = 40
    }
    #expect(requests(of: objects).map(\.inputTokens) == [40])
    // A row that says it is believed.
    let mixed = try readTrace(
      #"{"timestamp": 0, "input_length": 9, "output_length": 5}"# + "\n"
    ) { options in
      options.inputTokens = 40
    }
    #expect(requests(of: mixed).map(\.inputTokens) == [9])
  }

  @Test func namedKeysOfAnyObjects() throws {
    let trace = try readTrace(
      """
      {"at_ms": 5, "usage": {"prompt": 10, "completion": 3}}
      {"at_ms": 45, "usage": {"prompt": 12, "completion": 4}}
      """
    ) { options in
      options.columns = [
        .init(.time, "at_ms"), .init(.input, "usage.prompt"), .init(.output, "usage.completion"),
      ]
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, 40])
    #expect(requests(of: trace).map(\.outputTokens) == [3, 4])
  }

  @Test func columnThatIsNotThereIsRefused() {
    #expect(
      traceProblems("ts,prompt,completion\n1,2,3\n", nil) { options in
        options.columns = [
          .init(.time, "ts"), .init(.input, "prompts"), .init(.output, "completion"),
        ]
      } == [
        """
        error[trace/header]: the table has no column `prompts`: `ts`, `prompt`, `completion`
          --> trace:1
        hint: did you mean `prompt`?
        """
      ])
  }

  @Test func turnsWaitForAnswers() throws {
    let rows = """
      {"session_id": "a", "timestamp": 0, "input_length": 655, "output_length": 52}
      {"session_id": "a", "delay": 500, "input_length": 1200, "output_length": 26}
      {"session_id": "b", "timestamp": 100, "input_length": 900, "output_length": 30}
      """
    let trace = try readTrace(rows, .mooncake)
    #expect(trace.requests == 3 && trace.summary.heads == 2 && trace.hasTurns)
    var source = RequestSource(workload(replaying: trace), seed: 1)
    let first = try source.arrival()
    let other = try source.arrival()
    #expect(other.arrival.nanoseconds == 100_000_000 && other.inputTokens == 900)
    let none = source.nextArrival()
    #expect(none == nil)
    let end = first.arrival + SimDuration(seconds: 7)
    let turn = try source.following(first, at: end)
    #expect(turn.arrival.nanoseconds == 7_500_000_000 && turn.inputTokens == 1200)
    #expect(turn.turn == 1 && turn.session == first.session)
    let over = source.nextAfterCompletion(of: turn, at: end)
    #expect(over == nil)
  }

  @Test(arguments: [
    ([(10, 1), (40, 3)], 16), ([(1200, 3), (600, 2)], 512), ([(64, 1), (130, 3)], 64),
  ])
  func blockSizeIsFoundFromTheIDs(rows: [(tokens: Int, ids: Int)], size: Int) throws {
    let lines = rows.map { row in
      let ids = (0..<row.ids).map(String.init).joined(separator: ", ")
      return #"{"timestamp": 0, "input_length": \#(row.tokens), "output_length": 5, "#
        + #""hash_ids": [\#(ids)]}"#
    }
    #expect(try readTrace(lines.joined(separator: "\n")).blockTokens == size)
  }

  /// What is read again is what is kept in memory.
  @Test func rowsThatAreReadAgainAreTheSame() throws {
    let lines = (0..<3_000).map { row in
      let stamp = row * 10 + (row % 7 == 0 ? 45 : 0)
      let second = row % 900 >= 512 ? ", 9" : ""
      return #"{"timestamp": \#(stamp), "input_length": \#(1 + row % 900), "#
        + #""output_length": \#(row % 9), "hash_ids": [\#(row % 5)\#(second)]}"#
    }
    let text = lines.joined(separator: "\n")
    let kept = try readTrace(text)
    let read = try readTrace(text, keeping: 1_000)
    func rows(_ trace: Trace) -> [String] {
      requests(of: trace).map {
        "\($0.nanoseconds ?? -1) \($0.inputTokens) \($0.outputTokens) \($0.ids)"
      }
    }
    #expect(rows(kept) == rows(read))
    #expect(rows(kept).count == kept.requests)
    #expect(kept.summary.skippedRows == read.summary.skippedRows)
    let part = try #require(kept.part(from: .init(seconds: 3), lasting: .init(seconds: 10)))
    let other = try #require(read.part(from: .init(seconds: 3), lasting: .init(seconds: 10)))
    #expect(rows(part) == rows(other) && part.requests == other.requests)
    #expect(rows(kept.played(3)).count == 3 * kept.requests)
    #expect(rows(kept.played(2)) == rows(read.played(2)))
  }
}
