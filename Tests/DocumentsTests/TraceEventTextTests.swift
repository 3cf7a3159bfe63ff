import Foundation
import Testing

@testable import Documents

@Suite struct TraceEventTextTests {
  @Test(arguments: [
    (Int64(0), "0"), (7, "0.007"), (1_000, "1"), (12_500, "12.5"), (1_234_567_890, "1234567.89"),
    (4_611_686_018_427_387_904, "4611686018427387.904"),
  ])
  func timesAreMicrosecondsToTheNanosecond(nanoseconds: Int64, text: String) {
    #expect(TraceEventText.microseconds(nanoseconds) == text)
  }

  @Test func anyNameIsReadBackAsItWas() throws {
    let name = "a \"b\" \\ c\n\u{1}\u{1F} d/é"
    var text = TraceEventText()
    text.name("process_name", name, of: TraceEventText.Track(process: 3))
    let file = Data(text.file(facts: [("scenario", name)]).utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    #expect((document["otherData"] as? [String: String])?["scenario"] == name)
    let events = try #require(document["traceEvents"] as? [[String: Any]])
    #expect((events[0]["args"] as? [String: String])?["name"] == name)
    #expect(events[0]["pid"] as? Int == 3)
  }

  @Test func fileWithoutEventsIsStillOne() throws {
    let file = Data(TraceEventText().file(facts: []).utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: file) as? [String: Any])
    #expect((document["traceEvents"] as? [Any])?.isEmpty == true)
  }
}
