import Testing

/// The rules are worth no more than their reading of Swift.
struct CodeReadingTests {
  @Test func commentsAndTextAreBlankedAndInterpolatedCodeIsKept() {
    let source = """
      let a = "x { \\(f("y") + g(2)) }" // { µ
      /* { /* } */ */ let b = #"{ \\(c) \\#(d) "}"#
      let e = ""; h
      """
    var masker = CodeMasker(source)
    let masked = masker.masked()
    #expect(masked.utf8.count == source.utf8.count)
    let words = masked.split { $0 == " " || $0 == "\n" }
    #expect(words.joined(separator: " ") == "let a = (f( ) + g(2)) let b = (d) let e = ; h")
  }

  @Test func blocksKnowTheirDeclarations() {
    let file = SourceFile(
      "Sources/A/A.swift",
      """
      struct A {
        var size: Double { 2 }
        @Test(arguments: [1].map { $0 })
        func f(
          x: () -> Void = {}
        ) {
          var y: Int
          if y.init() { g { 1 } }
        }
        init?(z: Int) {}
      }
      extension A where B == C {
        enum D { case e }
      }
      """)
    let named = file.blocks.filter { $0.kind != .other }
    #expect(named.map(\.name) == ["A", "size", "f", "?", "A", "D"])
    #expect(named.map(\.kind) == [.type, .property, .function, .function, .type, .type])
    #expect(named[2].firstLine == 4 && named[2].lastLine == 9)
    #expect(named[2].header.contains("@Test"))
    #expect(file.blocks[named[2].parent ?? 0].name == "A")
  }
}
