import Testing

/// The table of laws says what is so: which are checked in every run and result, and by which test
/// a fault is caught that is made on purpose.
struct LawTableTests {
  private struct Row {
    let law: String
    let place: String
    let tests: [String]
  }

  private static let line = Pattern(
    #"^\| (L\d+) [^|]*\| [^|]*\| ([^|]*)\| ([^|]*)\|$"#)
  private static let quoted = Pattern(#"`(\w+Tests\.\w+)`"#)
  /// As `check` is given it.
  private static let checked = Pattern(#""(L\d+) \("#)

  private static func rows(_ text: String) -> [Row] {
    line.matches(in: text).map { match in
      Row(
        law: match.groups[1], place: match.groups[2],
        tests: quoted.matches(in: match.groups[3]).map { $0.groups[1] })
    }
  }

  /// What is wrong with a table, in words.
  private static func faults(_ text: String, checks: Set<String>, tests: Set<String>) -> [String] {
    let rows = rows(text)
    var faults: [String] = []
    if rows.map(\.law) != (1...12).map({ "L\($0)" }) {
      faults.append("the laws are not L1 to L12: \(rows.map(\.law))")
    }
    for row in rows {
      let isSaid = row.place.hasPrefix("every run") || row.place.hasPrefix("every result")
      if isSaid != checks.contains(row.law) {
        faults.append("\(row.law) is \(isSaid ? "not " : "")checked in every run or result")
      }
      if row.tests.isEmpty { faults.append("\(row.law) names no test of a fault") }
      for name in row.tests where !tests.contains(name) {
        faults.append("\(row.law) names `\(name)`, which is no test")
      }
    }
    return faults
  }

  @Test func theTableSaysWhatIsSo() throws {
    let checks = Repository.sources.flatMap { Self.checked.matches(in: $0.text) }
      .map { $0.groups[1] }
    let found = Self.faults(
      try Repository.text("Sources/Commands/Documentation.docc/Laws.md"), checks: Set(checks),
      tests: TestIndex(Repository.tests).names)
    #expect(found == [])
  }

  private static let table = (1...12).map {
    "| L\($0) a law | something | every run | a fault: `LawTests.catches` |\n"
  }.joined()
  private static let laws = Set((1...12).map { "L\($0)" })

  private static func faults(_ text: String, checks: Set<String> = laws) -> [String] {
    faults(text, checks: checks, tests: ["LawTests.catches"])
  }

  @Test func aTableThatLiesIsFound() {
    #expect(Self.faults(Self.table) == [])
    #expect(Self.faults(Self.table, checks: Self.laws.subtracting(["L3"])).count == 1)
    #expect(Self.faults(Self.table.replacing("| every run |", with: "| tests |")).count == 12)
    #expect(Self.faults(Self.table.replacing("`LawTests.catches`", with: "none")).count == 12)
    #expect(Self.faults(Self.table.replacing("catches`", with: "misses`")).count == 12)
    let short = String(Self.table.split(separator: "\n").dropLast().joined(separator: "\n"))
    #expect(Self.faults(short + "\n").count == 1)
  }
}
