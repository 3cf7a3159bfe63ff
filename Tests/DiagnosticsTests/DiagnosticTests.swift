import Diagnostics
import FoundationEssentials
import Testing

struct DiagnosticTests {
  @Test func everyPartHasItsLine() {
    let whole = Diagnostic(
      .warning, code: "scenario/tight", "little room: 5 %",
      at: SourceLocation(file: "a.yaml", line: 14, column: 5), path: "memory.share",
      notes: ["one", "two"], hint: "set it to 0.8")
    #expect(
      whole.text == """
        warning[scenario/tight]: little room: 5 %
          --> a.yaml:14:5  memory.share
          note: one
          note: two
        hint: set it to 0.8
        """)
  }

  @Test func absentPartsLeaveNoTrace() {
    #expect(Diagnostic(code: "a/b", "no").text == "error[a/b]: no")
    #expect(Diagnostic(code: "a/b", "no", path: "x.y").text == "error[a/b]: no\n  --> x.y")
    let lineOnly = Diagnostic(code: "a/b", "no", at: SourceLocation(file: "f", line: 3))
    #expect(lineOnly.text == "error[a/b]: no\n  --> f:3")
  }

  @Test func aMissingFileIsNotTheInputsFault() {
    #expect(throws: FileFailure.self) { try TextFile.read("/nowhere/at/all.yaml") }
    do {
      _ = try TextFile.read("/nowhere/at/all.yaml")
    } catch let failure as FileFailure {
      #expect(
        failure.diagnostic.text == """
          error[file/missing]: no such file: /nowhere/at/all.yaml
          hint: check the path, or run `ls`
          """)
    } catch { Issue.record("\(error)") }
    do {
      _ = try TextFile.read("/")
    } catch let failure as FileFailure {
      #expect(
        failure.diagnostic.text
          == "error[file/is-directory]: expected a file, found a directory: /")
    } catch { Issue.record("\(error)") }
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0xFF, 0x62], "byte 2 is 0xff", 2), ([0xC3], "byte 0 is 0xc3", 1),
      ([0x61, 0x0A, 0x0A, 0xE2, 0x82], "byte 3 is 0xe2", 3),
      ([0xED, 0xA0, 0x80], "byte 0 is 0xed", 1),
    ] as [([UInt8], String, Int)])
  func aFileThatIsNotUTF8ShowsItsFirstBadByte(_ bytes: [UInt8], _ place: String, _ line: Int)
    throws
  {
    let path = FileManager.default.temporaryDirectory.path + "/windtunnel-\(UUID().uuidString).yaml"
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      _ = try TextFile.read(path)
      Issue.record("read what is not UTF-8")
    } catch let error as InvalidInput {
      #expect(
        error.diagnostics.map(\.text) == [
          """
          error[file/not-utf8]: file is not UTF-8 text: \(place)
            --> \(path):\(line)
          hint: save the file as UTF-8
          """
        ])
    }
  }

  @Test func textIsReadWhole() throws {
    let path = FileManager.default.temporaryDirectory.path + "/windtunnel-\(UUID().uuidString).yaml"
    try Data("grüße\n".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try TextFile.read(path) == "grüße\n")
  }
}
