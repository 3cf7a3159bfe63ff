import Testing

@testable import Rendering

struct WordsTests {
  @Test(arguments: [
    (0.085, "85.0 ms"), (12.34, "12.3 s"), (250, "4 min 10 s"), (33_300, "9 h 15 min"),
    (3_599.9, "60 min"), (190_000, "2 d 5 h"),
  ])
  func durationsAreReadAsPeopleSayThem(seconds: Double, words: String) {
    #expect(Words.duration(seconds) == words)
  }

  @Test(arguments: [(0.1234, "+12.3 %"), (-0.004, "-0.4 %"), (0.0001, "0.0 %"), (0, "0.0 %")])
  func changeHasItsSign(share: Double, text: String) {
    #expect(Words.signedPercent(share) == text)
  }

  @Test(arguments: [
    (Cell.seconds(0.012), "12.0 ms"), (.count(1_234_567), "1,234,567"), (.dollars(nil), "-"),
    (.spread(low: 0.0996, high: 0.31, .seconds), "99.6 to 310 ms"),
    (.spread(low: 0.9, high: 1.1, .seconds), "900 ms to 1.10 s"),
    (.spread(low: 1.5, high: 2, .dollars), "1.50 to 2.00"),
    (Cell.share(nil).orUnknown(), "unknown"),
  ])
  func valuesOfCells(cell: Cell, text: String) {
    #expect(cell.text == text)
  }

  /// However large it is, a mark has room beside its axis.
  @Test(arguments: [
    (ValueFormat.number, 2.5e24, "2.5e24"), (.number, 1e10, "1e10"), (.number, 250_000, "250,000"),
    (.seconds, 0, "0"), (.seconds, 600, "10 min"), (.share, 0.25, "25 %"),
  ])
  func marksAreShort(format: ValueFormat, value: Double, text: String) {
    #expect(format.tick(value) == text)
  }

  @Test func listsOfWords() {
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c")
    #expect(Words.count(1, "replica") == "1 replica" && Words.count(8, "replica") == "8 replicas")
  }
}
