/// A page taken apart as strictly as XML would be: what is wrong with it, and what is in it.
package struct WellFormedPage {
  package private(set) var problems: [String] = []
  private(set) var ids: Set<String> = []
  package private(set) var headings: [Int] = []
  /// Each with the name of its tag: `svg role` and its value.
  package private(set) var attributes: [(name: String, value: String)] = []
  private var open: [String] = []

  private static let void: Set = ["meta", "link", "br", "img", "hr", "input"]

  package init(_ text: String) {
    // Pieces that begin with a tag. Bytes, because a page has hundreds of thousands.
    var isRaw = false
    for piece in Array(text.utf8).split(
      separator: UInt8(ascii: "<"), omittingEmptySubsequences: true)
    {
      guard let end = piece.firstIndex(of: UInt8(ascii: ">")) else {
        if !isRaw { problems.append("no tag: \(Self.words(piece).prefix(60))") }
        continue
      }
      let tag = Self.words(piece[..<end])
      // What is in a script or a style is not markup, until it ends.
      if isRaw, tag != "/script", tag != "/style" { continue }
      take(tag)
      isRaw = tag == "script" || tag == "style"
      if !isRaw { check(piece[(end + 1)...]) }
    }
    if !open.isEmpty { problems.append("left open: \(open)") }
    for (name, value) in attributes {
      let named =
        name.hasSuffix(" aria-labelledby")
        ? value.split(separator: " ").map(String.init)
        : name == "a href" ? [String(value.dropFirst())] : []
      for id in named where !ids.contains(id) { problems.append("nothing has the id \(id)") }
    }
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private mutating func take(_ tag: String) {
    let parts = tag.split(separator: "\"", omittingEmptySubsequences: false)
    let name = String(tag.prefix { $0 != " " && $0 != "\n" })
    if parts.count % 2 == 0 { problems.append("a quote is open: \(tag)") }
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      guard let key = parts[index].split(separator: " ").last, key.hasSuffix("=") else {
        problems.append("a value without a name: \(tag)")
        continue
      }
      note(name, String(key.dropLast()), String(parts[index + 1]))
    }
    if name.hasPrefix("/") {
      let last = open.popLast()
      if last != String(name.dropFirst()) { problems.append("\(name) closes \(last ?? "nothing")") }
    } else if !tag.hasSuffix("/"), !name.hasPrefix("!"), !Self.void.contains(name) {
      open.append(name)
    }
    if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) {
      if level > (headings.last ?? 0) + 1 { problems.append("heading \(level) is too deep") }
      headings.append(level)
    }
  }

  private mutating func note(_ tag: String, _ key: String, _ value: String) {
    attributes.append(("\(tag) \(key)", value))
    check(Array(value.utf8)[...])
    if key == "id", !ids.insert(value).inserted { problems.append("an id stands twice: \(value)") }
  }

  private mutating func check(_ bytes: ArraySlice<UInt8>) {
    guard bytes.contains(UInt8(ascii: "&")) || bytes.contains(UInt8(ascii: ">")) else { return }
    let text = Self.words(bytes)
    let known = ["amp;", "lt;", "gt;", "quot;", "#39;", "nbsp;"]
    let isEscaped = text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
      .allSatisfy { rest in known.contains { rest.hasPrefix($0) } }
    if !isEscaped || text.contains(">") { problems.append("not escaped: \(text.prefix(80))") }
  }
}
