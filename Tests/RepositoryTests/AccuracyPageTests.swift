import Foundation
import TestSupport
import Testing

/// ACCURACY.md is what `windtunnel validate --format markdown` writes. Its figures take minutes to
/// simulate in a debug build; its structure is held here.
struct AccuracyPageTests {
  private static let points = "measurements/serving/points.csv"

  @Test func pageHasTheStructureThatTheCommandWrites() throws {
    let tool = try Tool(files: ["points.csv": try Self.sample()])
    let outcome = try tool.run("validate", "points.csv", "--format", "markdown")
    #expect(outcome.status == 0, "\(outcome.error)")
    let page = try Repository.text("ACCURACY.md")
    #expect(Self.structure(of: page) == Self.structure(of: outcome.output))
    #expect(Self.method(of: page) == Self.method(of: outcome.output))
    #expect(Self.method(of: page).contains("## What is known to be wrong"))
    #expect(page.contains(" points of \(Self.points): "))
  }

  @Test func everyColumnAndSourceIsDescribed() throws {
    let page = try Repository.text("measurements/serving/README.md")
    let lines = try Repository.text(Self.points).split(separator: "\n").map { Self.cells($0) }
    for column in lines[0] { #expect(page.contains("`\(column)`"), "\(column)") }
    let keys = lines.dropFirst().compactMap { $0[2].split(separator: " ").first }
    for key in Set(keys) {
      let count = keys.count { $0 == key }
      #expect(page.contains("| `\(key)` | \(count) |"), "\(key) has \(count) rows")
    }
    for family in Set(lines.dropFirst().map { $0[1] }) {
      #expect(page.contains("`\(family)`"), "\(family)")
    }
  }

  /// Of every kind the shortest run, and one that is refused.
  private static func sample() throws -> String {
    let lines = try Repository.text(points).split(separator: "\n")
    let names = cells(lines[0])
    func column(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
    let kinds = try ["mode", "load", "speculative", "grade"].map(column)
    let (requests, hardware) = (try column("requests"), try column("hardware"))
    var shortest: [String: (requests: Int, line: Substring)] = [:]
    for line in lines.dropFirst() {
      let row = cells(line)
      let kind = kinds.map { row[$0] }.joined(separator: " ")
      let count = Int(row[requests]) ?? .max
      if count < shortest[kind]?.requests ?? .max { shortest[kind] = (count, line) }
    }
    var refused = cells(try #require(lines.last))
    (refused[0], refused[hardware]) = ("refused", "nothing")
    let chosen = shortest.keys.sorted().compactMap { shortest[$0]?.line }
    return ([lines[0]] + chosen + [Substring(refused.joined(separator: ","))])
      .joined(separator: "\n") + "\n"
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// Headings, and the heads of tables. Whether a point is refused is no part of it.
  private static func structure(of page: String) -> [String] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let heads = zip(lines, lines.dropFirst()).filter { $0.1.hasPrefix("| ---") }.map(\.0)
    return lines.filter { line in
      (line.hasPrefix("#") || heads.contains(line)) && line != "## Refused"
    }.map(String.init)
  }

  private static func method(of page: String) -> String {
    let from = page.components(separatedBy: "## Method").last ?? ""
    return from.components(separatedBy: "## Sources")[0]
  }
}
