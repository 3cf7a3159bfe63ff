import Foundation
import Testing

/// Compares with a file beside the tests. `RECORD_SNAPSHOTS=1` writes it anew; a missing one is
/// written and fails, so that nobody commits what nobody has looked at.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/\(name)")
  let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
  guard let expected = try? String(contentsOf: file, encoding: .utf8), !isRecording else {
    try Data(text.utf8).write(to: file)
    if !isRecording {
      Issue.record("recorded \(file.path); look at it", sourceLocation: sourceLocation)
    }
    return
  }
  #expect(text == expected, "\(name)", sourceLocation: sourceLocation)
}
