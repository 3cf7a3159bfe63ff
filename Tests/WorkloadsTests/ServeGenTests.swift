import ByteStreams
import Diagnostics
import Foundation
import Testing

@testable import Workloads

/// Clients of a generator, from the two files that each of them has.
struct ServeGenTests {
  private static let lengths = """
    {"0": {"input_tokens": "{100: 0.25, 300: 0.75}", "output_tokens": "{20: 1.0}"}}
    """

  /// A folder with files, below another one.
  private func folder(_ files: [String: String]) throws -> String {
    let inner = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString).appendingPathComponent("reason")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: inner.appendingPathComponent(name))
    }
    return inner.path
  }

  private func read(_ path: String) throws -> Trace {
    Trace(try Recording(reading: ByteSource(file: path), TraceOptions(), mostKeptBytes: nil))
  }

  private func problem(_ path: String) -> Diagnostic? {
    (#expect(throws: InvalidInput.self) { _ = try read(path) })?.diagnostics.first
  }

  /// Two windows of ten minutes, of which one client asks in the first and the other in both, twice
  /// as often.
  @Test func ratesAndLengthsAreThoseOfTheClients() throws {
    let path = try folder([
      "chunk-0-trace.csv": "0,1,1,Gamma,1,1\n600,0,0,,0,0\n",
      "chunk-0-dataset.json": Self.lengths,
      "chunk-1-trace.csv": "0,2,1,Exponential,0,0\n600,2,1,,0,0\n",
      "chunk-1-dataset.json": Self.lengths,
    ])
    let trace = try read(path)
    #expect(trace.summary.format == .servegen)
    let requests = requests(of: trace)
    let first = requests.filter { ($0.milliseconds ?? 0) < 600_000 }.count
    // Four standard deviations of Poisson counts of 1,800 and of 1,200.
    #expect(abs(first - 1_800) < 170 && abs(requests.count - first - 1_200) < 140)
    #expect(Set(requests.map(\.inputTokens)) == [100, 300])
    #expect(requests.allSatisfy { $0.outputTokens == 20 })
    let long = requests.filter { $0.inputTokens == 300 }.count
    #expect(abs(Double(long) / Double(requests.count) - 0.75) < 0.04)
    let times = requests.compactMap(\.milliseconds)
    #expect(times == times.sorted())
  }

  @Test func aBadWindowIsNamedByItsLine() throws {
    let path = try folder([
      "chunk-0-trace.csv": "0,1,1,Gamma,1,1\n600,many,0,,0,0\n",
      "chunk-0-dataset.json": Self.lengths,
    ])
    #expect(
      problem(path)?.text == """
        error[trace/window]: not the window of a client: 600,many,0,,0,0
          --> \(path)/chunk-0-trace.csv:2
        hint: expected for example `\(TraceFormat.servegen.example)`
        """)
  }

  @Test func ratesWithoutLengthsAreNoRequests() throws {
    let path = try folder(["chunk-3-trace.csv": "0,1,1,Gamma,1,1\n"])
    #expect(problem(path)?.message == "client 3 has rates and no lengths")
  }

  @Test func theFolderThatHasTheFilesIsNamed() throws {
    let path = try folder(["chunk-0-trace.csv": "0,1,1,Gamma,1,1\n"])
    let outer = URL(fileURLWithPath: path).deletingLastPathComponent().path
    #expect(problem(outer)?.message == "the folder has no files of a trace")
    #expect(problem(outer)?.hint == "name the folder that has them: `\(path)`")
  }

  @Test func anArchiveIsToBeUnpacked() {
    let header = "reason/" + String(repeating: "\0", count: 250) + "ustar  \0"
    #expect(
      traceProblems(header + String(repeating: "\0", count: 247)) == [
        """
        error[trace/archive]: the trace is an archive of files
          --> trace
        hint: unpack it and name what is in it: `tar xf trace`
        """
      ])
  }
}
