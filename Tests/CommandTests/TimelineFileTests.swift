import Foundation
import TestSupport
import Testing

/// The file of `--timeline` against the Trace Event Format, and what is said about it.
@Suite struct TimelineFileTests {
  private func events(_ tool: Tool, _ name: String = "t.json") throws -> [[String: Any]] {
    try #require(try file(tool, name)["traceEvents"] as? [[String: Any]])
  }

  private func file(_ tool: Tool, _ name: String = "t.json") throws -> [String: Any] {
    let data = Data(try tool.read(name).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func resultIsTheSameWithAndWithoutATimeline() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let plain = try tool.run("run", "sample.yaml", "--format", "json")
    let outcome = try tool.run("run", "sample.yaml", "--format", "json", "--timeline", "t.json")
    #expect(outcome == plain)
    #expect(try tool.fileNames == ["sample.yaml", "t.json"])
    let facts = try #require(try file(tool)["otherData"] as? [String: String])
    #expect(facts["requests"] == "all 20" && facts["incidents"] == "none")
    #expect(facts["seed"] == "1")
    #expect(plain.output.contains("\"fingerprint\" : \"\(facts["fingerprint"] ?? "-")\""))
  }

  @Test(arguments: [
    ["sample.yaml"],
    ["r1-gb200-disaggregated", "--set", "workload.requests=100", "--timeline-events", "20000"],
  ])
  func everyEventHasTheFieldsOfItsPhase(arguments: [String]) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start(["run", "--timeline", "t.json"] + arguments).wait()
    #expect(outcome.status == 0)
    let events = try events(tool)
    #expect(events.count > 100)
    var processes: Set<Int> = []
    var used: Set<Int> = []
    for event in events {
      let phase = try #require(event["ph"] as? String)
      #expect(["X", "b", "e", "i", "C", "M"].contains(phase))
      #expect(event["name"] is String && event["cat"] is String)
      let time = try #require(event["ts"] as? Double)
      #expect(time >= 0)
      let process = try #require(event["pid"] as? Int)
      #expect(event["tid"] is Int)
      let arguments = try #require(event["args"] as? [String: Any])
      switch phase {
      case "M": processes.insert(process)
      case "X": #expect(try #require(event["dur"] as? Double) >= 0)
      // An `id` of its own would be one for all processes: readers then give its slices none.
      case "b", "e": #expect(Self.id(of: event) != nil && event["id"] == nil)
      case "i": #expect(event["s"] as? String == "p")
      default: #expect(!arguments.isEmpty && arguments.values.allSatisfy { $0 is Double })
      }
      used.insert(process)
    }
    #expect(processes.isSuperset(of: used))
  }

  @Test func slicesOfAThreadDoNotOverlapAndPhasesOfARequestAreClosed() throws {
    let tool = try Tool()
    _ = try tool.run(
      "run", "r1-gb200-disaggregated", "--set", "workload.requests=100", "--timeline", "t.json",
      "--timeline-events", "20000")
    var ends: [[Int]: Double] = [:]
    var open: [String: [String]] = [:]
    var names: Set<String> = []
    var times: [String: Double] = [:]
    for event in try events(tool) {
      let name = try #require(event["name"] as? String)
      let time = try #require(event["ts"] as? Double)
      if let duration = event["dur"] as? Double {
        let track = [event["pid"] as? Int ?? -1, event["tid"] as? Int ?? -1]
        #expect(time >= (ends[track] ?? 0) - 1e-4, "\(name) at \(time)")
        ends[track] = time + duration
      }
      guard let id = Self.id(of: event) else { continue }
      names.insert(name)
      #expect(time >= times[id] ?? 0)
      times[id] = time
      if event["ph"] as? String == "b" {
        open[id, default: []].append(name)
      } else {
        #expect(open[id]?.popLast() == name)
      }
    }
    #expect(open.count == 100 && open.values.allSatisfy(\.isEmpty))
    #expect(names == ["request", "queue", "prefill", "transfer", "decode"])
  }

  private static func id(of event: [String: Any]) -> String? {
    (event["id2"] as? [String: Any])?["local"] as? String
  }

