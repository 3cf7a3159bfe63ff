package import ServingSimulation
internal import Statistics
package import Units
internal import Workloads

/// The laws that hold for every run, checked from its records, apart from the simulator's own sums.
///
///     #expect(LawChecker.brokenLaws(of: simulation.finish()) == [])
///
/// The run must keep its records. Empty when all hold.
package enum LawChecker {
  /// - Parameter frontEnd: that the requests have passed.
  package static func brokenLaws(
    of summary: RunSummary, behind frontEnd: FrontEnd = .none
  ) -> [String] {
    var broken = summary.brokenLaws
    func check(_ law: String, _ holds: Bool, _ figures: @autoclosure () -> String) {
      if !holds { broken.append("law \(law) broken: \(figures())") }
    }
    let records = summary.records
    check(
      "L1 (requests conserved)", summary.completed == records.count,
      "\(summary.completed) completed, \(records.count) records")
    check(
      "L1 (requests conserved)", summary.arrived == summary.completed + summary.rejected,
      "\(summary.arrived) arrived, \(summary.completed) and \(summary.rejected) ended")
    check(
      "L1 (requests conserved)", Set(records.map(\.request.index)).count == records.count,
      "a request finished twice")
    if let record = records.first(where: { !isInOrder($0) }) {
      broken.append("law L3 (lifecycle) broken: \(record)")
    }
    let output = records.reduce(Int64(0)) { $0 + Int64($1.request.outputTokens) }
    check("L5 (tokens conserved)", output == summary.outputTokens, "\(output) emitted")
    let computed = summary.prefilledTokens + summary.decodedTokens
    let contexts = records.reduce(Int64(0)) {
      $0 + Int64($1.request.inputTokens) + Int64(max(1, $1.request.outputTokens)) - 1
    }
    check(
      "L5 (tokens conserved)",
      summary.preemptions == 0 ? computed == contexts : computed >= contexts,
      "\(computed) tokens computed for contexts of \(contexts)")
    let sojourn = records.reduce(Int128(0)) { $0 + Int128($1.endToEndLatency.nanoseconds) }
    check(
      "L6 (Little's law)", summary.inSystem.integral == sojourn,
      "integral \(summary.inSystem.integral), sojourns \(sojourn)")
    let ready = readyTimes(of: records, behind: frontEnd, servers: 1)
    if let pair = zip(records, ready).first(where: { $0.scheduled < $1 }) {
      broken.append("law L3 (lifecycle) broken: ready at \(pair.1), \(pair.0)")
    }
    let waits = zip(records, ready).reduce(Int128(0)) {
      $0 + Int128(($1.0.scheduled - $1.1).nanoseconds)
    }
    check(
      "L6 (Little's law)",
      summary.preemptions == 0
        ? summary.queue.integral == waits : summary.queue.integral >= waits,
      "integral of the queue \(summary.queue.integral), waits \(waits)")
    // Busy exactly while a request is there. The clock that records see is rounded up to a
    // nanosecond, once a busy period.
    let (occupied, periods) = occupiedTime(of: records, from: ready)
    let busy = summary.pools[0].busyFemtoseconds
    let difference = Int128(occupied) * 1_000_000 - busy
    check(
      "L8 (work conserving)", difference >= 0 && difference <= Int128(periods) * 1_000_000,
      "\(occupied) ns with requests in \(periods) periods, busy \(busy) fs")
    return broken
  }

  package static func isInOrder(_ record: RequestRecord) -> Bool {
    let times = [
      record.request.arrival, record.scheduled, record.firstToken, record.firstAnswer,
      record.finish,
    ]
    return zip(times, times.dropFirst()).allSatisfy { $0 <= $1 } && record.finish < .never
  }

  /// Whether the order in which requests pass the front end follows from when they come. Those that
  /// come at one instant later on - a turn that follows an answer, work of a batch that takes its
  /// place - pass it in the order of the events that bring them, which no record has. Those of one
  /// source that are there from the start come in the order of their numbers.
  ///
  /// - Parameter sources: of requests: arrivals are one, and a batch that fills what they leave
  ///   another.
  package static func isOrderKnown(of records: [RequestRecord], sources: Int = 1) -> Bool {
    let requests = records.map(\.request).sorted { $0.arrival < $1.arrival }
    return zip(requests, requests.dropFirst()).allSatisfy {
      $0.arrival < $1.arrival || ($0.arrival == .zero && sources == 1)
        || $0.inputTokens == $1.inputTokens
    }
  }

  /// When each request had passed the front end; those that are refused do not.
  package static func readyTimes(
    of records: [RequestRecord], behind frontEnd: FrontEnd, servers: Int
  ) -> [SimTime] {
    var free = [SimTime](repeating: .zero, count: servers)
    var ready = records.map(\.request.arrival)
    let order = records.indices.sorted {
      (records[$0].request.arrival, records[$0].request.index)
        < (records[$1].request.arrival, records[$1].request.index)
    }
    var last = (question: Int32(-1), arrival: SimTime.zero, ready: SimTime.zero)
    for position in order {
      let request = records[position].request
      // One request with several answers.
      guard
        request.course.kind != .furtherAnswer || request.session != last.question
          || request.arrival != last.arrival
      else {
        ready[position] = last.ready
        continue
      }
      let server = free.indices.min { free[$0] < free[$1] }!
      let work = SimDuration(
        seconds: frontEnd.secondsPerRequest
          + frontEnd.secondsPerPromptToken * Double(request.inputTokens))
      free[server] = max(free[server], request.arrival) + work
      ready[position] = free[server] + SimDuration(seconds: frontEnd.delaySeconds)
      last = (request.session, request.arrival, ready[position])
    }
    return ready
  }

  /// Nanoseconds in which some request was there, and in how many stretches.
  package static func occupiedTime(of records: [RequestRecord], from ready: [SimTime]) -> (
    nanoseconds: Int64, periods: Int
  ) {
    let intervals =
      zip(records, ready)
      .map { (start: $1.nanoseconds, end: $0.finish.nanoseconds) }
      .sorted { $0.start < $1.start }
    var total: Int64 = 0
    var periods = 0
    var end = Int64.min
    for interval in intervals {
      if interval.start > end || end == .min {
        periods += 1
        total += interval.end - interval.start
        end = interval.end
      } else if interval.end > end {
        total += interval.end - end
        end = interval.end
      }
    }
    return (total, periods)
  }
}
