import Outcomes
import Testing

@testable import Documents

@Suite struct TextTests {
  @Test(arguments: [
    (0.1 + 0.2, 0.3), (123_456_789.0, 123_457_000.0), (0.000_012_345_678, 0.000_012_345_7),
    (-2.5, -2.5), (0.0, 0.0),
  ])
  func numbersKeepSixDigits(value: Double, expected: Double) {
    #expect(ReportNumber.rounded(value) == expected)
  }

  @Test func columnsAreAsWideAsTheirWidestCell() {
    var table = TextTable([.left, .right])
    table.add(heading: ["name", "ms"])
    table.add(["prefill", "1.5"])
    #expect(table.lines(.plain) == ["  name      ms", "  prefill  1.5"])
  }

  @Test func barIsAsLongAsItsSharesSay() {
    let shares = [("m", 0.5), ("c", 0.3), (".", 0.2)]
    #expect(TextBar.text(shares.map { (letter: $0.0, share: $0.1) }, width: 10) == "[mmmmmccc..]")
  }

  @Test(arguments: [
    (0.085, "85.0 ms"), (12.34, "12.3 s"), (250, "4 min 10 s"), (33_300, "9 h 15 min"),
    (3_599.9, "60 min"), (190_000, "2 d 5 h"),
  ])
  func durationsAreReadAsPeopleSayThem(seconds: Double, words: String) {
    #expect(ReportWords.duration(seconds) == words)
  }

  @Test func paragraphsBreakBetweenWords() {
    let lines = TextWrap.lines("one two three four", width: 10, indent: 0, hang: 2)
    #expect(lines == ["one two", "  three", "  four"])
  }

  @Test func styleNeverChangesTheWords() {
    #expect(TextStyle.plain.bold("x") == "x")
    #expect(TextStyle.terminal.bold("x") == "\u{1B}[1mx\u{1B}[0m")
  }
}
