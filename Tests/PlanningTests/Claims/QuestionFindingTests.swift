import Diagnostics
import Planning
import Scenarios
import Synchronization
import Testing

/// What the shipped questions find, as `windtunnel sweep` shows it.
struct QuestionFindingTests {
  /// Figures by the way of doing it, without their common name.
  private func ways(
    _ name: String, prefix: String = "question."
  ) throws -> [String: [String: Double]] {
    let plan = try SweepPlan(
      ScenarioFile(nameOrPath: "questions/\(name)"), overrides: [], SweepPlan.Request(),
      tool: "test")
    let found = Mutex<[String: [String: Double]]>([:])
    plan.run(
      Array(0..<plan.header.cases), jobs: 1, isCancelled: { false },
      finished: { record in
        var figures: [String: Double] = [:]
        for (path, value) in record.figures ?? [:] where path.hasPrefix(prefix) {
          figures[String(path.dropFirst(prefix.count))] = value
        }
        found.withLock { $0[record.at["way"] ?? ""] = figures }
      })
    return found.withLock { $0 }
  }

  private func expect(_ value: Double?, _ range: ClosedRange<Double>, _ what: String) {
    #expect(value.map(range.contains) == true, "\(what): \(String(describing: value))")
  }

  /// A hundred answers of a model a tenth as large are right more often than one of the large one,
  /// and take about six times its FLOPs and ten times its money.
  @Test func smallAgainstLarge() throws {
    let ways = try ways("small-against-large")
    let small = try #require(ways["7B x 100"])
    let large = try #require(ways["70B once"])
    #expect(small["accuracy"] == 0.833 && large["accuracy"] == 0.7)
    expect(small["flops"]! / large["flops"]!, 5...7, "FLOPs")
    expect(small["cost"]! / large["cost"]!, 8...20, "dollars")
    expect(small["energy"]! / large["energy"]!, 8...20, "energy")
    expect(small["correct"]! * 0.833 / small["cost"]!, 0.9999...1.0001, "dollars a right one")
    let decided = try #require(ways["7B x 100, stopped when decided"])
    expect(decided["cost"]! / small["cost"]!, 0.2...0.6, "what is left of a decided vote")
    #expect(decided["accuracy"] == small["accuracy"])
    let apart = try #require(ways["7B x 100, nothing shared"])
    #expect(apart["flops"]! > small["flops"]! && apart["cache"]! > small["cache"]!)
    let once = try #require(ways["7B once"])
    expect(small["flops"]! / once["flops"]!, 90...110, "a hundred answers of one")
  }

  @Test func votesOfTheLargeModel() throws {
    let ways = try ways("r1-votes")
    let (once, voted) = (try #require(ways["1 answer"]), try #require(ways["cons@64"]))
    #expect(once["accuracy"] == 0.71 && voted["accuracy"] == 0.867)
    // Fewer sequences beside each other make a token dearer than where many ask once.
    expect(voted["cost"]! / once["cost"]!, 64...130, "64 answers")
    let decided = try #require(ways["cons@64, stopped when decided"])
    expect(decided["cost"]! / voted["cost"]!, 0.2...0.6, "of a decided vote")
    #expect(decided["latency"]! < voted["latency"]!)
  }

  @Test func everyStepOfEffortCostsMoreThanItsShare() throws {
    let ways = try ways("effort")
    let steps = try ["low", "medium", "high"].map { try #require(ways[$0]) }
    for (less, more) in zip(steps, steps.dropFirst()) {
      #expect(less["accuracy"]! < more["accuracy"]! && less["correct"]! < more["correct"]!)
    }
    // Longer contexts make each token dearer as well.
    #expect(steps[2]["cost"]! / steps[0]["cost"]! > 23.0 / 12.1)
  }

  /// A turn of an agent costs half where caches wait in the host's memory while tools run, a third
  /// more where they are dropped, and two thirds more where nothing is found at all; pins that
  /// hold most of the cache help nobody.
  @Test func agentsThatWaitForTools() throws {
    let ways = try ways("agents", prefix: "")
    let kept = try #require(ways["kept while there is room"])
    let offloaded = try #require(ways["to the host when there is no room"])
    let dropped = try #require(ways["dropped"])
    let pinned = try #require(ways["pinned for a minute"])
    let none = try #require(ways["nothing is found"])
    func price(_ way: [String: Double]) -> Double { way["cost.request"]! / kept["cost.request"]! }
    expect(price(offloaded), 0.3...0.6, "dollars, offloaded")
    expect(price(dropped), 1.15...1.6, "dollars, dropped")
    expect(price(pinned), 1.1...1.5, "dollars, pinned")
    expect(price(none), 1.4...2, "dollars, nothing found")
    #expect(offloaded["cache.hits"]! > 0.9 && kept["cache.hits"]! < 0.75)
    #expect(none["cache.hits"] == 0)
    #expect(offloaded["ttft.p50"]! < 1 && kept["ttft.p50"]! > 1 && none["ttft.p50"]! > 15)
  }

  /// Prompts that are read once make attempts cheap in FLOPs, and hardly in money.
  @Test func repeatedAttempts() throws {
    let ways = try ways("best-of")
    let shared = try #require(ways["64 attempts"])
    let apart = try #require(ways["64 attempts, nothing shared"])
    expect(apart["flops"]! / shared["flops"]!, 8...12, "FLOPs")
    expect(apart["cost"]! / shared["cost"]!, 1.1...1.6, "dollars")
    expect(apart["cache"]! / shared["cache"]!, 6...14, "cache")
    #expect(ways["16 attempts"]?["calls"] == 32)
  }
}
