import Testing
import Workloads

/// Rows as other programs lay them out: in one list, between spaces, with line ends in quotes.
struct TraceShapeTests {
  private static let rows = [
    #"{"timestamp": 0, "input_length": 1025, "output_length": 7, "hash_ids": [5, 6, 7]}"#,
    #"{"timestamp": 34, "input_length": 1024, "output_length": 8, "hash_ids": [5, 6], "x": "]}"}"#,
  ]

  @Test(arguments: [
    "[\(rows[0]), \(rows[1])]",
    "[\n  \(rows[0]),\n  \(rows[1])\n]\n",
    "\n[\(rows[0])\n,\(rows[1])]\n\n",
    "[\(rows[0].replacing(", ", with: ",\n    ")),\r\n\(rows[1].replacing("{", with: "{\n"))\n]",
  ])
  func listsAreReadAsLinesAre(text: String) throws {
    let lines = try readTrace(Self.rows.joined(separator: "\n"))
    for kept in [nil, 0] as [Int?] {
      let trace = try readTrace(text, keeping: kept)
      #expect(trace.summary.format == .mooncake)
      #expect(requests(of: trace).map(\.ids) == [[5, 6, 7], [5, 6]])
      #expect(requests(of: trace).map(\.nanoseconds) == requests(of: lines).map(\.nanoseconds))
      #expect(requests(of: trace).map(\.outputTokens) == [7, 8])
    }
  }

  @Test func aListIsReadByItsKeys() throws {
    let trace = try readTrace(
      #"[{"at": {"ms": 5}, "in": 10, "out": 2},"# + "\n"
        + #"{"at": {"ms": 9}, "in": 20, "out": 3}]"#
    ) { options in
      options.columns = [.init(.time, "at.ms"), .init(.input, "in"), .init(.output, "out")]
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, 4])
  }

  @Test(arguments: [
    ("[\(rows[0]),\n\(rows[1])", "the list of objects is not closed: `]` is missing", "2:91"),
    ("[\(rows[0])\n\(rows[1])]", "a comma or `]` is missing", "2:1"),
    ("[\(rows[0]),\n 17]", "not an object with keys in the list", "2:2"),
    ("[\(rows[0])]\n]", "something stands behind the end of the list", "2:1"),
    ("[\(rows[0]),\n  {\"timestamp\": 4,\n", "the object is not closed: `}` is missing", "2:3"),
    (
      "[\(rows[0]),\n {\"timestamp\": 4,\n  \"input_length\" 9}]",
      "not a JSON object of a Mooncake trace", "3:18"
    ),
  ])
  func listsThatAreBrokenAreRefused(text: String, message: String, place: String) {
    let found = traceProblems(text, .mooncake)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("error[trace/json]: \(message)\n  --> trace:\(place)\n") == true)
    #expect(found.first?.contains("hint: expected for example") == true)
  }

  @Test func objectsOverSeveralLinesAreToBeJoined() {
    #expect(
      traceProblems("{\n  \"timestamp\": 0,\n  \"input_length\": 9\n}\n", .mooncake).first == """
        error[trace/json]: line is not a JSON object of a Mooncake trace: column 2
          --> trace:1
        hint: an object stands on one line: `jq -c . trace > rows.jsonl`
        """)
  }

  @Test(arguments: [
    "time input output\n0.5 100 10\n1.5 200 20\n",
    "  time    input   output\n   0.5      100       10\n   1.5      200       20  \n",
    "time input output user\n0.5 100 10 \"a b\"\n1.5 200 20 c\n",
  ])
  func tablesBetweenSpaces(text: String) throws {
    let trace = try readTrace(text) { options in
      options.columns = [.init(.time, "time"), .init(.input, "input"), .init(.output, "output")]
      options.timeUnit = .seconds
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, 1000])
    #expect(requests(of: trace).map(\.inputTokens) == [100, 200])
    #expect(requests(of: trace).map(\.outputTokens) == [10, 20])
  }

  @Test func aValueWithASpaceInItIsNoColumnMore() {
    let found = traceProblems("time input output\n2024-02-28 23:59:59 100 10\n") { options in
      options.columns = [.init(.time, "time"), .init(.input, "input"), .init(.output, "output")]
    }
    #expect(
      found == [
        """
        error[trace/columns]: line has 4 columns, and the first one 3
          --> trace:2
        hint: a value with a space in it stands between quotes
        """
      ])
  }

  @Test func oneColumnMayHaveSpaces() throws {
    let trace = try readTrace("when\n2024-02-28 23:59:59\n2024-02-29 00:00:01\n") { options in
      options.columns = [.init(.time, "when")]
      (options.inputTokens, options.outputTokens) = (100, 10)
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, 2000])
  }

  @Test func lineEndsBetweenQuotesBelongToTheField() throws {
    let trace = try readTrace(
      "text,when,input,output\n\"one\ntwo, \"\"three\"\"\n\",5,100,10\n\"\",7,200,20\n"
    ) { options in
      options.columns = [.init(.time, "when"), .init(.input, "input"), .init(.output, "output")]
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, 2000])
    // The first value of a column is found behind them too.
    let dated = try readTrace(
      "text,when,input,output\n\"one\ntwo\",2024-02-28 23:59:59,100,10\n"
    ) { options in
      options.columns = [.init(.time, "when"), .init(.input, "input"), .init(.output, "output")]
    }
    #expect(dated.requests == 1)
  }

  @Test func aTableWithoutNamesIsToldHowToGetThem() {
    for (text, header) in [
      ("0.0 100 10\n1.0 200 20\n", "time input output"),
      ("0,100,10,7\n", "time,input,output,column4"),
    ] {
      #expect(
        traceProblems(text).first?.hasSuffix(
          "hint: say what they are in a first line, for example with `sed -i '1i \(header)' trace`")
          == true, "\(traceProblems(text))")
    }
  }

  @Test func aColumnThatIsCalledSoIsMeant() {
    #expect(
      traceProblems("time,prompt,input,output\n0,a,100,10\n").first?.hasSuffix(
        "hint: say what its columns are: `columns: {time: time, input: input, output: output}`")
        == true)
  }
}
