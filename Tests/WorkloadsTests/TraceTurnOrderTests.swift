import Diagnostics
import Testing
import Units
import Workloads

/// Rows out of order inside of a conversation whose turns wait for answers.
struct TraceTurnOrderTests {
  /// What a replay has of a trace: waiting times, lengths, and the warnings.
  private static func replay(
    _ text: String, _ format: TraceFormat? = nil, _ change: (inout TraceOptions) -> Void = { _ in }
  ) throws -> [String] {
    let trace = try readTrace(text, format) { options in
      options.turns = .afterAnswers
      change(&options)
    }
    return requests(of: trace).map { request in
      let delay = request.delayNanoseconds.map { " behind \($0 / 1_000_000)" } ?? ""
      return "\(request.inputTokens)@\(request.milliseconds ?? -1)\(delay)"
    }
  }

  private static let columns: [TraceOptions.Column] = [
    .init(.session, "sid"), .init(.time, "t"), .init(.input, "in"), .init(.output, "out"),
  ]

  @Test(arguments: [
    "sid,t,in,out\na,0,100,50\na,5,500,50\na,20,300,50\n",
    "sid,t,in,out\na,0,100,50\na,20,300,50\na,5,500,50\n",
    "sid,t,in,out\na,20,300,50\na,5,500,50\na,0,100,50\n",
    "sid,t,in,out\na,20,300,50\na,0,100,50\na,5,500,50\n",
  ])
  func delaysAreThoseOfTheSortedFile(text: String) throws {
    #expect(
      try Self.replay(text) { $0.columns = Self.columns }
        == ["100@0.0", "500@5000.0 behind 5000", "300@20000.0 behind 15000"])
  }

  @Test func durationsAndOtherConversationsAreHeeded() throws {
    let columns = Self.columns + [.init(.duration, "took"), .init(.turn, "n")]
    let sorted = """
      sid,t,in,out,took,n
      a,0,100,50,2,1
      b,1,7,1,1,1
      a,5,500,50,3,2
      a,5,510,50,0,3
      b,9,8,1,1,2

      """
    let mixed = """
      sid,t,in,out,took,n
      a,5,510,50,0,3
      a,5,500,50,3,2
      b,9,8,1,1,2
      a,0,100,50,2,1
      b,1,7,1,1,1

      """
    let found = try Self.replay(mixed) { $0.columns = columns }
    #expect(try found.sorted() == Self.replay(sorted) { $0.columns = columns }.sorted())
    #expect(
      found.sorted() == [
        "100@0.0", "500@5000.0 behind 3000", "510@5000.0 behind 0", "7@1000.0",
        "8@9000.0 behind 7000",
      ])
  }

  @Test func warningIsThatOfRecordedTurns() throws {
    let text = """
      {"session_id": "a", "timestamp": 0, "input_length": 100, "output_length": 50}
      {"session_id": "a", "timestamp": 20000, "input_length": 300, "output_length": 50}
      {"session_id": "a", "timestamp": 5000, "input_length": 500, "output_length": 50}

      """
    for turns in TraceOptions.Turns.allCases {
      let trace = try readTrace(text) { $0.turns = turns }
      #expect(
        trace.recording.notes.map(\.text) == [
          """
          warning[trace/order]: put 1 row into order that comes earlier than one before them, by \
          up to 15.0 s: the first is here
            --> trace:3
          """
        ])
    }
    #expect(
      try Self.replay(text)
        == ["100@0.0", "500@5000.0 behind 5000", "300@20000.0 behind 15000"])
  }

  private static func chat(_ id: Int, _ parent: Int, _ time: Double) -> String {
    #"{"chat_id": \#(id), "parent_chat_id": \#(parent), "timestamp": \#(time), "#
      + #""input_length": \#(10 * id), "output_length": 3, "type": "text", "turn": \#(id)}"# + "\n"
  }

  @Test func turnsThatNameTheirParents() throws {
    let text = Self.chat(2, 1, 5) + Self.chat(1, -1, 0.5)
    #expect(try Self.replay(text) == ["10@0.0", "20@4500.0 behind 4500"])
    let longer = Self.chat(3, 2, 9) + Self.chat(2, 1, 5) + Self.chat(1, -1, 0.5)
    #expect(traceProblems(longer).isEmpty)
    #expect(
      traceProblems(longer) { $0.turns = .afterAnswers } == [
        """
        error[trace/order]: the row stands behind one that follows it (`parent_chat_id`), and \
        follows another itself
          --> trace:2
        hint: sort the file by its times
        """
      ])
  }

  @Test func orderThatNobodyCanTellIsNamed() {
    let text = """
      {"session_id": "a", "timestamp": 9000, "input_length": 100, "output_length": 50}
      {"session_id": "a", "delay": 500, "input_length": 300, "output_length": 50}
      {"session_id": "a", "timestamp": 5000, "input_length": 500, "output_length": 50}

      """
    #expect(
      traceProblems(text) { $0.turns = .afterAnswers } == [
        """
        error[trace/order]: the row comes earlier than another of its conversation, in which rows \
        say how long they wait for the one before them
          --> trace:3
        hint: put the rows of each conversation into order
        """
      ])
  }

  @Test func promptsThatGoOnWithAnotherAreNotPutIntoOrder() {
    let text = """
      {"session_id": "a", "timestamp": 9000, "input_length": 100, "output_length": 50}
      {"session_id": "a", "timestamp": 5000, "input_length": 500, "output_length": 50}

      """
    #expect(
      traceProblems(text) { $0.inputCounts = .additions } == [
        """
        error[trace/order]: the row comes earlier than the one before it in its conversation, \
        whose prompt it goes on with
          --> trace:2
        hint: put the rows of each conversation into order
        """
      ])
  }

  /// What is put into order is kept, and what there is no room for is refused.
  @Test func turnsThatMayWaitAreNeverReadAgain() {
    let rows = (0..<3_000).map {
      #"{"session_id": "\#($0)", "timestamp": \#($0), "input_length": 9, "output_length": 5}"#
    }
    #expect(throws: (any Error).self) {
      try readTrace(rows.joined(separator: "\n") + "\n", keeping: 1_000) {
        $0.turns = .afterAnswers
      }
    }
  }
}
