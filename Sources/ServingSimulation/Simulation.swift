internal import BasicContainers
internal import EventKernel
package import Units
internal import Workloads

/// A discrete-event simulation of an engine under the requests of a workload.
///
///     var simulation = Simulation(configuration)
///     while simulation.advance(events: 100_000) { report(simulation.progress) }
///     let summary = simulation.finish()
///
/// It drives an `Engine`, which knows no source: it lets requests arrive, and asks the source what
/// follows from the end of each. It reads no file, prints nothing, asks no wall clock, knows no
/// price, and draws no random number but from the streams of its workload. Advancing in slices
/// gives the same result as in one go.
package struct Simulation: ~Copyable {
  var engine: Engine
  var source: RequestSource
  /// The next request of an open process. Each has one at a time, which is quicker to compare with
  /// the queue's first event than to queue.
  private var upcoming: Request
  /// When it arrives; `.max` when there is none.
  private var upcomingNanoseconds: Int64
  private let requests: Int
  /// How many events were handled so far.
  package private(set) var handledEvents = 0
  /// Whether a request with another in front of it is the next turn of a conversation.
  private let hasConversations: Bool
  /// What comes of a request that has ended.
  private var following: [Request] = []

  package init(_ configuration: SimulationConfiguration) {
    let source = RequestSource(
      configuration.workload, seed: configuration.seed, isEndless: configuration.isEndless)
    self.source = source
    requests = configuration.workload.requests
    hasConversations =
      configuration.workload.hasFollowUps
      && configuration.workload.classes.allSatisfy { $0.strategy == nil }
    // Of locals: where `||` reads a noncopyable `self` that is not whole yet, Swift 6.3 destroys
    // what is not there yet.
    let reportsEnds = configuration.workload.hasFollowUps || source.openTexts != nil
    engine = Engine(
      configuration, prefixes: configuration.prefixes(source), reportsEnds: reportsEnds)
    upcoming = Request(index: 0, arrival: .never, inputTokens: 1, outputTokens: 1)
    upcomingNanoseconds = .max
    let isClosedLoop = configuration.workload.arrivals.isClosed
    if !isClosedLoop { takeNextArrival() }
    while isClosedLoop, let request = self.source.nextArrival() { engine.submit(request) }
  }

  /// Share of the requests that have ended, 0...1.
  package var progress: Double {
    if let questions = source.questionSummary, requests > 0 {
      return min(1, Double(questions.answered + questions.failed) / Double(requests))
    }
    return requests > 0 ? Double(counts.ended) / Double(requests) : 1
  }

  /// Handles up to a number of events, all of them before an instant; false when none is left.
  package mutating func advance(events: Int, before end: SimTime = .never) -> Bool {
    for handled in 0..<events {
      switch engine.advance(before: end.nanoseconds, arrival: upcomingNanoseconds) {
      case .nothing:
        handledEvents += handled
        return false
      case .handled: break
      case .arrival:
        let request = upcoming
        takeNextArrival()
        engine.arrive(request)
      }
      if !engine.ended.isEmpty { follow() }
    }
    handledEvents += events
    return true
  }

  /// Whether so many requests were refused or given up, and none served, that none will be.
  package var servesNothing: Bool {
    counts.completed == 0 && counts.rejected + counts.abandoned >= 100_000
  }

  /// No further request comes: those that are there are served, and the clients of a closed loop
  /// and the conversations have said what they had to say.
  package mutating func closeArrivals() {
    source.close()
    upcomingNanoseconds = .max
  }

  /// The result; the laws are checked and any that is broken is in it.
  package consuming func finish() -> RunSummary {
    while advance(events: .max) {}
    return engine.finish(questions: source.questionSummary, batch: source.batchSummary)
  }

  /// The result of a run that nobody goes on with: what has not ended is left where it is, and the
  /// laws of an end say nothing of it.
  package consuming func abandon() -> RunSummary { engine.abandon() }

  @inline(__always)
  private mutating func takeNextArrival() {
    guard let request = source.nextArrival() else {
      upcomingNanoseconds = .max
      return
    }
    upcoming = request
    upcomingNanoseconds = request.arrival.nanoseconds
  }

  /// Clients go on where their requests have ended, and take back what they need no more.
  private mutating func follow() {
    var position = 0
    // What is cancelled before it came to a replica ends at once.
    while position < engine.ended.count {
      let ended = engine.ended[position]
      position += 1
      source.ended(ended.request, at: ended.time, ended.end, into: &following)
      for request in following {
        engine.submit(request)
        if hasConversations { note(request, after: ended.request, at: ended.time) }
      }
      following.removeAll(keepingCapacity: true)
      if !source.cancelled.isEmpty {
        engine.cancel(source.cancelled, like: ended.request, at: ended.time)
        source.cancelled.removeAll(keepingCapacity: true)
      }
    }
    engine.ended.removeAll(keepingCapacity: true)
    // A request of a batch may come before what was to be next.
    if upcomingNanoseconds < .max, source.takesBack(upcoming) { takeNextArrival() }
  }

  /// A summary is written when the tools have run, and its turn follows at once: that is no pause.
  private mutating func note(_ request: Request, after ended: Request, at time: SimTime) {
    guard request.turn > 0, request.session == ended.session, ended.course.kind != .compaction
    else { return }
    engine.recorder.paused(for: request.arrival - time)
  }
}