  /// Requests that begin anew: no phase ends before it begins, and what happens to many requests at
  /// once is one event.
  @Test func phasesOfRetriedRequestsAreInOrder() throws {
    let tool = try Tool()
    let found = try tool.run(
      "run", "r1-gb200-disaggregated", "--set", "workload.requests=100", "--set",
      "workload.judge=whole", "--set", "workload.output=300", "--set",
      "pools.prefill.availability={mean_time_between_failures: 2 s, restart: 100 ms}", "--set",
      "pools.decode.availability={mean_time_between_failures: 4 s, restart: 100 ms}",
      "--timeline", "t.json", "--timeline-events", "50000")
    #expect(found.status == 0, "\(found.error)")
    var begun: [String: Double] = [:]
    var instants: Set<String> = []
    var retried = 0
    for event in try events(tool) {
      let name = try #require(event["name"] as? String)
      let time = try #require(event["ts"] as? Double)
      if event["ph"] as? String == "i" {
        retried += name == "retried" ? 1 : 0
        #expect(instants.insert("\(name) \(time) \(event["pid"] ?? 0)").inserted)
      }
      guard let id = Self.id(of: event) else { continue }
      if event["ph"] as? String == "b" {
        begun[id + name] = time
      } else {
        #expect(time >= begun[id + name] ?? .infinity, "\(name) of \(id)")
      }
    }
    #expect(retried > 0)
  }

  @Test func longRunIsSampledAndSaysSo() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.run(
      "run", "sample.yaml", "--set", "workload.requests=2000", "--timeline", "t.json",
      "--timeline-events", "1000")
    let all = try events(tool).filter { $0["ph"] as? String != "M" }
    #expect(all.count <= 1_000 && all.count > 500)
    let facts = try #require(try file(tool)["otherData"] as? [String: String])
    #expect(facts["requests"] == "the first 31, then 1 in 64: 62 of 2000")
    let steps = try #require(facts["steps"])
    #expect(
      outcome.error == """
        note[timeline/sampled]: t.json has a part of the run: requests \
        the first 31, then 1 in 64: 62 of 2000; steps \(steps)
        hint: raise `--timeline-events` above 1000

        """)
  }

  /// What still waits when it ends has no events.
  @Test func anOverloadedRunHasATimelineToo() throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start([
      "run", "sample.yaml", "--set", "workload.arrivals={process: poisson, rate: 150 req/s}",
      "--set", "workload.judge=steady", "--timeline", "t.json",
    ]).wait()
    #expect(outcome.error.contains("warning[load/overload]"), "\(outcome.error)")
    let events = try events(tool)
    let ended = events.count { $0["ph"] as? String == "e" && $0["name"] as? String == "request" }
    #expect(ended > 1_000)
    #expect(events.contains { $0["ph"] as? String == "X" })
  }

  // MARK: Refusals

  @Test(arguments: [
    (
      ["--timeline", "sample.yaml"],
      "error[command/output-is-input]: the timeline would replace an input file: sample.yaml\n"
        + "  --> --timeline sample.yaml\n"
    ),
    (
      ["--timeline", "./r.txt", "--output", "r.txt"],
      "error[command/one-place]: the timeline and the result would be one file: r.txt\n"
        + "  --> --timeline ./r.txt\n"
    ),
    (
      ["--timeline", "old.txt", "--output", "link"],
      "error[command/one-place]: the timeline and the result would be one file: link\n"
        + "  --> --timeline old.txt\n"
    ),
    (
      ["--timeline", "/dev/stdout"],
      "error[command/one-place]: the timeline and the result would both be on standard output\n"
        + "  --> --timeline /dev/stdout\n"
    ),
  ])
  func placeOfAnotherFileIsRefused(options: [String], message: String) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario, "old.txt": "old"])
    _ = try tool.runInShell("ln -s old.txt link")
    #expect(
      try tool.start(["run", "sample.yaml"] + options).wait()
        == Tool.Outcome(
          output: "",
          error: message + "hint: give it a file of its own: `--timeline timeline.json`\n",
          status: 64))
    #expect(try tool.read("old.txt") == "old")
    #expect(try tool.fileNames == ["link", "old.txt", "sample.yaml"])
  }

  @Test func missingFolderIsRefusedBeforeTheRun() throws {
    let outcome = try Tool().run("run", "benchmark/chat", "--timeline", "nowhere/t.json")
    #expect(outcome.status == 1)
    #expect(
      outcome.error == """
        error[file/unwritable]: no such folder: nowhere
        hint: create it: `mkdir -p nowhere`

        """)
  }

  @Test(arguments: [
    (["--timeline-events", "5000"], "'--timeline-events' needs '--timeline'"),
    (
      ["--timeline", "t.json", "--timeline-events", "10"],
      "'--timeline-events' must be from 1000 to 10000000: 10"
    ),
  ])
  func wrongNumberOfEventsIsRefused(options: [String], message: String) throws {
    let tool = try Tool(files: ["sample.yaml": sampleScenario])
    let outcome = try tool.start(["run", "sample.yaml"] + options).wait()
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("Error: \(message)\n"))
    #expect(try tool.fileNames == ["sample.yaml"])
  }
}
