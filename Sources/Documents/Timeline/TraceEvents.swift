internal import Outcomes
internal import ServingSimulation
internal import Units
internal import Workloads

/// A run over time as trace events.
///
/// A replica is a process: a thread for its steps, one for each attention rank where it has
/// several, one for the caches that it sends or receives, counters for its batch, queue and cache,
/// and the requests that it finishes, which overlap. The cluster is a process for what has no
/// replica.
package struct TraceEvents {
  private let run: RunTimeline
  private var text = TraceEventText()

  private static let cluster = TraceEventText.Track(process: 1)
  private static let stepThread = 1
  private static let transferThread = 2
  private static let firstRankThread = 10

  package init(_ run: RunTimeline) { self.run = run }

  package var file: String {
    var copy = self
    copy.addNames()
    copy.addSteps()
    copy.addRequests()
    copy.addTransfers()
    copy.addIncidents()
    return copy.text.file(facts: run.facts)
  }

  private static func track(_ replica: Int32, _ thread: Int = 0) -> TraceEventText.Track {
    TraceEventText.Track(process: Int(replica) + 2, thread: thread)
  }

  // MARK: Names

  private mutating func addNames() {
    let timeline = run.timeline
    text.name("process_name", "cluster", of: Self.cluster)
    let sending = Set(timeline.transfers.flatMap { [$0.source, $0.target] })
    for (index, replica) in run.replicas.enumerated() {
      let index = Int32(index)
      text.name("process_name", replica.name, of: Self.track(index))
      text.name("thread_name", "steps", of: Self.track(index, Self.stepThread))
      if sending.contains(index) {
        text.name("thread_name", "transfers", of: Self.track(index, Self.transferThread))
      }
      for rank in 0..<(replica.ranks > 1 ? replica.ranks : 0) {
        text.name(
          "thread_name", "rank \(rank)", of: Self.track(index, Self.firstRankThread + rank))
      }
    }
  }

  // MARK: Steps

  private mutating func addSteps() {
    let steps = run.timeline.steps
    // Behind a step that is followed by others that were left out, nobody knows what was.
    let known = run.timeline.stepSample.isComplete ? steps.count : run.timeline.stepSample.first
    let followers = Self.followers(steps, replicas: run.replicas.count)
    for (position, step) in steps.enumerated() {
      add(step)
      let next = followers[position]
      if position < known, next.map({ steps[$0].start > step.end }) ?? true,
        next ?? 0 < known
      {
        count("batch", "sequences", .whole(0), of: step, at: step.end)
      }
    }
  }

  /// The position of each step's successor in its replica; nil for the last.
  private static func followers(_ steps: [Timeline.Step], replicas: Int) -> [Int?] {
    var next = [Int?](repeating: nil, count: replicas)
    var followers = [Int?](repeating: nil, count: steps.count)
    for position in steps.indices.reversed() {
      followers[position] = next[Int(steps[position].replica)]
      next[Int(steps[position].replica)] = position
    }
    return followers
  }

  private mutating func add(_ step: Timeline.Step) {
    let name = Self.name(of: step)
    let duration = step.end - step.start
    func arguments(_ load: Timeline.Load) -> [(String, TraceEventText.Value)] {
      [
        ("steps", .whole(Int(step.count))), ("sequences", .whole(load.sequences)),
        ("prompts", .whole(load.prompts)), ("prompt_tokens", .whole(load.promptTokens)),
        ("cache_blocks", .whole(load.usedBlocks)),
      ]
    }
    let stepTime = duration.milliseconds / Double(max(1, step.count))
    text.add(
      .complete, name, "step", on: Self.track(step.replica, Self.stepThread), at: step.start,
      for: duration, arguments(step.load) + [("step_ms", .decimal(stepTime))])
    for (rank, load) in step.ranks.enumerated() {
      text.add(
        .complete, name, "step", on: Self.track(step.replica, Self.firstRankThread + rank),
        at: step.start, for: duration, arguments(load))
    }
    let blocks = run.replicas[Int(step.replica)].blocks
    count("batch", "sequences", .whole(step.load.sequences), of: step, at: step.start)
    count(
      "KV cache", "percent",
      .decimal(blocks > 0 ? 100 * Double(step.load.usedBlocks) / Double(blocks) : 0), of: step,
      at: step.start)
    count("queue", "requests", .whole(step.waiting), of: step, at: step.end)
  }

  private mutating func count(
    _ name: String, _ unit: String, _ value: TraceEventText.Value, of step: Timeline.Step,
    at time: SimTime
  ) {
    text.add(.counter, name, "load", on: Self.track(step.replica), at: time, [(unit, value)])
  }

  /// `decode x 512` for as many steps advanced at once.
  private static func name(of step: Timeline.Step) -> String {
    let kind =
      step.load.promptTokens == 0
      ? "decode" : step.load.sequences > 0 ? "prefill and decode" : "prefill"
    return step.count > 1 ? "\(kind) x \(step.count)" : kind
  }

  // MARK: Requests

  private mutating func addRequests() {
    var transfers: [Int32: Timeline.Transfer] = [:]
    for transfer in run.timeline.transfers { transfers[transfer.request] = transfer }
    for item in run.timeline.requests { add(item, transfers[item.record.request.index]) }
  }

  private mutating func add(_ item: Timeline.Request, _ transfer: Timeline.Transfer?) {
    let record = item.record
    let request = record.request
    let track = Self.track(item.replica)
    func event(_ phase: TraceEventText.Phase, _ name: String, _ time: SimTime) {
      text.add(phase, name, "request", on: track, at: time, id: request.index)
    }
    text.add(
      .begin, "request", "request", on: track, at: request.arrival, id: request.index,
      [
        ("request", .whole(Int(request.index))), ("input_tokens", .whole(Int(request.inputTokens))),
        ("output_tokens", .whole(Int(request.outputTokens))),
        ("thinking_tokens", .whole(Int(request.thinkingTokens))),
        ("ttft_ms", .decimal(record.timeToFirstToken.milliseconds)),
        ("e2e_ms", .decimal(record.endToEndLatency.milliseconds)),
        ("preemptions", .whole(Int(record.preemptions))),
      ])
    // Only what belongs to this attempt: before a failure another replica may have sent it too.
    let sent = transfer.flatMap { transfer in
      transfer.target == item.replica && transfer.ready >= record.scheduled
        && transfer.end <= record.firstToken ? transfer : nil
    }
    var phases = [
      ("queue", request.arrival, record.scheduled),
      ("prefill", record.scheduled, sent?.ready ?? record.firstToken),
    ]
    if let sent { phases.append(("transfer", sent.ready, record.firstToken)) }
    phases.append(("decode", record.firstToken, record.finish))
    for (name, start, end) in phases {
      event(.begin, name, start)
      event(.end, name, end)
    }
    event(.end, "request", record.finish)
  }

  // MARK: Between replicas

  private mutating func addTransfers() {
    for item in run.timeline.transfers {
      let waited = (item.start - item.ready).milliseconds
      for (replica, name) in [
        (item.source, "to \(run.replicas[Int(item.target)].name)"),
        (item.target, "from \(run.replicas[Int(item.source)].name)"),
      ] {
        text.add(
          .complete, name, "transfer", on: Self.track(replica, Self.transferThread),
          at: item.start, for: item.end - item.start,
          [("request", .whole(Int(item.request))), ("waited_ms", .decimal(waited))])
      }
    }
  }

  private mutating func addIncidents() {
    var position = 0
    let incidents = run.timeline.incidents
    while position < incidents.count {
      let item = incidents[position]
      let first = position
      // A replica that fails has many requests, and all of them begin anew at once.
      while position < incidents.count, incidents[position].isOne(with: item) { position += 1 }
      var arguments: [(String, TraceEventText.Value)] = []
      if position - first > 1 {
        arguments.append(("requests", .whole(position - first)))
      } else if let request = item.request {
        arguments.append(("request", .whole(Int(request))))
      }
      if let duration = item.duration { arguments.append(("for_s", .decimal(duration.seconds))) }
      text.add(
        .instant, item.kind.rawValue, "incident",
        on: item.replica.map { Self.track($0) } ?? Self.cluster, at: item.time, arguments)
    }
  }
}

extension Timeline.Incident {
  /// Whether it is the same thing at the same instant to another request.
  fileprivate func isOne(with other: Timeline.Incident) -> Bool {
    kind == other.kind && time == other.time && replica == other.replica
      && duration == other.duration && (request == nil) == (other.request == nil)
  }
}
