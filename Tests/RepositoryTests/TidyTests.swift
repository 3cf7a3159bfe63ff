import Testing

struct TidyTests {
  private static let everything = Repository.sources + Repository.tests

  @Test func filesFitOnAFewScreens() {
    let lengths = Repository.sources.map(\.lines.count).sorted()
    print("median length of a file in Sources: \(lengths[lengths.count / 2]) lines")
    expectNone(Self.everything.flatMap(TidyRules.length))
  }

  @Test func linesFitInOneHundredColumnsAndEndWhereTheyEnd() {
    expectNone(Self.everything.flatMap(TidyRules.lines))
  }

  @Test func functionsFitOnAScreen() {
    #expect(Repository.sources.flatMap(\.blocks).count { $0.kind == .function } > 300)
    expectNone(Self.everything.flatMap(TidyRules.functions))
  }

  @Test func namesSayWhatAThingIsFor() {
    expectNone(Self.everything.flatMap(TidyRules.names))
  }

  @Test func documentationCanBeReadAlone() {
    expectNone(Repository.sources.flatMap(TidyRules.openings))
  }

  @Test func bannedWordsAreAbsentFromSources() {
    expectNone(Repository.sources.flatMap(TidyRules.bannedWords))
  }

  private func file(_ text: String, _ path: String = "Sources/A/A.swift") -> SourceFile {
    SourceFile(path, text)
  }

  @Test func longFileIsFound() {
    #expect(TidyRules.length(file(String(repeating: "a\n", count: 400))).isEmpty)
    expectOnly("401 lines", in: TidyRules.length(file(String(repeating: "a\n", count: 401))))
  }

  @Test func untidyLineIsFound() {
    #expect(TidyRules.lines(file(String(repeating: "µ", count: 100))).isEmpty)
    expectOnly("101 columns", in: TidyRules.lines(file(String(repeating: "µ", count: 101))))
    expectOnly("a tab", in: TidyRules.lines(file("\tlet a = 1\n")))
    expectOnly("space at the end", in: TidyRules.lines(file("let a = 1 \n")))
    expectOnly("space at the end", in: TidyRules.lines(file("let a = 1\r\n")))
  }

  @Test(arguments: ["func f()", "init(\n    a: Int)", "var f: Int"])
  func longFunctionIsFound(signature: String) {
    let height = signature.split(separator: "\n").count
    func type(lines: Int, after attribute: String = "") -> SourceFile {
      let body = String(repeating: "    g { \"}\" }\n", count: lines - 1 - height)
      return file("struct A {\n  let b = 1\n  \(attribute)\(signature) {\n\(body)  }\n}\n")
    }
    #expect(TidyRules.functions(type(lines: 60)).isEmpty)
    expectOnly("has 61 lines", in: TidyRules.functions(type(lines: 61)))
    #expect(TidyRules.functions(type(lines: 61, after: "@Test ")).isEmpty)
  }

  @Test(arguments: ["StringUtils", "MathHelper", "CommonTypes", "Miscellany"])
  func vagueNameIsFound(name: String) {
    expectOnly("says nothing", in: TidyRules.names(file("private enum \(name) {}\n")))
    expectOnly("says nothing", in: TidyRules.names(file("", "Sources/A/\(name).swift")))
    #expect(TidyRules.names(file("// \(name)\nlet a = \"enum \(name)\"\n")).isEmpty)
  }

  @Test(arguments: ["Of each prompt.", "The same on one line.", "Those of the run."])
  func leaningCommentIsFound(comment: String) {
    let found = TidyRules.openings(file("struct A {\n  /// \(comment)\n  package let a = 1\n}\n"))
    expectOnly("name the subject", in: found)
    #expect(found.map(\.line) == [2])
  }

  @Test(arguments: [
    "/// Tokens\n/// Of each prompt.", "// Of each prompt.", "/// Often.", "/// Those who wait.",
  ])
  func commentWithASubjectIsAccepted(text: String) {
    #expect(TidyRules.openings(file(text)).isEmpty)
  }

  @Test(arguments: [
    ("String(format: \"%d\", 1)", "NumberText"),
    ("\"a \\(String(format: \"%d\", 1))\"", "NumberText"),
    ("a.hashValue", "Fingerprint"),
    ("Date()", "SimTime"),
    ("Foundation.Date.now", "SimTime"),
    ("Int.random(in: 0..<2)", "RandomStream"),
    ("fatalError(\"no\")", "Diagnostic"),
    ("@inlinable\n@discardableResult package func f() {}", "@inlinable public"),
    ("try! f()", "impossible"),
    ("// TODO: later", "issue"),
    ("/// FIXME", "issue"),
    ("print(1)", "only commands write"),
    ("debugPrint(1)", "only commands write"),
  ])
  func bannedWordIsFoundWithItsReplacement(text: String, replacement: String) {
    expectOnly(replacement, in: TidyRules.bannedWords(file(text)))
  }

  @Test(arguments: [
    "// String(format:) is not used", "let a = \"try! this\"", "Fingerprint()", "validDate()",
    "a.randomStream()", "@inlinable public func f() {}",
  ])
  func wordThatOnlyLooksBannedIsAccepted(text: String) {
    #expect(TidyRules.bannedWords(file(text)).isEmpty)
  }

  @Test func commandsMayPrint() {
    #expect(TidyRules.bannedWords(file("print(1)", "Sources/Commands/A.swift")).isEmpty)
  }
}
