import Foundation
import Testing

/// Runs the built program as a user would, in a folder of its own.
struct Tool {
  struct Outcome: Equatable {
    var output: String
    var error: String
    var status: Int32
  }

  let folder: URL

  /// - Parameter files: contents by name, written into the folder.
  init(files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("windtunnel-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appendingPathComponent(name))
  }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  var fileNames: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  func run(_ arguments: String...) throws -> Outcome { try start(arguments).wait() }

  /// - Parameter outputFile: takes standard output instead of the test.
  func start(_ arguments: [String], outputFile: String? = nil) throws -> Running {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["COLUMNS": "80", "PATH": "/usr/bin:/bin"]
    return try Running(process, outputFile: outputFile)
  }

  /// Beside the bundle of the tests.
  private static let executable: URL = {
    let bundle = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("windtunnel")
    if FileManager.default.isExecutableFile(atPath: bundle.path) { return bundle }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../.build/debug/windtunnel").standardizedFileURL
  }()

  struct Running {
    private let process: Process
    private let output = Pipe()
    private let error = Pipe()

    fileprivate init(_ process: Process, outputFile: String?) throws {
      self.process = process
      if let outputFile {
        process.standardOutput = FileHandle(forWritingAtPath: outputFile)
        try output.fileHandleForWriting.close()
      } else {
        process.standardOutput = output
      }
      process.standardError = error
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }

    func interrupt() { process.interrupt() }

    /// What is on standard error stays far below what a pipe holds, so the order of reading is
    /// free.
    func wait() throws -> Outcome {
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let notes = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return Outcome(output: text, error: notes, status: process.terminationStatus)
    }
  }
}

/// A scenario that every test can run and change.
let sampleScenario = """
  schema: windtunnel/scenario/1
  title: Twenty requests
  model: meta-llama/Llama-3.1-8B
  hardware: h200-sxm
  engine: vllm
  workload:
    requests: 20
    arrivals: {process: poisson, rate: 4 req/s}
    input: 500
    output: 50

  """
