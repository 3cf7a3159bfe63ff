import Diagnostics
import Testing

struct CSVTests {
  private static let text = #"""
    system,note,latency_ms
    h200_sxm,"one, two ""three""",0.0123

    b200_sxm,plain,4e-3

    """#

  private func problems(_ text: String, _ read: (CSVReader, CSVTable.Row) -> Void = { _, _ in })
    -> [String]
  {
    do {
      let reader = try CSVReader(CSVTable(text, file: "a.csv"), needing: ["system", "latency_ms"])
      for row in reader.rows { read(reader, row) }
      try reader.check()
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.map(\.text)
    } catch {
      return ["\(error)"]
    }
  }

  @Test(arguments: [text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text])
  func fieldsAreReadWithTheirPlaces(text: String) throws {
    let table = try CSVTable(text, file: "a.csv")
    #expect(table.header == ["system", "note", "latency_ms"])
    let reader = try CSVReader(table, needing: ["latency_ms"])
    #expect(reader.rows.map { reader.text("note", $0) } == ["one, two \"three\"", "plain"])
    #expect(reader.rows.map { reader.number("latency_ms", $0, .positive) } == [0.0123, 0.004])
    #expect(reader.rows.map(\.line) == [2, 4])
    #expect(
      reader.place("latency_ms", reader.rows[0])
        == SourceLocation(file: "a.csv", line: 2, column: 31))
    #expect(reader.text("device", reader.rows[0]) == nil)
    #expect(reader.cells(reader.rows[1]) == ["b200_sxm", "plain", "4e-3"])
  }

  @Test func aQuotedFieldMayHoldLines() throws {
    let table = try CSVTable("a,b\n\"1\n2\",3\n4,5\n", file: "a.csv")
    let reader = try CSVReader(table, needing: [])
    #expect(reader.rows.map { reader.text("a", $0) } == ["1\n2", "4"])
    #expect(reader.rows.map(\.line) == [2, 4])
  }

  @Test func aTableThatIsTooLargeIsRefusedWithItsSize() {
    let text = "a,b\n1,2\n\n3,4\n5,6\n"
    #expect(throws: Never.self) { try CSVTable(text, file: "a.csv", mostFields: 8) }
    let error = #expect(throws: InvalidInput.self) {
      try CSVTable(text, file: "a.csv", mostFields: 7)
    }
    #expect(
      error?.diagnostics.map(\.text) == [
        """
        error[csv/too-large]: the table has 8 fields, and at most 7 are read
          --> a.csv
          note: they stand in 4 lines, the header included
        hint: cut it into files of at most 2 rows, each with the header
        """
      ])
  }

  @Test func aTableWithAProblemInEachFieldNamesTheFirstOnesAndCountsTheRest() {
    let rows = String(repeating: "h200,x\n", count: 3_000)
    let found = problems("system,latency_ms\n" + rows) { reader, row in
      _ = reader.number("latency_ms", row, .positive)
    }
    #expect(found.count == 21)
    #expect(found.last == "error[csv/more]: and 2980 more\n  --> a.csv")
  }

  @Test(arguments: [
    "system,latency_ms\nh200,12.57\nb200,4e-3\n",
    "system,latency_ms\r\nh200,12.57\r\nb200,4\r\n",
    "system,latency_ms\nh200,\"12.57\"\nb200,\"4\"\n",
  ])
  func cutAnywhereItsRowsAreThoseOfTheWhole(text: String) throws {
    func rows(_ text: String) throws -> [[String]] {
      let reader = try CSVReader(CSVTable(text, file: "a.csv"), needing: ["latency_ms"])
      return reader.rows.map(reader.cells)
    }
    let (whole, bytes) = (try rows(text), Array(text.utf8))
    for count in 0..<bytes.count {
      let cut = String(decoding: bytes[..<count], as: UTF8.self)
      guard let found = try? rows(cut) else { continue }
      #expect(found == Array(whole.prefix(found.count)), "cut after \(count) bytes")
    }
  }

  @Test(arguments: [
    ("", "error[csv/empty]: the file is empty\n  --> a.csv"),
    ("\n\n", "error[csv/empty]: the file is empty\n  --> a.csv"),
    (
      "system,latency_ms\n",
      "error[csv/no-rows]: the file has a header and no rows\n  --> a.csv:1"
    ),
    (
      "system,,latency_ms\na,b,1",
      "error[csv/nameless-column]: a column has no name\n  --> a.csv:1:8"
    ),
    (
      "system,latency_ms,system\na,1,b",
      "error[csv/duplicate-column]: two columns have the same name: system\n  --> a.csv:1:19"
    ),
    (
      "system,latency_ms\na,1\na,1,2\n",
      "error[csv/field-count]: the row must have 2 fields, as the header: 3\n  --> a.csv:3"
    ),
    (
      "system,latency_ms\na,1",
      """
      error[csv/cut]: the file ends without a line end, so that its last value may be cut off: 1
        --> a.csv:2:3
      hint: when it is whole, end the line: `echo >> a.csv`
      """
    ),
    (
      "system,latency_ms\na,\"1\n",
      "error[csv/quote]: a quote that nothing closes\n  --> a.csv:2:3"
    ),
    (
      "system,latency_ms\n\"a\"b,1\n",
      "error[csv/quote]: text behind the closing quote: b\n  --> a.csv:2:4"
    ),
    (
      "system,latency_ms\na\"b\",1\n",
      "error[csv/quote]: a quote inside a field that does not begin with one\n  --> a.csv:2:2"
    ),
    (
      "system,latency\na,1\n",
      "error[csv/missing-column]: missing column `latency_ms`\n  --> a.csv:1\n"
        + "hint: is it `latency`?"
    ),
  ])
  func aTableOfTheWrongShapeIsRefused(text: String, message: String) {
    #expect(problems(text) == [message])
  }

  @Test func allValuesThatAreWrongAreReported() {
    let text = "system,latency_ms\na,-1\nb,0\nc,\nd,nan\ne,0x1p3\nf,1 ms\ng,1\n"
    let found = problems(text) { _ = $0.number("latency_ms", $1, .positive) }
    #expect(
      found == [
        "error[csv/out-of-range]: `latency_ms` must be above zero: -1\n  --> a.csv:2:3",
        "error[csv/out-of-range]: `latency_ms` must be above zero: 0\n  --> a.csv:3:3",
        "error[csv/not-a-number]: `latency_ms` must be a number: (empty)\n  --> a.csv:4:3",
        "error[csv/not-a-number]: `latency_ms` must be a number: nan\n  --> a.csv:5:3",
        "error[csv/not-a-number]: `latency_ms` must be a number: 0x1p3\n  --> a.csv:6:3",
        "error[csv/not-a-number]: `latency_ms` must be a number: 1 ms\n  --> a.csv:7:3",
      ])
  }

  @Test func wholeNumbersAndWordsAreReadStrictly() {
    let found = problems("system,latency_ms\na,1.5\nb,9\n") { reader, row in
      _ = reader.integer("latency_ms", row, in: 1...8)
      _ = reader.choice("system", row, [("a", 1), ("c", 2)])
    }
    #expect(
      found == [
        "error[csv/not-a-number]: `latency_ms` must be a whole number: 1.5\n  --> a.csv:2:3",
        "error[csv/unknown-word]: `system` must be one of `a`, `c`: b\n  --> a.csv:3:1",
        "error[csv/out-of-range]: `latency_ms` must be from 1 to 8: 9\n  --> a.csv:3:3",
      ])
  }

  @Test func aMisspeltWordIsSuggested() {
    let found = problems("system,latency_ms\nagregated,1\n") { reader, row in
      _ = reader.choice("system", row, [("aggregated", 1), ("disaggregated", 2)])
    }
    #expect(
      found == [
        "error[csv/unknown-word]: `system` must be one of `aggregated`, `disaggregated`: "
          + "agregated\n  --> a.csv:2:1\nhint: did you mean `aggregated`?"
      ])
  }

  @Test func moreThanAnyoneReadsIsCounted() {
    let text = "system,latency_ms\n" + String(repeating: "a,x\n", count: 30)
    let found = problems(text) { _ = $0.number("latency_ms", $1, .positive) }
    #expect(found.count == 21)
    #expect(found.last == "error[csv/more]: and 10 more\n  --> a.csv")
  }
}
