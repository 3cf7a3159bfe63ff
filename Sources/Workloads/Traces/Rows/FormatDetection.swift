internal import ByteStreams
internal import Diagnostics

/// What a trace is, by how its file begins.
enum FormatDetection {
  /// Bytes that are looked at: keys stand at the beginning.
  private static let looked = 1 << 16

  struct Beginning {
    /// Nil where nobody can tell.
    var format: TraceFormat?
    var isObject = false
    var isEmpty = true
    /// The beginning of its first line, as a message shows it.
    var text = ""
    /// Columns, or keys in the order of the first object.
    var names: [String] = []
    /// What is between the columns of a table.
    var delimiter = ","
    /// Whether it is files that were packed into one: an archive of tar says so behind a header.
    var isArchive = false
  }

  static func files(in folder: ByteSource) throws(ByteStreamFailure) -> [ByteSource] {
    try folder.files(ending: [".json", ".jsonl", ".csv", ".json.gz", ".jsonl.gz", ".csv.gz"])
  }

  /// The first of the folders in a folder, some levels down, that has files of a trace.
  static func folder(in folder: ByteSource, levels: Int = 3) -> ByteSource? {
    guard levels > 0, let entries = try? folder.files(ending: [""]) else { return nil }
    for inner in entries.filter(\.isDirectory).prefix(20) {
      if let files = try? files(in: inner), !files.isEmpty { return inner }
      if let found = self.folder(in: inner, levels: levels - 1) { return found }
    }
    return nil
  }

  static func beginning(of source: ByteSource) throws(ByteStreamFailure) -> Beginning {
    let bytes = try bytes(of: source)
    return bytes.withUnsafeBufferPointer { bytes in
      var found = Beginning()
      var scanner = ByteScanner(bytes)
      scanner.position = ByteOrderMark.length(bytes)
      scanner.skipSpaces()
      guard !scanner.isAtEnd else { return found }
      found.isEmpty = false
      found.isArchive = bytes.count > 262 && bytes[257..<262].elementsEqual("ustar".utf8)
      let line = UnsafeBufferPointer(
        rebasing: scanner.rest[
          ..<(scanner.rest.firstIndex { $0 == 0x0A || $0 == 0x0D }
            ?? scanner.rest.count)])
      found.text = visible(line)
      var list = scanner
      if list.take("["), list.next == UInt8(ascii: "{") { scanner = list }
      if scanner.next == UInt8(ascii: "{") {
        found.isObject = true
        found.names = keys(&scanner)
        found.format = objects(Set(found.names))
      } else if line.count < looked, !line.contains(0) {
        let header = TableHeader(line)
        found.names = header.names.count > 1 ? header.names : []
        found.format = table(header)
        found.delimiter = String(UnicodeScalar(header.delimiter))
      }
      return found
    }
  }

  private static func visible(_ line: UnsafeBufferPointer<UInt8>) -> String {
    guard line.contains(where: { $0 < 0x20 && $0 != 0x09 }) else { return shown(line) }
    return "byte 0x" + String(line[0], radix: 16) + ", no text"
  }

  private static func bytes(of source: ByteSource) throws(ByteStreamFailure) -> [UInt8] {
    let stream = try ByteStream(source)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: looked, alignment: 1)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < looked {
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      var count = 0
      do throws(ByteStreamFailure) {
        count = try stream.read(into: room)
      } catch {
        // A file that is cut says where once its rows are read.
        guard filled > 0 else { throw error }
      }
      guard count > 0 else { break }
      filled += count
    }
    return Array(buffer[..<filled])
  }

  /// Keys of the first object, and of the one that its `event` is, as far as they are there.
  private static func keys(_ scanner: inout ByteScanner) -> [String] {
    var keys: [String] = []
    guard scanner.take("{") else { return keys }
    repeat {
      guard let name = scanner.string() else { return keys }
      keys.append(String(decoding: name, as: UTF8.self))
      guard scanner.take(":") else { return keys }
      if name.elementsEqual("event".utf8), scanner.next == UInt8(ascii: "{") {
        var inner = scanner
        keys += Self.keys(&inner).map { "event." + $0 }
      }
      guard scanner.skipValue() else { return keys }
    } while scanner.take(",")
    return keys
  }

  private static func objects(_ keys: Set<String>) -> TraceFormat? {
    func has(_ names: String...) -> Bool { names.allSatisfy(keys.contains) }
    if has("requests", "block_size") || has("requests", "id") { return .weka }
    if has("event_type", "schema") || has("event.event_type") { return .dynamo }
    if has("chat_id", "input_length") { return .bailian }
    if has("sub_requests") || has("input_toks") { return .llmservingsim }
    if has("round_index", "prefix_tokens") || has("input_tokens_total") { return .tracelab }
    if has("input_tokens", "hash_ids") || has("input_tokens", "created_time") { return .mooncake }
    if has("input_length") || has("text_input") || has("messages") || has("payload") {
      return .mooncake
    }
    return nil
  }

  private static func table(_ header: TableHeader) -> TraceFormat? {
    let formats: [TraceFormat] = [.azure, .burstgpt, .tracelab, .vidur]
    return formats.first { format in
      RowSchema.table(format).map { header.missing($0).isEmpty } ?? false
    }
  }
}
