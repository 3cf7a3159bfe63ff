internal import Diagnostics

/// A way of writing down recorded requests. A new one is a case here and a reader beside this file.
package enum TraceFormat: String, CaseIterable, Sendable {
  /// `TIMESTAMP,ContextTokens,GeneratedTokens`, as in the Azure LLM inference traces of 2023 to
  /// 2025.
  case azure
  /// One JSON object a line with the ids of its prompt's blocks, as in the Mooncake traces of 2025.
  case mooncake

  /// - Throws: `InvalidInput` with every bad line (the first twenty of them).
  package func read(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws -> Trace {
    switch self {
    case .azure: try AzureTrace.read(bytes, file: file)
    case .mooncake: try MooncakeTrace.read(bytes, file: file)
    }
  }
}

/// Collects the problems of a trace file, with their lines.
struct TraceProblems {
  private static let limit = 20

  let file: String
  private var diagnostics: [Diagnostic] = []
  private var count = 0

  init(file: String) { self.file = file }

  var isEmpty: Bool { diagnostics.isEmpty }

  mutating func report(_ code: String, _ message: String, line: Int?, hint: String? = nil) {
    count += 1
    guard diagnostics.count < Self.limit else { return }
    diagnostics.append(
      Diagnostic(
        code: "trace/\(code)", message, at: SourceLocation(file: file, line: line), hint: hint))
  }

  func check() throws {
    guard !diagnostics.isEmpty else { return }
    var all = diagnostics
    if count > all.count {
      all.append(
        Diagnostic(
          .note, code: "trace/more", "\(count - all.count) more problems in this file",
          at: SourceLocation(file: file)))
    }
    throw InvalidInput(all)
  }
}
