import Testing
import Workloads

/// A file that is cut anywhere is refused, or gives the requests that it holds whole.
struct TraceTruncationTests {
  @Test(arguments: TraceFormatTests.formats)
  func cutAnywhereItsRequestsAreThoseOfTheWhole(
    format: TraceFormat, text: String, times: [Double?], inputs: [Int32], outputs: [Int32]
  ) throws {
    try expectPrefixes(of: text + "\n") { $0.format = format }
    try expectPrefixes(of: (text + "\n").replacing("\n", with: "\r\n")) { $0.format = format }
  }

  @Test(arguments: ["time,in,out\n1700000000000,5,67\n1700000000250,7,89\n"])
  func namedColumnsToo(text: String) throws {
    try expectPrefixes(of: text) { options in
      options.columns = [.init(.time, "time"), .init(.input, "in"), .init(.output, "out")]
    }
  }

  @Test func aLastRowThatIsCertainNeedsNoLineEnd() throws {
    let row = #"{"timestamp": 0, "input_length": 655, "output_length": 52}"#
    #expect(requests(of: try readTrace(row, .mooncake)).map(\.outputTokens) == [52])
    let table = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,374,\"44\""
    #expect(requests(of: try readTrace(table, .azure)).map(\.outputTokens) == [44])
  }

  @Test func aLastNumberThatMayBeCutIsNamed() {
    #expect(
      traceProblems("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,4", .azure)
        == [
          """
          error[trace/cut]: the file ends without a line end, so that its last value may be cut \
          off: 4
            --> trace:2
          hint: when it is whole, end the line: `echo >> trace`
          """
        ])
  }

  private func expectPrefixes(of text: String, _ change: (inout TraceOptions) -> Void) throws {
    let whole = facts(try readTrace(text, nil, change))
    let bytes = Array(text.utf8)
    var accepted = 0
    for count in 0..<bytes.count {
      let cut = String(decoding: bytes[..<count], as: UTF8.self)
      guard let trace = try? readTrace(cut, nil, change) else { continue }
      accepted += 1
      let found = facts(trace)
      #expect(found == Array(whole.prefix(found.count)), "cut after \(count) bytes")
    }
    #expect(accepted > 0, "a cut behind a line end leaves whole rows")
  }

  private func facts(_ trace: Trace) -> [[Int64]] {
    requests(of: trace).map {
      [$0.nanoseconds ?? -1, Int64($0.inputTokens), Int64($0.outputTokens)]
    }
  }
}
