import ByteStreams
import Diagnostics
import Units
import Workloads

/// A trace written down in a test.
func readTrace(
  _ text: String, _ format: TraceFormat? = nil, keeping mostKeptBytes: Int? = nil,
  _ change: (inout TraceOptions) -> Void = { _ in }
) throws -> Trace {
  var options = TraceOptions(format: format)
  change(&options)
  let source = ByteSource(Array(text.utf8), named: "trace")
  return Trace(try Recording(reading: source, options, mostKeptBytes: mostKeptBytes))
}

/// What is wrong with one, as it is printed.
func traceProblems(
  _ text: String, _ format: TraceFormat? = nil, _ change: (inout TraceOptions) -> Void = { _ in }
) -> [String] {
  do {
    _ = try readTrace(text, format, change)
    return []
  } catch let error as InvalidInput {
    return error.diagnostics.map(\.text)
  } catch {
    return ["\(error)"]
  }
}

/// All its requests.
func requests(of trace: Trace) -> [TraceWalk.Request] {
  let walk = TraceWalk(trace)
  var requests: [TraceWalk.Request] = []
  var request = TraceWalk.Request()
  while walk.next(&request) { requests.append(request) }
  return requests
}

/// A trace as it is converted.
func written(_ trace: Trace, as format: TraceWriter.Format) -> String {
  let writer = TraceWriter(format, trace.summary)
  return requests(of: trace).reduce(into: writer.header) { writer.add($1, to: &$0) }
}

func workload(replaying trace: Trace) -> Workload {
  Workload(
    arrivals: .trace(trace), requests: trace.requests,
    classes: [RequestClass(name: "trace", input: .fixed(1), output: .fixed(1))])
}

extension TraceWalk.Request {
  var milliseconds: Double? { nanoseconds.map { Double($0) / 1e6 } }
}
