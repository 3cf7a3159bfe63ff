import Testing
import Units
import Workloads

/// When sub-agents play: behind the answer that calls them, and before the turn that waits for it.
struct WekaSubagentTests {
  /// As the published set has it: `t` is the end, requests are counted from the beginning.
  private static let ended = """
    {"id": "a", "block_size": 64, "requests": [
      {"t": 0.0, "type": "n", "in": 640, "out": 50, "api_time": 7.25, "think_time": 0.0},
      {"t": 134.25, "type": "subagent", "duration_ms": 126000, "requests": [
        {"t": 0.0, "type": "n", "in": 320, "out": 20, "api_time": 2.0, "think_time": 0.0},
        {"t": 6.0, "type": "n", "in": 384, "out": 30, "api_time": 116.0, "think_time": 4.0}]},
      {"t": 153.0, "type": "n", "in": 768, "out": 60, "api_time": 2.0, "think_time": 145.0}]}

    """

  /// As AgentX has it: `t` is the beginning, requests are counted as those of the session.
  private static let begun = """
    {"id": "a", "block_size": 64, "requests": [
      {"t": 0.0, "type": "s", "in": 640, "out": 50, "api_time": 2.0},
      {"t": 5.0, "type": "subagent", "duration_ms": 5000, "requests": [
        {"t": 5.0, "type": "n", "in": 320, "out": 20, "api_time": 1.0, "think_time": 3.0},
        {"t": 9.0, "type": "n", "in": 384, "out": 30, "api_time": 1.0, "think_time": 3.0}]},
      {"t": 11.0, "type": "s", "in": 768, "out": 60, "api_time": 2.0, "think_time": 1.0}]}

    """

  @Test(arguments: [(ended, [0, 8_250, 14_250, 153_000.0]), (begun, [0, 5_000, 9_000, 11_000.0])])
  func timesAreThoseOfTheRecording(text: String, milliseconds: [Double]) throws {
    let trace = try readTrace(text)
    let all = requests(of: trace)
    #expect(all.map(\.milliseconds) == milliseconds)
    #expect(all.map(\.inputTokens) == [640, 320, 384, 768])
    #expect(trace.summary.heads == 1 && trace.requests == 4)
    let recorded = try readTrace(text) { $0.turns = .recorded }
    #expect(requests(of: recorded).map(\.milliseconds) == milliseconds)
    #expect(recorded.summary.heads == 4)
  }

  /// Seconds from each answer to what follows it, when every answer takes 100 s.
  @Test(arguments: [(ended, [1, 4, 153 - 130.25]), (begun, [3, 3, 1])])
  func eachWaitsForTheAnswersBeforeIt(text: String, pauses: [Double]) throws {
    var source = RequestSource(workload(replaying: try readTrace(text)), seed: 1)
    var request = try source.arrival()
    var found: [Double] = []
    for _ in pauses {
      let end = request.arrival + SimDuration(seconds: 100)
      request = try #require(followers(of: request, at: end, &source).first)
      found.append((request.arrival - end).seconds)
    }
    #expect(found == pauses)
    #expect(request.inputTokens == 768 && source.remaining == 0)
  }

  /// Two that are called at once, one of which nobody waits for.
  private static let parallel = """
    {"id": "a", "block_size": 64, "requests": [
      {"t": 0.0, "type": "n", "in": 640, "out": 50, "api_time": 2.0},
      {"t": 9.0, "type": "subagent", "duration_ms": 6000, "requests": [
        {"t": 0.0, "type": "n", "in": 321, "out": 20, "api_time": 5.0}]},
      {"t": 12.0, "type": "subagent", "duration_ms": 9000, "requests": [
        {"t": 0.0, "type": "n", "in": 322, "out": 20, "api_time": 8.0}]},
      {"t": 3.0, "type": "subagent", "duration_ms": 0, "requests": [
        {"t": 0.0, "type": "n", "in": 323, "out": 20, "api_time": 300.0}]},
      {"t": 15.0, "type": "n", "in": 768, "out": 60, "api_time": 2.0}]}

    """

  @Test func turnWaitsForTheLastOfThoseItHeeds() throws {
    let trace = try readTrace(Self.parallel)
    var source = RequestSource(workload(replaying: trace), seed: 1)
    let first = try source.arrival()
    func follow(_ request: Request, _ seconds: Double) -> [Request] {
      followers(of: request, at: .zero + SimDuration(seconds: seconds), &source)
    }
    let agents = follow(first, 10)
    #expect(agents.map(\.inputTokens) == [321, 322, 323])
    #expect(agents.map { ($0.arrival - .zero).seconds } == [11, 11, 11])
    #expect(agents.map(\.turn) == [0, 0, 0] && Set(agents.map(\.session)).count == 3)
    #expect(follow(agents[1], 50).isEmpty)
    let main = follow(agents[0], 20)
    // The last answer was there at 50 s; four seconds passed behind it when it was recorded.
    #expect(main.map(\.inputTokens) == [768])
    #expect(main.map { ($0.arrival - .zero).seconds } == [54] && main[0].turn == 1)
    #expect(main[0].session == first.session)
    #expect(follow(main[0], 60).isEmpty && follow(agents[2], 400).isEmpty)
  }

