import Diagnostics
import Testing

struct MalformedFileTests {
  private func failure(_ text: String) -> String {
    problems(in: text) { _ = $0.entries() }.joined(separator: "\n")
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "~"])
  func anEmptyFileIsNamedAsSuch(_ text: String) {
    #expect(failure(text) == "error[scenario/empty]: the file is empty\n  --> a.yaml")
  }

  @Test func aSyntaxErrorHasThePlaceOfTheParser() {
    #expect(
      failure("a: 1\nb: [1, 2\nc: 3\n")
        == """
        error[scenario/syntax]: not valid YAML: did not find expected ',' or ']'
          --> a.yaml:3:2
        """)
    #expect(
      failure("a: 1\n\tb: 2\n")
        == """
        error[scenario/syntax]: not valid YAML: found a tab character that violates indentation
          --> a.yaml:2:1
        """)
    #expect(
      failure("a: 1\nb: \u{1}\n")
        == """
        error[scenario/syntax]: not valid YAML: control characters are not allowed
          --> a.yaml:2
        """)
    #expect(failure("a: 1\n---\nb: 2\n").hasPrefix("error[scenario/syntax]: not valid YAML"))
    #expect(failure("a: *nobody\n").hasPrefix("error[scenario/syntax]: not valid YAML"))
  }

  @Test func aFileThatIsNoMappingSaysSo() {
    #expect(
      failure("just text")
        == "error[scenario/wrong-type]: the file must be a mapping of keys: just text\n"
        + "  --> a.yaml:1:1")
    #expect(
      failure("- 1\n")
        == "error[scenario/wrong-type]: the file must be a mapping of keys: a list\n"
        + "  --> a.yaml:1:1")
  }

  @Test func aKeyGivenTwiceIsShownWhereItIsRepeated() {
    #expect(
      failure("a: 1\nx:\n  b: 1\n  c: {b: 2}\n  b: 3\n")
        == """
        error[scenario/duplicate-key]: key is given twice: `b`
          --> a.yaml:5:3
          note: first given in line 3
        """)
    #expect(
      failure("x:\n  - b: 1\n    \"b\": 3\n")
        == """
        error[scenario/duplicate-key]: key is given twice: `b`
          --> a.yaml:3:5
          note: first given in line 2
        """)
    #expect(
      failure("x: {b: 1, b: 3}\n")
        == "error[scenario/duplicate-key]: key is given twice: `b`\n  --> a.yaml:1:5")
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "[\"]\", "])
  func deepNestingIsRefused(_ opening: String) {
    let found = failure(String(repeating: opening, count: 100_000))
    #expect(found.hasPrefix("error[scenario/syntax]: "), "\(found.prefix(200))")
  }

  @Test func deepIndentationIsRefused() {
    let text = (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(
      failure(text)
        == "error[scenario/syntax]: the file is nested more than 200 deep\n  --> a.yaml")
  }

  @Test func orderlyNestingIsRead() {
    let text = String(repeating: "{a: ", count: 150) + "1" + String(repeating: "}", count: 150)
    #expect(failure(text) == "")
  }

  private static let bomb =
    "a0: &a0 [1, 1]\n"
    + (1...60).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()

  /// The parser would hash such a key for longer than anyone waits.
  @Test(arguments: [
    ("*a60 : 1", "62:1"), ("*a60: 1", "62:1"), ("*a60\t: 1", "62:1"), ("? *a60\n: 1", "62:3"),
    ("?\n  *a60\n: 1", "63:3"), ("[*a60]: 1", "62:1"), ("{a: *a60}: 1", "62:1"),
    ("&k [*a60]: 1", "62:1"), ("!!seq [*a60]: 1", "62:1"), ("? - *a60\n: 1", "62:3"),
    ("b: {*a60 : 1, *a59 : 1}", "62:5"), ("b: {*a60:1}", "62:5"), ("b: [*a60:1]", "62:5"),
    ("b: [*a60 : 1]", "62:5"), ("b: [? *a60 : 1]", "62:7"), ("b: [[*a60]: 1]", "62:5"),
  ])
  func aKeyIsNoAliasAndNoStructure(_ line: String, _ place: String) {
    #expect(
      failure(Self.bomb + line + "\n")
        == "error[scenario/syntax]: a key must be plain text, not an alias or a structure\n"
        + "  --> a.yaml:\(place)")
  }

  @Test func aliasBombsAreRefused() {
    #expect(
      failure(Self.bomb)
        == "error[scenario/syntax]: with its aliases the file has more than 1,000,000 values\n"
        + "  --> a.yaml")
    var chain = "a0: &a0 [1]\n"
    for level in 1...100_000 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(
      failure(chain)
        == "error[scenario/syntax]: the file is nested more than 200 deep\n  --> a.yaml")
  }

  @Test func aFewAliasesAreFine() {
    #expect(failure("a: &load {rate: 1}\nb: *load\nc: 'really? * yes : no'\n") == "")
    #expect(
      failure("a: &load [1]\nb: [*load, *load]\n'*c': 2 * 3 # *d : e\n\"*e\": |\n  *f : 1\n") == "")
    #expect(failure("a: *nobody\nb: 1\n").contains("found undefined alias"))
    #expect(
      failure("a: 1 *\nb: \u{1}\n")
        == "error[scenario/syntax]: not valid YAML: control characters are not allowed\n"
        + "  --> a.yaml:2")
  }

  @Test func aByteOrderMarkAndForeignLineEndsAreRead() {
    #expect(problems(in: "\u{FEFF}x: 1\n") { _ = $0.required("x")?.integer() } == [])
    #expect(
      problems(in: "y: 1\r\nx: a\r\n") { map in
        _ = map.required("y")
        _ = map.required("x")?.integer()
      } == ["error[scenario/wrong-type]: `x` must be a whole number: a\n  --> a.yaml:2:4  x"])
  }
}
