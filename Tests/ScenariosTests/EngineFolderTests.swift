import Foundation
import OperatorCosts
import Testing

@testable import Scenarios

/// Engine profiles of a folder, some of which extend others.
@Suite struct EngineFolderTests {
  private let folder = NSTemporaryDirectory() + "windtunnel-engines-\(UUID().uuidString)"

  /// - Parameter files: by name, what each extends and the share of one-shot all-reduces it has.
  private func inFolder(
    _ files: [(name: String, extends: String, share: Double?)], _ body: (String) throws -> Void
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for file in files {
      let setting = file.share.map {
        "host: {one_shot_share: {value: \($0), status: assumed, source: own}}\n"
      }
      let text = """
        schema: windtunnel/engine/1
        extends: \(file.extends)
        name: \(file.name)
        release: any
        sources: {\(setting == nil ? "" : "own: a test")}
        \(setting ?? "")
        """
      try text.write(
        toFile: "\(folder)/\(file.name).yaml", atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  @Test func aReleaseHasWhatTheFolderSaysOfItsEngine() throws {
    let files: [(name: String, extends: String, share: Double?)] = [
      ("vllm", "vllm", 0.125), ("vllm@0.14", "vllm", nil), ("atom", "vllm", nil),
    ]
    try inFolder(files) { folder in
      for name in ["vllm", "vllm@0.14", "atom"] {
        let engine = try EngineCatalogue.load(name, in: folder)
        #expect(engine.host.oneShotShare == 0.125, "\(name)")
      }
      // Of a release that the folder does not have.
      let other = try EngineCatalogue.load("vllm@0.9", in: folder)
      #expect(other.name == "vllm")
    }
  }

  @Test func whatTheFolderDoesNotHaveIsTheProgramsOwn() throws {
    try inFolder([("vllm@0.14", "vllm", nil)]) { folder in
      let own = try EngineCatalogue.load(nameOrPath: "vllm")
      let release = try EngineCatalogue.load("vllm@0.14", in: folder)
      #expect(release.host == own.host)
    }
  }

  @Test func filesThatExtendEachOtherEndAtTheProgramsOwn() throws {
    let files: [(name: String, extends: String, share: Double?)] = [
      ("vllm", "sglang", nil), ("sglang", "vllm", nil),
    ]
    try inFolder(files) { folder in
      let own = try EngineCatalogue.load(nameOrPath: "vllm")
      let engine = try EngineCatalogue.load("vllm", in: folder)
      #expect(engine.host == own.host)
    }
  }
}
