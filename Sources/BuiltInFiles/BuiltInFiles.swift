/// The files that travel inside the binary, under the paths they have in the repository.
package enum BuiltInFiles {
  package static let paths: [String] = EmbeddedFiles.all.map(\.path)

  /// The paths directly or indirectly below a folder, sorted.
  package static func paths(below folder: String, ending: String) -> [String] {
    paths.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(ending) }
  }

  /// The bytes of a file, without copying, or nil when there is none of that path.
  package static func bytes(at path: String) -> UnsafeBufferPointer<UInt8>? {
    guard let index = paths.firstIndex(of: path) else { return nil }
    let contents = EmbeddedFiles.all[index].contents
    return UnsafeBufferPointer(start: contents.utf8Start, count: contents.utf8CodeUnitCount)
  }

  package static func text(at path: String) -> String? {
    bytes(at: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
