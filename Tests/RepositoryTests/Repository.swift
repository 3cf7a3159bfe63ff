import Foundation
import TestSupport
import Testing

/// The files of this repository, as they lie on disk.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of all files that git would keep, relative to the root and sorted.
  static let paths: [String] = {
    let ignored = ignoredNames + [".git"]
    var found: [String] = []
    let walk = FileManager.default.enumerator(atPath: root.path)
    while let path = walk?.nextObject() as? String {
      let name = (path as NSString).lastPathComponent
      if ignored.contains(where: { fnmatch($0, name, 0) == 0 }) {
        walk?.skipDescendants()
      } else if isFile(path) {
        found.append(path)
      }
    }
    return found.sorted()
  }()

  static let sources = swiftFiles(below: "Sources")
  static let tests = swiftFiles(below: "Tests")

  static func paths(below folder: String, ending suffix: String = "") -> [String] {
    paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(suffix) }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Runs the program that this build made, from the root.
  static func run(_ arguments: [String]) throws -> Tool.Outcome {
    try Tool(in: root).start(arguments).wait()
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let full = root.appendingPathComponent(path).path
    return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// Every pattern of `.gitignore` is one of names, at any depth.
  private static let ignoredNames: [String] =
    ((try? text(".gitignore")) ?? "").split(separator: "\n").map {
      $0.hasSuffix("/") ? String($0.dropLast()) : String($0)
    }

  private static func swiftFiles(below folder: String) -> [SourceFile] {
    paths(below: folder, ending: ".swift").compactMap { path in
      (try? text(path)).map { SourceFile(path, $0) }
    }
  }
}

/// A Swift file with what the rules ask of it.
struct SourceFile {
  let path: String
  let text: String
  /// The text without comments and literals, as long as the text in bytes.
  let code: String
  let blocks: [CodeBlock]

  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
    var masker = CodeMasker(text)
    code = masker.masked()
    blocks = CodeBlock.all(in: code)
  }

  /// The folder below `Sources` or `Tests`.
  var room: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  var lines: [Substring] {
    // By scalars, because a carriage return and a line feed are one character.
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map(Substring.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  func violation(_ line: Int, _ message: String) -> Violation {
    Violation(path: path, line: line, message: message)
  }
}

/// A broken rule, and what to do about it.
struct Violation: CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}

func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
  for violation in violations {
    Issue.record(Comment(rawValue: violation.description), sourceLocation: sourceLocation)
  }
}

/// The canary of a rule: it must find exactly this in a bad example.
func expectOnly(
  _ message: String, in violations: [Violation],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(violations.count == 1, "\(violations)", sourceLocation: sourceLocation)
  #expect(
    violations.first?.message.contains(message) == true, "\(violations)",
    sourceLocation: sourceLocation)
}
