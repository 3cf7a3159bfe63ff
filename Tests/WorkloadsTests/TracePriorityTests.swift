import Testing
import Units

@testable import Workloads

/// Requests of a trace that are more urgent than others.
struct TracePriorityTests {
  private static let rows = """
    {"timestamp": 0, "input_length": 10, "output_length": 2, "priority": 7}
    {"timestamp": 1, "input_length": 20, "output_length": 2}
    {"timestamp": 2, "input_length": 30, "output_length": 2, "priority": -1}
    {"timestamp": 3, "input_length": 40, "output_length": 2, "priority": 7}
    """

  /// Whether rows are kept in memory or read again.
  @Test(arguments: [nil, 0])
  func eachPriorityIsAClass(keeping: Int?) throws {
    let trace = try readTrace(Self.rows + "\n", .mooncake, keeping: keeping)
    #expect(trace.summary.priorities == [-7, 0, 1])
    var load = workload(replaying: trace)
    load.classes = trace.summary.priorities.map { priority in
      var item = load.classes[0]
      item.priority = priority
      return item
    }
    var source = RequestSource(load, seed: 1)
    var classes: [Int16] = []
    while let request = source.nextArrival() { classes.append(request.classIndex) }
    #expect(classes == [0, 1, 2, 0])
  }

  /// Dynamo's rows, of which the highest goes first, and a table of vLLM's priorities.
  @Test func whatIsMoreUrgentFollowsFromTheFormat() throws {
    #expect(TraceFormat.allCases.filter(\.isHigherMoreUrgent) == [.mooncake])
    let table = try readTrace("t,in,out,p\n0,10,2,7\n1,20,2,-1\n") { options in
      options.columns = [
        .init(.time, "t"), .init(.input, "in"), .init(.output, "out"), .init(.priority, "p"),
      ]
    }
    #expect(table.summary.priorities == [-1, 7])
    // Written as a Mooncake trace it is read back as it was.
    let text = written(table, as: .mooncake)
    #expect(text.contains(#""priority": -7"#) && text.contains(#""priority": 1"#))
    #expect(try readTrace(text).summary.priorities == [-1, 7])
  }

  @Test func alikeRequestsAreOfOneClass() throws {
    let rows = Self.rows.replacing("-1", with: "7").split(separator: "\n").filter {
      $0.contains("priority")
    }
    let trace = try readTrace(rows.joined(separator: "\n") + "\n", .mooncake)
    #expect(trace.summary.priorities == [])
    var source = RequestSource(workload(replaying: trace), seed: 1)
    #expect(source.nextArrival()?.classIndex == 0)
  }
}
