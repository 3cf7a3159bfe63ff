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
    #expect(trace.summary.priorities == [-1, 0, 7])
    var load = workload(replaying: trace)
    load.classes = trace.summary.priorities.map { priority in
      var item = load.classes[0]
      item.priority = priority
      return item
    }
    var source = RequestSource(load, seed: 1)
    var classes: [Int16] = []
    while let request = source.nextArrival() { classes.append(request.classIndex) }
    #expect(classes == [2, 1, 0, 2])
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
