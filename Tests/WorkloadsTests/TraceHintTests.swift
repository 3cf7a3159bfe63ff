import Diagnostics
import Testing
import Workloads

/// Hints say what is missing as it is typed where the trace is named.
struct TraceHintTests {
  private static let places: [TraceKeys] = [
    .scenario, .options, .settings(path: "workload.arrivals"),
  ]

  private static func hints(
    _ text: String, _ format: TraceFormat? = nil, _ change: (inout TraceOptions) -> Void = { _ in }
  ) -> [String] {
    places.map { place in
      traceProblems(text, format) { options in
        options.keys = place
        change(&options)
      }.last.flatMap { $0.split(separator: "\n").last.map(String.init) } ?? ""
    }
  }

  @Test func columnsOfATableThatNoFormatKnows() {
    #expect(
      Self.hints("ts,\"prompt toks\",completion\n1,2,3\n") == [
        "hint: say what its columns are: "
          + "`columns: {time: ts, input: \"prompt toks\", output: completion}`",
        "hint: say what its columns are: "
          + "`--columns 'time=ts,input=prompt toks,output=completion'`",
        "hint: say what its columns are: `--set workload.arrivals.columns="
          + "'{time: ts, input: \"prompt toks\", output: completion}'`",
      ])
    #expect(
      Self.hints("id,out\n1,2\n") == [
        "hint: say what its columns are: `columns: {output: out}`, `input: 1000`",
        "hint: say what its columns are: `--columns output=out --prompt 1000`",
        "hint: say what its columns are: `--set workload.arrivals.columns='{output: out}' "
          + "--set workload.arrivals.input=1000`",
      ])
  }

  @Test func quotesInANameAreUndoneAndWrittenAgain() throws {
    let text = "when;\"prompt \"\"toks\"\"\";completion\n1,5;\"100\";5\n2,5;90;6\n"
    #expect(
      Self.hints(text) == [
        "hint: say what its columns are: "
          + #"`columns: {time: when, input: "prompt \"toks\"", output: completion}`"#,
        "hint: say what its columns are: "
          + #"`--columns 'time=when,input=prompt "toks",output=completion'`"#,
        "hint: say what its columns are: `--set workload.arrivals.columns="
          + #"'{time: when, input: "prompt \"toks\"", output: completion}'`"#,
      ])
    let trace = try readTrace(text) {
      $0.columns = [
        .init(.time, "when"), .init(.input, #"prompt "toks""#), .init(.output, "completion"),
      ]
    }
    #expect(requests(of: trace).map(\.inputTokens) == [100, 90])
    #expect(requests(of: trace).map(\.milliseconds) == [0, 1_000])
  }

  @Test func lengthsThatNoColumnHas() {
    #expect(
      Self.hints("ts,out\n1,2\n") { $0.columns = [.init(.output, "out")] } == [
        "hint: add it, or say how long all are: `input: 1000`",
        "hint: add it, or say how long all are: `--prompt 1000`",
        "hint: add it, or say how long all are: `--set workload.arrivals.input=1000`",
      ])
    #expect(
      Self.hints(#"{"timestamp": 0, "input_length": 5}"#) == [
        "hint: say how long the answers are that the file does not have: `output: 200`",
        "hint: say how long the answers are that the file does not have: `--answer 200`",
        "hint: say how long the answers are that the file does not have: "
          + "`--set workload.arrivals.output=200`",
      ])
  }

  @Test func unitsAndSizes() throws {
    let notes = try Self.places.map { place in
      try readTrace("when,in,out\n5,6,7\n") { options in
        options.columns = [.init(.time, "when"), .init(.input, "in"), .init(.output, "out")]
        options.keys = place
      }.recording.notes.first?.hint
    }
    #expect(
      notes == [
        "say what they are in: `time_unit: ms`", "say what they are in: `--time-unit ms`",
        "say what they are in: `--set workload.arrivals.time_unit=ms`",
      ])
    let ids =
      #"{"timestamp": 0, "input_length": 100, "output_length": 5, "hash_ids": [1, 2, 3, 4, 5]}"#
    #expect(
      Self.hints(ids) == [
        "hint: say how many tokens an id stands for: `block_tokens: 16`",
        "hint: say how many tokens an id stands for: `--block-tokens 16`",
        "hint: say how many tokens an id stands for: `--set workload.arrivals.block_tokens=16`",
      ])
    #expect(try readTrace(ids) { $0.blockTokens = 16 }.blockTokens == 16)
  }

  @Test func whatIsToBeLeftOut() {
    let plain = "arrived_at,num_prefill_tokens,num_decode_tokens\n0,9,5\n"
    #expect(
      Self.hints(plain, .azure) == [
        "hint: it begins as a Vidur trace does: leave `format` out",
        "hint: it begins as a Vidur trace does: leave `--trace-format` out",
        "hint: it begins as a Vidur trace does: leave `workload.arrivals.format` out",
      ])
    let known = Self.hints(plain, .vidur) { $0.columns = [.init(.input, "in")] }
    #expect(known[1] == "hint: leave it out, or `--trace-format`")
  }

  /// A column that somebody named and the table has not is no column that may be left out.
  @Test func namedColumnsAreThere() {
    let table = "ts,in,out,sess\n0,100,10,a\n1,200,10,a\n"
    let found = traceProblems(table) {
      $0.columns = [
        .init(.time, "ts"), .init(.input, "in"), .init(.output, "out"), .init(.session, "ses"),
        .init(.priority, "importance"),
      ]
    }
    #expect(
      found == [
        """
        error[trace/header]: the table has no column `ses`: `ts`, `in`, `out`, `sess`
          --> trace:1
        hint: did you mean `sess`?
        """,
        """
        error[trace/header]: the table has no column `importance`: `ts`, `in`, `out`, `sess`
          --> trace:1
        hint: name another one in `columns`, or take it out
        """,
      ])
  }
}
