import Testing

@testable import Workloads

/// Dates as programs write them.
struct TimeTextTests {
  private static func nanoseconds(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { TimeText.date($0) }
  }

  /// 28 February 2024, a second before midnight in Greenwich.
  private static let instant: Int64 = 1_709_164_799_000_000_000

  @Test(arguments: [
    ("2024-02-28 23:59:59", 0), ("2024-02-28T23:59:59Z", 0), ("2024-02-28t23:59:59.5z", 500),
    ("2024-02-28 23:59:59,500", 500), ("2024-02-28 23:59:59,500 +0000", 500),
    ("2024-02-28 15:59:59-08", 0), ("2024-02-29 05:29:59.25+05:30", 250),
    ("28/Feb/2024:23:59:59 +0000", 0), ("[28/Feb/2024:15:59:59 -0800]", 0),
    ("Wed, 28 Feb 2024 23:59:59 GMT", 0), ("28 Feb 2024 23:59:59 +0000", 0),
    ("Wed, 28 feb 2024 23:59:59.125 UTC", 125), ("20240228T235959Z", 0),
    ("20240228T235959", 0), ("20240228T155959.5-0800", 500),
  ])
  func instantIsTheOneThatIsMeant(text: String, milliseconds: Int64) {
    #expect(Self.nanoseconds(text) == Self.instant + milliseconds * 1_000_000)
  }

  @Test func minutesAndDaysOfOneDigit() {
    #expect(Self.nanoseconds("2024-02-28 23:59") == Self.instant - 59_000_000_000)
    #expect(Self.nanoseconds("20240228T2359Z") == Self.instant - 59_000_000_000)
    #expect(
      Self.nanoseconds("Thu, 1 Feb 2024 23:59:59 GMT")
        == Self.instant - 27 * 86_400 * 1_000_000_000)
  }

  @Test(arguments: [
    "", "2024-02-30T00:00:00Z", "30/Feb/2024:00:00:00 +0000", "28/Feb/24:23:59:59 +0000",
    "28/Fab/2024:23:59:59 +0000", "Wed, 28 Feb 2024", "28 Feb 2024 24:00:00 GMT", "20240228T2360",
    "20240230T000000Z", "20240228T23595", "20240228235959", "12/31/2024 11:59:58 PM",
    "2024-03-10 01:59:59 PST", "[28/Feb/2024:23:59:59 +0000", "2024-02-28 23:59:59,",
  ])
  func whatIsNoneIsRefused(text: String) {
    #expect(Self.nanoseconds(text) == nil)
    // Cut anywhere it is none, or another one that is whole.
    for count in 0..<text.utf8.count { _ = Self.nanoseconds(String(text.prefix(count))) }
  }

  private static func problems(_ time: String, _ delimiter: String = ";") -> [String] {
    let row = ["\(time)", "10", "5"].joined(separator: delimiter)
    return traceProblems(["time", "in", "out"].joined(separator: delimiter) + "\n\(row)\n") {
      $0.columns = [.init(.time, "time"), .init(.input, "in"), .init(.output, "out")]
    }
  }

  @Test func reasonIsGivenWhereADateIsAmbiguous() {
    #expect(
      Self.problems("12/31/2024 11:59:58 PM") == [
        """
        error[trace/timestamp]: not a time, for whether the day or the month comes first is not \
        said: 12/31/2024 11:59:58 PM
          --> trace:2
        hint: write the year first, then the month: `2024-12-31 23:59:58`
        """
      ])
    #expect(
      Self.problems("2024-03-10 01:59:59 PST") == [
        """
        error[trace/timestamp]: not a time, for the zone `PST` is not the same everywhere, or all \
        year: 2024-03-10 01:59:59 PST
          --> trace:2
        hint: write how far it is ahead of Greenwich, for example `2024-03-10 01:59:59-08:00`
        """
      ])
    #expect(
      Self.problems("2024-12-31 08:59:58 pm") == [
        """
        error[trace/timestamp]: not a time, for its hours are counted to 12: 2024-12-31 08:59:58 pm
          --> trace:2
        hint: write them from 0 to 23: `2024-12-31 20:59:58`
        """
      ])
    #expect(
      Self.problems("2024-02-30 00:00:00") == [
        """
        error[trace/timestamp]: not a time: 2024-02-30 00:00:00
          --> trace:2
        hint: expected for example `2023-11-16 18:15:46.6805900`
        """
      ])
  }

  @Test(arguments: [
    ("time;in;out\n0,5;10;5\n1,25;10;5\n", 750.0),
    ("time;in;out\n1700000000,5;10;5\n1700000001,25;10;5\n", 750),
    ("time;in;out\n2024-02-28 23:59:59,500;10;5\n2024-02-29 00:00:00,250;10;5\n", 750),
    ("time,in,out\n\"2024-02-28 23:59:59,500\",10,5\n\"2024-02-29 00:00:00,250\",10,5\n", 750),
  ])
  func commaInFrontOfDecimals(text: String, milliseconds: Double) throws {
    let trace = try readTrace(text) {
      $0.columns = [.init(.time, "time"), .init(.input, "in"), .init(.output, "out")]
    }
    #expect(requests(of: trace).map(\.milliseconds) == [0, milliseconds])
  }

  /// What no quotes hold together would shift the columns behind it.
  @Test func rowWithMoreColumnsThanItsTableIsRefused() {
    #expect(
      Self.problems("2024-02-28 23:59:59,500", ",") == [
        """
        error[trace/columns]: line has more than 3 columns
          --> trace:2
        hint: a value with `,` in it stands between quotes
        """
      ])
    #expect(Self.problems("5", ",").isEmpty)
    #expect(Self.problems("1.000,5").count == 1)
  }
}
