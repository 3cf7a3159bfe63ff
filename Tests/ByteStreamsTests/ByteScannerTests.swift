import ByteStreams
import Testing

struct ByteScannerTests {
  private func scan<Value>(_ text: String, _ read: (inout ByteScanner) -> Value) -> (Value, Int) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var scanner = ByteScanner(bytes)
      return (read(&scanner), scanner.position)
    }
  }

  @Test(arguments: [
    ("0", 9, 0, 1), ("1.25", 3, 1250, 4), ("1.2345", 3, 1235, 6), ("1.2344", 3, 1234, 6),
    ("12e-1", 3, 1200, 5), ("1.5E2", 0, 150, 5), ("7,", 0, 7, 1), (".5", 1, 5, 2), ("5.", 1, 50, 2),
    ("1718000000.123456789123", 9, 1_718_000_000_123_456_789, 23),
    // Beyond nineteen digits a fraction is passed over.
    ("0.12345678901234567890123", 9, 123_456_789, 25),
    ("0e99", 9, 0, 4), ("1e-40", 9, 0, 5),
  ])
  func decimalNumbers(text: String, decimals: Int, expected: Int64, position: Int) {
    let (value, place) = scan(text) { $0.fixedPoint(decimals: decimals) }
    #expect(value == expected && place == position)
  }

  @Test(arguments: ["", "-1", "+1", "x", "1x", "1.2.3", "1e", "1e+", "9e18", "1e400", "0x10", "."])
  func whatIsNoDecimalNumberIsLeft(text: String) {
    let (value, place) = scan(text) { $0.fixedPoint(decimals: 3) }
    #expect(value == nil && place == 0)
  }

  @Test(arguments: [
    ("374", 374), ("374.0", 374), ("3.74e2", 374), ("0", 0), ("374.5", nil), ("-3", nil),
    ("1001", nil), ("18446744073709551616", nil), ("", nil), ("3 4", 3),
  ])
  func counts(text: String, expected: Int64?) {
    #expect(scan(text) { $0.count(to: 1000) }.0 == expected)
  }

  @Test func identifiersMayHave64Bits() {
    #expect(scan("18446744073709551615") { $0.wholeNumber() }.0 == .max)
    var ids: [UInt64] = [7]
    #expect(scan("[1, 2 ,3] x") { $0.wholeNumbers(into: &ids) } == (3, 10))
    #expect(ids == [7, 1, 2, 3])
    #expect(scan("[]") { $0.wholeNumbers(into: &ids) }.0 == 0)
    for bad in ["[1,]", "[1", "1", "[1.5]", "[-1]", "[\"1\"]"] {
      #expect(scan(bad) { $0.wholeNumbers(into: &ids) }.0 == nil)
    }
  }

  @Test(arguments: [
    #"1,"#, #"-1.5e3 ,"#, #""a\"b\\", "#, #"{"a": [1, {"b": "}"}]} ,"#, "[[], [\"]\"]],", "true,",
    "null,",
  ])
  func valuesArePassedOver(text: String) {
    let (isValue, place) = scan(text) { $0.skipValue() }
    #expect(isValue && text.utf8.dropFirst(place).first == UInt8(ascii: ","))
  }

  @Test(arguments: ["", "{\"a\": 1", "[1, 2", "\"abc", "\"abc\\\"", "nonsense", ":", "]"])
  func whatIsNoValueIsNotPassedOver(text: String) {
    #expect(scan(text) { $0.skipValue() } == (false, 0))
  }

  @Test(arguments: [
    ("a,b", ["a", "b"]), ("a,", ["a", ""]), ("", [""]), (",,", ["", "", ""]),
    ("\"a,\"\"b\"\"\",c", ["a,\"\"b\"\"", "c"]), ("\"a\"x,b", ["a", "b"]),
  ])
  func fieldsOfATable(text: String, expected: [String]) {
    let (fields, _) = scan(text) { scanner in
      var fields: [String] = []
      repeat {
        fields.append(String(decoding: scanner.field(UInt8(ascii: ",")).text, as: UTF8.self))
      } while scanner.takeDelimiter(UInt8(ascii: ","))
      return fields
    }
    #expect(fields == expected)
  }
}
