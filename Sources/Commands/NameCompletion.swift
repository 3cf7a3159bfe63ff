internal import ArgumentParser
internal import Diagnostics
internal import Hardware
internal import ModelArchitecture
internal import Projections
internal import Scenarios

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a shell offers where a name or a file is wanted.
///
/// Asked for when somebody presses the key, so that the script that a shell has read stays right
/// when the program gets more machines.
enum NameCompletion {
  static var hardware: CompletionKind { completion { HardwareCatalogue.names } }
  static var models: CompletionKind { completion { ModelCatalogue.names } }
  static var engines: CompletionKind { completion { EngineCatalogue.names } }
  static var scenarios: CompletionKind { completion { ScenarioCatalogue.names } }
  static var projections: CompletionKind { completion { ProjectionCatalogue.names } }
  /// Names of the kind that stands before them on the command line: `show hardware`.
  static var shown: CompletionKind {
    .custom { words, index, prefix in
      let kind = words.prefix(max(0, index)).last.flatMap(ShowCommand.Kind.init(rawValue:))
      return candidates(kind.map(names) ?? [], prefix)
    }
  }

  private static func names(of kind: ShowCommand.Kind) -> [String] {
    switch kind {
    case .hardware: HardwareCatalogue.names
    case .model: ModelCatalogue.names
    case .engine: EngineCatalogue.names
    case .scenario: ScenarioCatalogue.names
    case .projection: ProjectionCatalogue.names
    case .schema: FileSchema.names
    }
  }

  private static func completion(_ names: @escaping @Sendable () -> [String]) -> CompletionKind {
    .custom { _, _, prefix in candidates(names(), prefix) }
  }

  static func candidates(_ names: [String], _ prefix: String) -> [String] {
    names.filter { $0.hasPrefix(prefix) } + files(beginning: prefix)
  }

  /// Files and folders whose paths begin like this, hidden ones apart; a folder ends with `/`.
  private static func files(beginning prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(start), !name.hasPrefix(".") else { continue }
      found.append(folder + name + (TextFile.isFolder(folder + name) ? "/" : ""))
    }
    return found.sorted()
  }
}
