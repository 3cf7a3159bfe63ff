/// A pair of braces in masked code, and the declaration that it belongs to.
struct CodeBlock {
  enum Kind {
    case type
    /// A function, an initializer, a subscript.
    case function
    /// A computed property, or one with a closure for its value.
    case property
    /// A closure, a branch, a loop.
    case other
  }

  let kind: Kind
  let name: String
  /// What stands between the braces before and these: attributes, the signature.
  let header: String
  /// Where the declaration begins.
  let firstLine: Int
  var lastLine: Int
  /// Bytes of the masked code, braces included.
  var range: Range<Int>
  /// Index of the innermost block around this one.
  let parent: Int?

  var lineCount: Int { lastLine - firstLine + 1 }

  static func all(in code: String) -> [CodeBlock] {
    var scan = BlockScan(bytes: Array(code.utf8))
    scan.run()
    return scan.blocks
  }
}

private struct BlockScan {
  private struct Open {
    let block: Int
    let parentheses: Int
    /// Where the header of the next block begins once this one is closed.
    let resumedHeader: Int?
  }

  private static let declaration = Pattern(
    #"(?<![\w.`])(func|struct|class|enum|extension|protocol|actor|subscript|init|deinit|var)\b"#
      + #"\s*`?([^\s(<:{`]*)"#)

  let bytes: [UInt8]
  var blocks: [CodeBlock] = []
  private var open: [Open] = []
  private var parentheses = 0
  private var headerStart = 0
  private var line = 1

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: "("): parentheses += 1
      case UInt8(ascii: ")"): parentheses -= 1
      case UInt8(ascii: "{"): begin(at: index)
      case UInt8(ascii: "}"): end(at: index)
      default: break
      }
    }
  }

  private mutating func begin(at index: Int) {
    let isArgument = parentheses > (open.last?.parentheses ?? 0)
    let header = String(decoding: bytes[headerStart..<index], as: UTF8.self)
    let found = isArgument ? nil : Self.declared(by: header)
    let height = header.utf8.dropFirst(found?.offset ?? 0).count { $0 == UInt8(ascii: "\n") }
    blocks.append(
      CodeBlock(
        kind: found?.kind ?? .other, name: found?.name ?? "", header: header,
        firstLine: line - (found == nil ? 0 : height), lastLine: line, range: index..<(index + 1),
        parent: open.last?.block))
    open.append(
      Open(
        block: blocks.count - 1, parentheses: parentheses,
        resumedHeader: isArgument ? headerStart : nil))
    headerStart = index + 1
  }

  private mutating func end(at index: Int) {
    guard let closed = open.popLast() else { return }
    blocks[closed.block].lastLine = line
    blocks[closed.block].range = blocks[closed.block].range.lowerBound..<(index + 1)
    headerStart = closed.resumedHeader ?? index + 1
  }

  private static func declared(
    by header: String
  ) -> (kind: CodeBlock.Kind, name: String, offset: Int)? {
    guard let match = declaration.matches(in: header).last else { return nil }
    let rest = header.utf8.dropFirst(match.offset)
    let closed = rest.count { $0 == UInt8(ascii: ")") }
    guard rest.count(where: { $0 == UInt8(ascii: "(") }) == closed else { return nil }
    let name = match.groups[2]
    switch match.groups[1] {
    case "func", "subscript", "init", "deinit":
      return (.function, name.isEmpty ? match.groups[1] : name, match.offset)
    case "var":
      // A variable that a later statement follows, such as an `if`, has no block of its own.
      return rest.contains(UInt8(ascii: "\n")) ? nil : (.property, name, match.offset)
    default:
      return (.type, name, match.offset)
    }
  }
}
