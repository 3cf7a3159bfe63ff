import Foundation
import Testing

/// What a repository needs to live, and what it must not carry.
struct HousekeepingTests {
  @Test(arguments: [
    "ACCURACY.md", "action.yml", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
    ".gitignore",
  ])
  func fileIsThere(path: String) {
    #expect(Repository.paths.contains(path), "\(path) is missing")
  }

  private static let mebibyte = 1 << 20

  /// - Parameter files: contents by path.
  private func oversized(_ files: [String: Int]) -> [String] {
    files.filter { $0.value > Self.mebibyte && !$0.key.hasPrefix("scenarios/traces/") }
      .keys.sorted()
  }

  @Test func noFileIsLargerThanAMebibyteExceptTraces() throws {
    let sizes = try Repository.paths.map { path in
      let full = Repository.root.appendingPathComponent(path).path
      let size = try FileManager.default.attributesOfItem(atPath: full)[.size] as? Int
      return (path, size ?? 0)
    }
    #expect(oversized(Dictionary(uniqueKeysWithValues: sizes)) == [])
    #expect(
      oversized(["a.csv": Self.mebibyte + 1, "b": 9, "scenarios/traces/c.csv": Self.mebibyte * 2])
        == ["a.csv"])
  }

  /// Places of one machine. Put together here, so that this file does not mention them.
  private static let foreign = ["/wo" + "rk/", ".." + "/shared"]

  private func mentions(_ data: Data) -> [String] {
    Self.foreign.filter { data.range(of: Data($0.utf8)) != nil }
  }

  @Test func noFileMentionsAPlaceOutsideTheRepository() throws {
    for path in Repository.paths {
      let data = try Data(contentsOf: Repository.root.appendingPathComponent(path))
      let found = mentions(data)
      #expect(found.isEmpty, "\(path) mentions \(found)")
    }
    #expect(mentions(Data("see \(Self.foreign[0])main".utf8)) == [Self.foreign[0]])
    #expect(mentions(Data("see \(Self.foreign[1])/style.md".utf8)) == [Self.foreign[1]])
    #expect(mentions(Data("a workday, shared".utf8)) == [])
  }
}
