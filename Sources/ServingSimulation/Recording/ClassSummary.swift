package import Statistics
internal import Units
internal import Workloads

/// What became of the requests of one class, where a workload has several.
package struct ClassSummary: Sendable {
  /// So many classes are told apart; of a workload with more, none is.
  static let most = 16

  package let name: String
  package internal(set) var completed: Int64 = 0
  /// Rejected, lost, or left by their clients.
  package internal(set) var failed: Int64 = 0
  package internal(set) var abandoned: Int64 = 0
  /// Completed requests that met every objective.
  package internal(set) var good: Int64 = 0
  /// Completed requests that lost their blocks, at least once.
  package internal(set) var preempted: Int64 = 0
  package internal(set) var outputTokens: Int64 = 0
  package internal(set) var timeToFirstToken = QuantileSketch()
  package internal(set) var timePerOutputToken = QuantileSketch()
  package internal(set) var endToEnd = QuantileSketch()

  package var ended: Int64 { completed + failed }

  init(_ name: String) { self.name = name }

  /// One for each class; none where there is but one, or a trace.
  static func all(of workload: Workload) -> [ClassSummary] {
    guard (2...most).contains(workload.classes.count) else { return [] }
    return workload.classes.map { ClassSummary($0.name) }
  }

  mutating func add(_ record: RequestRecord, isGood: Bool) {
    completed += 1
    if isGood { good += 1 }
    if record.preemptions > 0 { preempted += 1 }
    outputTokens += Int64(record.request.outputTokens)
    if record.request.outputTokens > 0 {
      timeToFirstToken.add(record.timeToFirstToken.nanoseconds)
    }
    if let perToken = record.timePerOutputTokenNanoseconds {
      timePerOutputToken.add(Int64(perToken.rounded()))
    }
    endToEnd.add(record.endToEndLatency.nanoseconds)
  }

  var snapshot: Snapshot {
    Snapshot(
      counts: self.counts,
      latencies: [
        timeToFirstToken.snapshot, timePerOutputToken.snapshot, endToEnd.snapshot,
      ])
  }

  private var counts: [Int64] { [completed, failed, abandoned, good, preempted, outputTokens] }

  /// What was counted until a moment, in little memory.
  struct Snapshot: Sendable {
    let counts: [Int64]
    let latencies: [SketchSnapshot]

    /// Nil of a latency that is not told apart by class.
    func values(of latency: Latency) -> SketchSnapshot? {
      switch latency {
      case .timeToFirstToken: latencies[0]
      case .timePerOutputToken: latencies[1]
      case .endToEnd: latencies[2]
      case .timeToFirstAnswer, .interToken: nil
      }
    }
  }

  /// What was counted between two moments.
  init(_ name: String, from start: Snapshot, to end: Snapshot) {
    self.name = name
    let counts = zip(end.counts, start.counts).map { $0 - $1 }
    (completed, failed, abandoned) = (counts[0], counts[1], counts[2])
    (good, preempted, outputTokens) = (counts[3], counts[4], counts[5])
    let latencies = zip(end.latencies, start.latencies).map { $0.since($1) }
    (timeToFirstToken, timePerOutputToken, endToEnd) = (latencies[0], latencies[1], latencies[2])
  }
}
