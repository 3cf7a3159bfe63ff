#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where bytes come from: a file, a pipe, a device, or memory.
package struct ByteSource: Hashable, Sendable {
  /// The name that messages call the source by.
  package let path: String
  /// What is there already, and need not be read.
  let contents: [UInt8]?
  /// How long somebody is waited for who writes to it, where it is a pipe, in milliseconds.
  let patience: Int32

  package init(file path: String, patience: Int32 = 10_000) {
    self.path = path
    contents = nil
    self.patience = patience
  }

  /// - Parameter path: that stands for it in messages.
  package init(_ contents: [UInt8], named path: String) {
    self.path = path
    self.contents = contents
    patience = 0
  }

  /// What tells one state of a file from another, and one file from another.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let file: UInt64
    let bytes: Int64
    let seconds: Int64
    let nanoseconds: Int64
  }

  /// What tells a plain file from every other and from itself once changed; nil for what can be
  /// read only once, for memory and for what is not there.
  package var identity: Identity? {
    guard contents == nil, let status, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), file: UInt64(status.st_ino),
      bytes: Int64(status.st_size), seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }

  /// Whether it gives the same bytes whenever it is read.
  package var isRepeatable: Bool { contents != nil || identity != nil }

  package var isDirectory: Bool {
    contents == nil && status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Bytes as they lie there, packed or not; nil where nobody knows.
  package var size: Int64? { contents.map { Int64($0.count) } ?? identity?.bytes }

  private var status: stat? {
    var status = stat()
    return stat(path, &status) == 0 ? status : nil
  }

  /// Files of a directory, in the order of their names, numbers in them by their value.
  package func files(ending suffixes: [String]) throws(ByteStreamFailure) -> [ByteSource] {
    guard let directory = opendir(path) else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if !name.hasPrefix("."), suffixes.contains(where: name.hasSuffix) { names.append(name) }
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.map { (key: NumberedName($0), name: $0) }.sorted { $0.key < $1.key }
      .map { ByteSource(file: folder + $0.name) }
  }
}

/// A name that is sorted by the numbers in it: `chunk-9` before `chunk-10`.
private struct NumberedName: Comparable {
  private let name: String
  private let parts: [Part]

  private enum Part: Comparable {
    case number(String)
    case text(String)

    static func < (left: Part, right: Part) -> Bool {
      switch (left, right) {
      case (.number(let a), .number(let b)):
        (a.utf8.count, a) < (b.utf8.count, b)
      case (.text(let a), .text(let b)): a < b
      case (.number, .text): true
      case (.text, .number): false
      }
    }
  }

  init(_ name: String) {
    self.name = name
    var parts: [Part] = []
    var rest = name[...]
    while let first = rest.first {
      let isNumber = first.isASCII && first.isNumber
      let part = rest.prefix { ($0.isASCII && $0.isNumber) == isNumber }
      rest = rest.dropFirst(part.count)
      guard isNumber else {
        parts.append(.text(String(part)))
        continue
      }
      let digits = part.drop { $0 == "0" }
      parts.append(.number(digits.isEmpty ? "0" : String(digits)))
    }
    self.parts = parts
  }

  static func < (left: NumberedName, right: NumberedName) -> Bool {
    for (a, b) in zip(left.parts, right.parts) where a != b { return a < b }
    return (left.parts.count, left.name) < (right.parts.count, right.name)
  }
}
