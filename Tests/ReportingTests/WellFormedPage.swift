import Foundation

/// A page taken apart as strictly as XML would be: what is wrong with it, and what is in it.
struct WellFormedPage {
  private(set) var problems: [String] = []
  private(set) var ids: [String] = []
  private(set) var headings: [Int] = []
  /// Attributes by the tag that has them, as `svg role` and its value.
  private(set) var attributes: [(name: String, value: String)] = []
  private var open: [String] = []

  private static let void: Set = ["meta", "link", "br", "img", "hr", "input"]

  init(_ text: String) {
    let pattern =
      /<(!DOCTYPE html|\/?[a-z][a-z0-9]*)((?:\s+[a-z][a-zA-Z0-9-]*="[^"<>]*")*)\s*(\/?)>/
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      check(words: rest[..<start])
      guard let match = rest[start...].prefixMatch(of: pattern) else {
        problems.append("no tag: \(rest[start...].prefix(60))")
        return
      }
      let name = String(match.1)
      take(name, attributes: match.2, isClosed: !match.3.isEmpty)
      rest = rest[match.range.upperBound...]
      // What is in a script or a style is not markup.
      if ["script", "style"].contains(name) {
        guard let end = rest.range(of: "</\(name)>") else {
          problems.append("endless \(name)")
          return
        }
        rest = rest[end.lowerBound...]
      }
    }
    check(words: rest)
    if !open.isEmpty { problems.append("left open: \(open)") }
    if Set(ids).count != ids.count { problems.append("an id stands twice: \(ids)") }
    for (name, value) in attributes where name.hasSuffix(" aria-labelledby") {
      for id in value.split(separator: " ") where !ids.contains(String(id)) {
        problems.append("nothing has the id \(id)")
      }
    }
    for (name, value) in attributes
    where name == "a href" && !ids.contains(String(value.dropFirst())) {
      problems.append("a link leads nowhere: \(value)")
    }
  }

  private mutating func take(_ name: String, attributes: Substring, isClosed: Bool) {
    for match in attributes.matches(of: /([a-z][a-zA-Z0-9-]*)="([^"]*)"/) {
      self.attributes.append(("\(name) \(match.1)", String(match.2)))
      check(words: match.2)
      if match.1 == "id" { ids.append(String(match.2)) }
    }
    if name.hasPrefix("/") {
      let last = open.popLast()
      if last != String(name.dropFirst()) { problems.append("\(name) closes \(last ?? "nothing")") }
    } else if !isClosed, !name.hasPrefix("!"), !Self.void.contains(name) {
      open.append(name)
    }
    if name.count == 2, name.hasPrefix("h"), let level = Int(name.dropFirst()) {
      if level > (headings.last ?? 0) + 1 { problems.append("heading \(level) is too deep") }
      headings.append(level)
    }
  }

  private mutating func check(words: Substring) {
    let rest = words.replacing(/&(amp|lt|gt|quot|#39|nbsp);/, with: "")
    if rest.contains("&") || rest.contains(">") {
      problems.append("not escaped: \(words.prefix(80))")
    }
  }
}
