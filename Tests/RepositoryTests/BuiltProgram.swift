import Foundation

/// The program that this build of the tests made, run from the root of the repository.
enum BuiltProgram {
  struct Outcome {
    let output: String
    let error: String
    let status: Int32
  }

  static func run(_ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.environment = ["COLUMNS": "80", "PATH": "/usr/bin:/bin"]
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // Standard error holds far less than a pipe does, so the order of reading is free.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let notes = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: text, as: UTF8.self), error: String(decoding: notes, as: UTF8.self),
      status: process.terminationStatus)
  }

  /// Beside the bundle of the tests.
  private static let executable: URL = {
    let folder = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
      .deletingLastPathComponent()
    let beside = folder.appendingPathComponent("windtunnel")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return Repository.root.appendingPathComponent(".build/debug/windtunnel")
  }()
}
