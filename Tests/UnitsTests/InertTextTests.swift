import Testing
import Units

struct InertTextTests {
  @Test(arguments: [
    ("plain, ümläut 日本 👩‍🔬", "plain, ümläut 日本 👩‍🔬"),
    ("a\n::error::b", "a\\n::error::b"), ("\u{1b}[31m\r\t", "\\u{1b}[31m\\r\\t"),
    ("\u{202e}x\u{2028}\u{85}\u{0}", "\\u{202e}x\\u{2028}\\u{85}\\u{0}"),
  ])
  func whatCannotBeSeenIsWrittenOut(text: String, shown: String) {
    #expect(InertText.line(text) == shown)
  }

  @Test func wordsKeepTheirSpaces() {
    #expect(InertText.words("a\nb\tc\u{7}\u{2028}d") == "a b c\\u{7} d")
  }

  @Test(arguments: [
    ("a\n ::error file=x::y\nz", "a\n \\u{3a}:error file=x::y\nz"),
    ("a ##[error]b", "a #\\u{23}[error]b"), ("Swift::name", "Swift::name"),
  ])
  func noLineIsACommand(text: String, shown: String) {
    #expect(InertText.log(text) == shown)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@SUM(1)", "'@SUM(1)"), ("+a", "'+a"), ("-2.5", "-2.5"), ("-", "-"),
    ("-1+2", "'-1+2"), ("\t=1", "\\t=1"), ("plain", "plain"), ("", ""),
  ])
  func noCellIsAFormula(text: String, shown: String) {
    #expect(InertText.cell(text) == shown)
  }
}
