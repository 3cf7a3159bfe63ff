import Testing

struct CheckReferenceTests {
  @Test func everyCheckOfAFormulaNamesATestThatExists() {
    let references = CheckReferences(tests: TestIndex(Repository.tests))
    #expect(Repository.sources.flatMap(CheckReferences.checks).count >= 20)
    expectNone(Repository.sources.flatMap(references.violations))
  }

  private let references = CheckReferences(
    tests: TestIndex([
      SourceFile(
        "Tests/ATests/A.swift",
        """
        @Test func free() {}
        struct Suite {
          @Test(arguments: [1].map { $0 }) func held(a: Int) {}
          func notATest() {}
          // @Test func commented() {}
        }
        """)
    ]))

  private func violations(_ comment: String) -> [Violation] {
    references.violations(SourceFile("Sources/A/A.swift", comment + "\nlet a = 1\n"))
  }

  @Test(arguments: ["free", "held", "Suite.held"])
  func testThatExistsIsAccepted(name: String) {
    #expect(violations("  /// Check: 1 + 1 = 2 (two),\n  /// always (`\(name)`).").isEmpty)
  }

  @Test(arguments: ["Suite", "notATest", "commented", "Suite.free", "Other.held", "missing"])
  func testThatDoesNotExistIsFound(name: String) {
    expectOnly("`\(name)`, which is no test", in: violations("/// Check: 2 (`\(name)`)."))
    expectOnly("`\(name)`, which is no test", in: violations("/// Check: 2 (`free`, `\(name)`)."))
  }

  @Test func checkWithoutATestIsFound() {
    expectOnly("names no test", in: violations("/// Check: 1 + 1 = 2.\n///\n/// (`free`)"))
  }
}
