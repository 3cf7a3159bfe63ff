import ByteStreams
import Foundation
import Testing

struct LineReaderTests {
  private func reader(_ text: String, limit: Int = 1 << 20) throws -> LineReader {
    try LineReader(ByteSource(Array(text.utf8), named: "a"), limit: limit)
  }

  private func lines(_ text: String) throws -> [String] {
    let reader = try reader(text)
    var lines: [String] = []
    while let line = try reader.next() {
      lines.append(String(decoding: line, as: UTF8.self))
      #expect(reader.number == lines.count)
    }
    return lines
  }

  @Test(arguments: [
    ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\n\nc", ["a", "b", "", "c"]),
    ("\u{FEFF}a\nb", ["a", "b"]), ("\u{FEFF}", []), ("a\rb\n", ["a\rb"]),
  ])
  func textIsCutIntoLines(text: String, expected: [String]) throws {
    #expect(try lines(text) == expected)
  }

  @Test func longLinesMakeTheBufferGrow() throws {
    let long = String(repeating: "x", count: 700_000)
    #expect(try lines("a\n\(long)\nb\n\(long)") == ["a", long, "b", long])
  }

  @Test func lineWithoutALineEndIsKnown() throws {
    let whole = try reader("a\nb\n")
    while try whole.next() != nil { #expect(whole.isTerminated) }
    let cut = try reader("a\nb")
    _ = try cut.next()
    #expect(cut.isTerminated)
    _ = try cut.next()
    #expect(!cut.isTerminated)
  }

  @Test func linesAreReadOnAsOne() throws {
    let lines = try reader("a\n\"b\nc\r\nd\"\ne\n")
    _ = try lines.next()
    _ = try lines.next()
    _ = try lines.extend()
    let line = try #require(try lines.extend())
    #expect(String(decoding: line, as: UTF8.self) == "\"b\nc\r\nd\"")
    #expect(lines.number == 2 && lines.lastNumber == 4)
    #expect(try lines.next().map { String(decoding: $0, as: UTF8.self) } == "e")
    #expect(lines.number == 5)
    #expect(try lines.extend() == nil)
  }

  @Test func whatHasNoLineEndIsGivenUp() throws {
    let lines = try LineReader(ByteSource(file: "/dev/zero"), limit: 1 << 20)
    #expect(throws: ByteStreamFailure.lineTooLong(path: "/dev/zero", line: 1, limit: 1 << 20)) {
      try lines.next()
    }
    #expect(throws: ByteStreamFailure.tooLong(path: "/dev/zero", limit: 1 << 20)) {
      try ByteStream.contents(of: ByteSource(file: "/dev/zero"), limit: 1 << 20)
    }
    // A file that may be long, such as a sweep's, has lines all the same.
    #expect(throws: ByteStreamFailure.lineTooLong(path: "/dev/zero", line: 1, limit: 1 << 20)) {
      try ByteStream.contents(
        of: ByteSource(file: "/dev/zero"), limit: 1 << 30, longestLine: 1 << 20)
    }
  }

  @Test func aPipeThatNobodyWritesToIsGivenUp() throws {
    let path = NSTemporaryDirectory() + "windtunnel-tests-\(UUID().uuidString)"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(throws: ByteStreamFailure.silent(path: path, seconds: 0)) {
      try ByteStream.contents(of: ByteSource(file: path, patience: 50), limit: 1 << 20)
    }
    // A writer that takes its time is waited for.
    let writer = Thread {
      guard let file = FileHandle(forWritingAtPath: path) else { return }
      Thread.sleep(forTimeInterval: 0.3)
      file.write(Data("abc".utf8))
      try? file.close()
    }
    writer.start()
    let bytes = try ByteStream.contents(
      of: ByteSource(file: path, patience: 100), limit: 1 << 20)
    #expect(bytes == Array("abc".utf8))
  }
}
