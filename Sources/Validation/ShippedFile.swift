internal import BuiltInFiles

/// A file in the binary without which the program makes no sense.
enum ShippedFile {
  static func value<Value>(
    at path: String, read: (String, _ file: String) throws -> Value
  ) -> Value {
    guard let text = BuiltInFiles.text(at: path), let value = try? read(text, path) else {
      preconditionFailure("not embedded, or not readable: \(path)")
    }
    return value
  }
}
