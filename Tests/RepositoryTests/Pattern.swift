import Foundation

/// A regular expression whose `^` and `$` are the ends of lines.
///
/// The literals of the language would confuse `CodeMasker`, which does not know them.
struct Pattern {
  struct Match {
    let line: Int
    /// UTF-16 units from the start, which are bytes in a masked text.
    let offset: Int
    /// The whole match and then its groups; empty where a group took no part.
    let groups: [String]
  }

  private let expression: NSRegularExpression

  init(_ pattern: String) {
    do {
      expression = try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
    } catch {
      preconditionFailure("bad pattern \(pattern): \(error)")
    }
  }

  func matches(in text: String) -> [Match] {
    let bridged = text as NSString
    let whole = NSRange(location: 0, length: bridged.length)
    let results = expression.matches(in: text, range: whole)
    guard !results.isEmpty else { return [] }
    let units = Array(text.utf16)
    var line = 1
    var position = 0
    return results.map { result in
      let offset = result.range.location
      while position < offset {
        if units[position] == 10 { line += 1 }
        position += 1
      }
      let groups = (0..<result.numberOfRanges).map { index in
        let range = result.range(at: index)
        return range.location == NSNotFound ? "" : bridged.substring(with: range)
      }
      return Match(line: line, offset: offset, groups: groups)
    }
  }
}
