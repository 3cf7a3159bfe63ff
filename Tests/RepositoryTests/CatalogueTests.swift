import TestSupport
import Testing

/// What is in the folders comes with the program, works, and is written about.
struct CatalogueTests {
  private func names(of folder: String, ending suffix: String) -> Set<String> {
    Set(
      Repository.paths(below: folder, ending: suffix)
        .map { String($0.dropFirst(folder.count + 1).dropLast(suffix.count)) })
  }

  /// First words of the lines below the heading.
  private func listed(_ kind: String) throws -> Set<String> {
    let outcome = try Repository.run(["list", kind])
    #expect(outcome.status == 0, "\(outcome.error)")
    return Set(
      outcome.output.split(separator: "\n").dropFirst()
        .compactMap { $0.split(separator: " ").first.map(String.init) })
  }

  private let models = "Sources/BuiltInFiles/ModelCatalogue"

  @Test(arguments: [
    ("hardware", "hardware-profiles"), ("scenarios", "scenarios"),
    ("projections", "scenarios/projections"),
    ("engines", "Sources/BuiltInFiles/EngineProfiles"),
  ])
  func everyFileIsListed(kind: String, folder: String) throws {
    let files = names(of: folder, ending: ".yaml").filter { !$0.hasPrefix("projections/") }
    #expect(files.count >= 3)
    #expect(try listed(kind) == files)
  }

  @Test func everyModelIsListed() throws {
    let files = names(of: models, ending: ".json")
    #expect(files.count >= 40)
    #expect(try listed("models") == Set(files.map { $0.replacing("--", with: "/") }))
  }

  @Test func everyShippedScenarioPassesTheCheck() throws {
    let files = Repository.paths(below: "scenarios", ending: ".yaml")
    let outcome = try Repository.run(["check"] + files)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output.split(separator: "\n").count == files.count)
  }

  @Test func everyScenarioIsDescribedAndEveryDescribedOneExists() throws {
    let described = tableKeys(try Repository.text("scenarios/README.md"), heading: "scenario")
    #expect(
      described
        == names(of: "scenarios", ending: ".yaml").filter { !$0.hasPrefix("projections/") })
  }

  @Test func everyProjectionIsDescribedAndEveryDescribedOneExists() throws {
    let page = try Repository.text("scenarios/projections/README.md")
    let described = tableKeys(page, heading: "projection")
    #expect(described == names(of: "scenarios/projections", ending: ".yaml"))
  }

  @Test func everyMachineIsDescribedAndEveryDescribedOneExists() throws {
    let page = try Repository.text("hardware-profiles/README.md")
    #expect(tableKeys(page, heading: "Profile") == names(of: "hardware-profiles", ending: ".yaml"))
  }

  @Test func everyModelHasASourceAndEverySourceAModel() throws {
    let page = try Repository.text("\(models)/SOURCES.md")
    let rows = Pattern(#"^\| ([\w.-]+/[\w.-]+) \|"#).matches(in: page)
    let described = Set(rows.map { $0.groups[1].replacing("/", with: "--") })
    #expect(described == names(of: models, ending: ".json"))
  }

  /// Code in the first column of the table with this heading.
  private func tableKeys(_ page: String, heading: String) -> Set<String> {
    let rows = page.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.hasPrefix("| \(heading) |") }.prefix { $0.hasPrefix("|") }
    let cells = rows.compactMap { $0.split(separator: "|").first.map(String.init) }
    return Set(cells.flatMap { Pattern("`([^`]+)`").matches(in: $0).map { $0.groups[1] } })
  }

  @Test func tableOfNamesIsReadFromItsFirstColumn() {
    let page = """
      `a`
      | x |
      | `b` |

      | scenario | y |
      |---|---|
      | `c`, `d/e` | `f` |

      | `g` |
      """
    #expect(tableKeys(page, heading: "scenario") == ["c", "d/e"])
  }
}
