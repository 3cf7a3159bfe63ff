import Testing
import Units
import Workloads

/// What is written is read again, and asks for the same.
struct TraceWriterTests {
  private static let mixed = """
    {"session_id": "a", "timestamp": 0.25, "input_length": 655, "output_length": 52, \
    "hash_ids": [0, 1]}
    {"session_id": "a", "delay": 500, "input_length": 1200, "output_length": 26, \
    "hash_ids": [0, 1, 2]}
    {"timestamp": 100.5, "input_length": 900, "output_length": 30, "priority": 2, \
    "hash_ids": [7, 8]}

    """

  private static let weka = """
    {"id": "a", "block_size": 64, "requests": [
      {"t": 0.0, "type": "s", "in": 200, "out": 52, "hash_ids": [1, 2, 3, 4], "api_time": 2.5},
      {"t": 9.5, "type": "n", "in": 330, "out": 80, "hash_ids": [1, 2, 3, 4, 5, 6]}]}
    {"id": "b", "block_size": 64, "requests": [
      {"t": 20.0, "type": "s", "in": 210, "out": 52, "hash_ids": [1, 2, 3, 4], "api_time": 2.0}]}

    """

  private static let plain = "arrived_at,num_prefill_tokens,num_decode_tokens\n0,9,5\n1.5,7,3\n"

  @Test(arguments: [mixed, weka, plain], TraceWriter.Format.allCases)
  func whatIsWrittenIsReadAgain(text: String, format: TraceWriter.Format) throws {
    let trace = try readTrace(text)
    let again = try readTrace(written(trace, as: format))
    let (old, new) = (requests(of: trace), requests(of: again))
    #expect(new.map(\.inputTokens) == old.map(\.inputTokens))
    #expect(new.map(\.outputTokens) == old.map(\.outputTokens))
    #expect(new.map(\.delayNanoseconds) == old.map(\.delayNanoseconds))
    #expect(new.map(\.session) == old.map(\.session))
    #expect(new.map(\.priority) == old.map(\.priority))
    #expect(new.map(\.ids.count) == old.map(\.ids.count))
    #expect(again.summary.heads == trace.summary.heads && again.requests == trace.requests)
    #expect(again.summary.priorities == trace.summary.priorities)
    let before = try TraceStatistics(trace, sizes: [3])
    let after = try TraceStatistics(again, sizes: [3])
    #expect(after.reach?.uniqueBlocks == before.reach?.uniqueBlocks)
    #expect(after.turns.mean == before.turns.mean && after.waits.mean == before.waits.mean)
    if format == .csv || trace.summary.heads == trace.requests {
      #expect(new.map(\.milliseconds) == old.map(\.milliseconds))
    }
  }

  @Test func tableHasTheColumnsThatAreNeeded() throws {
    #expect(written(try readTrace(Self.plain), as: .csv) == Self.plain)
    #expect(
      written(try readTrace(Self.mixed), as: .csv) == """
        arrived_at,num_prefill_tokens,num_decode_tokens,session_id,delay_s,priority,hash_ids
        0,655,52,0,,0,"[0, 1]"
        ,1200,26,0,0.5,0,"[0, 1, 2]"
        0.10025,900,30,,,-2,"[7, 8]"

        """)
  }

  @Test func rowsWithADelayAloneAreReadByColumns() throws {
    let columns: [TraceOptions.Column] = [
      .init(.session, "sid"), .init(.time, "t"), .init(.input, "in"), .init(.output, "out"),
      .init(.delay, "d"),
    ]
    let table = "sid,t,in,out,d\na,0,100,50,\na,,300,50,2.5\n"
    let objects = """
      {"sid": "a", "t": 0, "in": 100, "out": 50}
      {"sid": "a", "t": null, "d": 2.5, "in": 300, "out": 50}

      """
    for text in [table, objects, objects.replacing(#""t": null, "#, with: "")] {
      let trace = try readTrace(text) { $0.columns = columns }
      #expect(requests(of: trace).map(\.delayNanoseconds) == [nil, 2_500_000_000])
      #expect(trace.summary.heads == 1)
    }
    #expect(
      traceProblems("sid,t,in,out,d\na,0,100,50,\na,,300,50,\n") { $0.columns = columns } == [
        """
        error[trace/timestamp]: not a time in seconds from 0 to 4,102,444,800: (empty)
          --> trace:3
        hint: mend it, or leave the line out: `sed 3d trace > trace-mended`
        """
      ])
    #expect(
      traceProblems(#"{"sid": "a", "in": 100, "out": 50}"#) { $0.columns = columns } == [
        """
        error[trace/missing-key]: missing key `t`
          --> trace:1
        hint: a line of the trace is for example `{"time": 0.5, "input": 374, "output": 44}`
        """
      ])
  }
}