  @Test func clientGoesOnWhenNothingOfASessionIsUnderWay() throws {
    var workload = workload(replaying: try readTrace(Self.parallel))
    workload.arrivals = .closedLoop(clients: 1, thinkTime: SimDuration(seconds: 0))
    workload.replayed = try readTrace(Self.parallel)
    workload.requests = 100
    var source = RequestSource(workload, seed: 1)
    var open = [try source.arrival()]
    var most = 0
    for step in 1...60 {
      guard let request = open.popLast() else { break }
      open = followers(of: request, at: .zero + SimDuration(seconds: Double(step)), &source) + open
      most = max(most, open.count)
    }
    #expect(source.issued > 55 && most == 3)
  }

  @Test func partHasWhatIsCalledInIt() throws {
    let trace = try readTrace(Self.parallel + Self.begun.replacing("\"a\"", with: "\"b\""))
    let part = try #require(trace.part(from: .init(seconds: 0), lasting: .init(seconds: 1)))
    #expect(part.requests == 9)
    #expect(part.extent.heads == 2)
    var source = RequestSource(workload(replaying: part), seed: 1)
    let first = try source.arrival()
    #expect(followers(of: first, at: first.arrival, &source).count == 3)
  }

  /// The Mooncake format has no sub-agents: they are conversations that come when they came.
  @Test func whatIsWrittenWaitsForItsOwnConversation() throws {
    #expect(
      written(try readTrace(Self.parallel), as: .mooncake) == """
        {"session_id": "0", "timestamp": 0, "input_length": 640, "output_length": 50}
        {"session_id": "1", "timestamp": 3000, "input_length": 321, "output_length": 20}
        {"session_id": "2", "timestamp": 3000, "input_length": 322, "output_length": 20}
        {"session_id": "3", "timestamp": 3000, "input_length": 323, "output_length": 20}
        {"session_id": "0", "delay": 13000, "input_length": 768, "output_length": 60}

        """)
  }

  @Test func subagentsOfSubagents() throws {
    let text = """
      {"id": "a", "block_size": 64, "requests": [
        {"t": 0.0, "type": "n", "in": 640, "out": 50, "api_time": 2.0},
        {"t": 20.0, "type": "subagent", "duration_ms": 17000, "requests": [
          {"t": 0.0, "type": "n", "in": 321, "out": 20, "api_time": 5.0},
          {"t": 9.0, "type": "subagent", "duration_ms": 3000, "requests": [
            {"t": 0.0, "type": "n", "in": 322, "out": 20, "api_time": 2.0}]},
          {"t": 10.0, "type": "n", "in": 323, "out": 20, "api_time": 6.0}]},
        {"t": 21.0, "type": "n", "in": 768, "out": 60, "api_time": 2.0}]}

      """
    let trace = try readTrace(text)
    #expect(requests(of: trace).map(\.milliseconds) == [0, 3_000, 9_000, 13_000, 21_000])
    var source = RequestSource(workload(replaying: trace), seed: 1)
    var request = try source.arrival()
    var inputs: [Int32] = []
    for _ in 0..<4 {
      request = try #require(followers(of: request, at: request.arrival, &source).first)
      inputs.append(request.inputTokens)
    }
    #expect(inputs == [321, 322, 323, 768])
  }

  /// Of two sessions, one has a sub-agent of two requests.
  @Test func requestsOfSessionsAreThoseOfTheirSubagentsToo() throws {
    let trace = try readTrace(
      """
      {"id": "a", "block_size": 64, "requests": [
        {"t": 0.0, "type": "n", "in": 64, "out": 50, "hash_ids": [1], "api_time": 2.0},
        {"t": 20.0, "type": "subagent", "duration_ms": 17000, "requests": [
          {"t": 0.0, "type": "n", "in": 64, "out": 20, "hash_ids": [2], "api_time": 5.0},
          {"t": 9.0, "type": "n", "in": 64, "out": 0, "hash_ids": [2], "api_time": 6.0}]},
        {"t": 21.0, "type": "n", "in": 128, "out": 60, "hash_ids": [1, 3], "api_time": 2.0}]}
      {"id": "b", "block_size": 64, "requests": [
        {"t": 0.0, "type": "n", "in": 64, "out": 50, "hash_ids": [1], "api_time": 2.0}]}

      """)
    let statistics = try TraceStatistics(trace, sizes: [])
    #expect(statistics.requests == 5 && trace.summary.skippedRows == 0)
    #expect(statistics.turns.count == 3 && statistics.turns.largest == 2)
    #expect(statistics.sessions.count == 2 && statistics.sessions.largest == 4)
    // At 0, 0, 3, 12 and 21 s.
    #expect(statistics.spanSeconds == 21 && statistics.load[0] == 2)
    #expect(statistics.load.enumerated().filter { $0.element > 0 }.map(\.offset) == [0, 8, 34, 59])
  }

  private func followers(
    of request: Request, at time: SimTime, _ source: inout RequestSource
  ) -> [Request] {
    var following: [Request] = []
    source.ended(request, at: time, .finished, into: &following)
    return following
  }
}
