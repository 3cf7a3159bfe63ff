import Foundation
import Synchronization
import TestSupport
import Testing

/// The schemas for editors: what the readers take, and nothing else.
struct SchemaCommandTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let folders = [
    "scenario": ["scenarios", "scenarios/benchmark", "scenarios/claims", "scenarios/questions"],
    "hardware": ["hardware-profiles"],
    "engine": ["Sources/BuiltInFiles/EngineProfiles"],
    "projection": ["scenarios/projections"],
  ]

  private func files(_ kind: String) throws -> [(name: String, text: String)] {
    try (Self.folders[kind] ?? []).flatMap { folder in
      let url = Self.root.appendingPathComponent(folder)
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0.hasSuffix(".yaml") }.sorted()
        .map { ($0, try String(contentsOf: url.appendingPathComponent($0), encoding: .utf8)) }
    }
  }

  /// Made once for each kind: the program watches its readers for seconds to write one.
  private static let checkers = Mutex<[String: SchemaChecker]>([:])

  private func checker(_ kind: String) throws -> SchemaChecker {
    if let made = Self.checkers.withLock({ $0[kind] }) { return made }
    let outcome = try Tool().run("show", "schema", kind)
    #expect(outcome.status == 0, "\(outcome.error)")
    let checker = try SchemaChecker(outcome.output)
    Self.checkers.withLock { $0[kind] = checker }
    return checker
  }

  @Test(
    arguments: ["projection"]
      + (LongTests.areEnabled ? ["scenario", "hardware", "engine"] : []))
  func everyShippedFileIsAsItsSchemaSays(kind: String) throws {
    let checker = try checker(kind)
    let files = try files(kind)
    #expect(files.count > 10)
    for (name, text) in files {
      #expect(try checker.problems(of: text) == [], "\(name)")
      let strangers = try checker.strangers(in: text)
      #expect(strangers.tried > 0 && strangers.tried == strangers.refused, "\(name)")
    }
  }

  @Test func whatTheReaderRefusesTheSchemaRefuses() throws {
    let checker = try checker("scenario")
    let sound = try Tool().run("init", "--set", "parallelism.tensor=2").output
    #expect(try checker.problems(of: sound) == [])
    for (right, wrong) in [
      ("model:", "modle:"), ("tensor: 2", "tensor: two"), ("tensor: 2", "tenser: 2"),
      ("rate: 2 req/s", "rate: 2 tok/s"), ("process: poisson", "process: poison"),
      ("requests: 2000", "requests: -1"), ("scenario/1", "scenario/9"),
    ] {
      #expect(sound.contains(right))
      let broken = sound.replacingOccurrences(of: right, with: wrong)
      #expect(try checker.problems(of: broken) != [], "\(wrong)")
      #expect(try Tool(files: ["a.yaml": broken]).run("check", "a.yaml").status == 4, "\(wrong)")
    }
  }

  @Test func aSchemaIsTheSameEveryTime() throws {
    let first = try Tool().run("show", "schema", "projection").output
    #expect(try Tool().run("show", "schema", "projection").output == first)
  }

  @Test func pricesHaveASchema() throws {
    let checker = try checker("prices")
    let book = """
      schema: windtunnel/prices/1
      date: 2025-11
      prices:
        h200-sxm: 2.10 USD/h
        b200-sxm: {purchase: {capital: 300000 USD, for: server, years: 4}}
      api: {name: some API, input: 0.20 USD/Mtok, output: 0.80 USD/Mtok}
      """
    #expect(try checker.problems(of: book) == [])
    #expect(try checker.problems(of: book + "\nprise: {}") == ["unknown prise"])
  }

  @Test func aKindWithoutASchemaIsRefused() throws {
    let outcome = try Tool().run("show", "schema", "scenarios")
    #expect(outcome.status == 4)
    #expect(
      outcome.error == """
        error[schema/unknown]: no kind of file that has a schema: scenarios
          note: known: scenario, hardware, engine, prices, projection
        hint: did you mean `scenario`?

        """)
  }
}
