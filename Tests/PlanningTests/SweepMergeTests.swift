import Diagnostics
import Planning
import Testing

struct SweepMergeTests {
  private func header(_ shard: SweepShard?, fingerprint: String = "f") -> SweepHeader {
    SweepHeader(
      tool: "test", scenario: "s", title: "", settings: [], seed: 1, axes: [], cases: 4,
      fingerprint: fingerprint, shard: shard)
  }

  private func journal(
    _ name: String, _ header: SweepHeader, _ indices: [Int], at: String = "x", tail: String = ""
  ) throws -> SweepJournal {
    let lines = try indices.map {
      try SweepJournal.line(SweepRecord(index: $0, at: ["a": at], settings: []))
    }
    let text = try SweepJournal.line(header) + lines.joined() + tail
    return try SweepJournal(Array(text.utf8), file: name)
  }

  private let halves = [SweepShard(index: 0, count: 2), SweepShard(index: 1, count: 2)]

  @Test func shardsMakeTheWholeInOrder() throws {
    let merged = try SweepMerge([
      journal("b", header(halves[1]), [3, 1]), journal("a", header(halves[0]), [0, 2]),
      journal("again", header(halves[0]), [2]),
    ])
    #expect(merged.header == header(nil))
    #expect(merged.lines.map(\.record.index) == [0, 1, 2, 3])
  }

  @Test func tornLastLineIsNotThere() throws {
    let torn = try journal("a", header(halves[0]), [0], tail: #"{"at":{"a":"x"},"ind"#)
    #expect(torn.lines.map(\.record.index) == [0])
    // Half a character is no text; it is cut off before it is read.
    let text = try SweepJournal.line(header(nil))
    let journal = try SweepJournal(Array(text.utf8) + [0x7b, 0xe2, 0x82], file: "a")
    #expect(journal.completeBytes == text.utf8.count)
  }

  @Test func missingCasesAreNamedWithTheShardThatHasThem() throws {
    let parts = [
      try journal("a", header(halves[0]), [0, 2]), try journal("b", header(halves[1]), [3]),
    ]
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "merge/missing", "1 of 4 cases are missing",
          notes: ["missing are 1, counted from 0"],
          hint: "run the sweep with `--shard 1/2`: it goes on where it was"))
    ) { try SweepMerge(parts) }
    let whole = try journal("c", header(nil), [])
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "merge/missing", "4 of 4 cases are missing",
          notes: ["missing are 0, 1, 2, 3, counted from 0"],
          hint: "repeat the command that wrote it: it goes on where it was"))
    ) { try SweepMerge([whole]) }
  }

  @Test func contradictionIsRefused() throws {
    let parts = [
      try journal("a", header(nil), [0, 1, 2, 3]), try journal("b", header(nil), [2], at: "y"),
    ]
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "merge/contradiction", "two files say different things of a case: 2",
          at: SourceLocation(file: "b", line: 2), notes: ["the other is a:4"],
          hint: "simulate it again: remove the line that is wrong and repeat its sweep"))
    ) { try SweepMerge(parts) }
  }

  @Test func otherSweepIsRefused() throws {
    let parts = [
      try journal("a", header(halves[0]), [0, 2]),
      try journal("b", header(halves[1], fingerprint: "g"), [1, 3]),
    ]
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "merge/other", "not of the same sweep as a: b",
          at: SourceLocation(file: "b", line: 1), notes: ["its fingerprint is g, not f"],
          hint: "give the files of one `windtunnel sweep` only"))
    ) { try SweepMerge(parts) }
  }

  @Test(arguments: [
    ("", 1, "no file of a sweep: it has no header"),
    ("no line end", 1, "no file of a sweep: it has no header"),
    ("{}\n", 1, "no file of a sweep: its first line is no `windtunnel/sweep/1` header"),
    ("HEADER\n", 2, "the line is no case of a sweep"),
    ("HEADER{\"at\":{},\"index\":9,\"settings\":[]}\n", 2, "the case is none of this sweep: 9"),
    ("HEADER{\"at\":{},\"index\":-1,\"settings\":[]}\n", 2, "the case is none of this sweep: -1"),
    (
      "HEADER{\"at\":{},\"index\":1,\"settings\":[]}\n{\"at\":{},\"index\":1,\"settings\":[]}\n",
      3, "the case is there twice: 1"
    ),
  ])
  func whatIsNoSweepIsRefused(text: String, line: Int, message: String) throws {
    let text = text.replacing("HEADER", with: try SweepJournal.line(header(nil)))
    #expect(
      throws: InvalidInput(
        Diagnostic(
          code: "sweep/file", message, at: SourceLocation(file: "x", line: line),
          hint: "give `--output` another name, or remove what is not a sweep's"))
    ) { try SweepJournal(Array(text.utf8), file: "x") }
  }
}
