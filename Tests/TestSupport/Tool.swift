package import Foundation

/// Runs the built program as a user would, in a folder of its own, which goes when this goes.
package final class Tool {
  package struct Outcome: Equatable {
    package var output: String
    package var error: String
    package var status: Int32

    package init(output: String, error: String, status: Int32) {
      self.output = output
      self.error = error
      self.status = status
    }
  }

  package let folder: URL
  private let isTemporary: Bool

  /// - Parameter folder: that is there already, and stays.
  package init(in folder: URL) {
    self.folder = folder
    isTemporary = false
  }

  /// - Parameter files: contents by name, written into the folder.
  package init(files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("windtunnel-tests-\(UUID().uuidString)")
    isTemporary = true
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit {
    if isTemporary { try? FileManager.default.removeItem(at: folder) }
  }

  package func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appendingPathComponent(name))
  }

  package func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  package func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  package var fileNames: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  package func run(_ arguments: String...) throws -> Outcome { try start(arguments).wait() }

  /// - Parameter outputFile: takes standard output instead of the test.
  package func start(_ arguments: [String], outputFile: String? = nil) throws -> Running {
    try start(Self.executable, arguments, outputFile: outputFile)
  }

  /// For what only a shell can do: pipes, limits, bytes that are no text.
  ///
  /// - Parameter script: in which `$windtunnel` is the program.
  package func runInShell(_ script: String) throws -> Outcome {
    try start(URL(fileURLWithPath: "/bin/sh"), ["-c", script], outputFile: nil).wait()
  }

  private func start(
    _ executable: URL, _ arguments: [String], outputFile: String?
  ) throws -> Running {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "COLUMNS": "80", "PATH": "/usr/bin:/bin", "windtunnel": Self.executable.path,
    ]
    return try Running(process, of: self, outputFile: outputFile)
  }

  /// Beside the bundle of the tests.
  private static let executable: URL = {
    let bundle = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("windtunnel")
    if FileManager.default.isExecutableFile(atPath: bundle.path) { return bundle }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../.build/debug/windtunnel").standardizedFileURL
  }()

  package struct Running {
    private let process: Process
    /// Its folder must not go before the process does.
    private let tool: Tool
    private let output = Pipe()
    private let error = Pipe()

    fileprivate init(_ process: Process, of tool: Tool, outputFile: String?) throws {
      self.process = process
      self.tool = tool
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

    package func interrupt() { process.interrupt() }

    package func send(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

    /// As nothing can be done against.
    package func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    package var isRunning: Bool { process.isRunning }

    /// What is on standard error stays far below what a pipe holds, so the order of reading is
    /// free.
    package func wait() throws -> Outcome {
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let notes = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return Outcome(output: text, error: notes, status: process.terminationStatus)
    }
  }
}

/// A scenario that every test can run and change.
package let sampleScenario = """
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
    judge: whole

  """

/// A workload that a search decides in seconds, also without optimisation.
package let lightScenario = """
  schema: windtunnel/scenario/1
  name: light
  model: meta-llama/Llama-3.1-8B
  hardware: h200-sxm
  engine: vllm
  objectives: {ttft: 2 s, tpot: 40 ms}
  workload:
    requests: 40
    arrivals: {process: poisson, rate: 4 req/s}
    input: 200
    output: 20

  """
