extension FamilyExpression {
  /// What is wrong with a formula; tables travel in the binary, so a test finds it first.
  struct SyntaxError: Error, Equatable {
    var text: String
    var message: String
  }

  init(parsing text: String) throws {
    var parser = Parser(tokens: try Token.list(text), text: text)
    self = try parser.conditional()
    if let extra = parser.peek { throw parser.error("`\(extra)` is left over") }
  }

  /// Recursive descent, one method a level of precedence, loosest first.
  private struct Parser {
    let tokens: [String]
    let text: String
    var position = 0

    var peek: String? { position < tokens.count ? tokens[position] : nil }

    func error(_ message: String) -> SyntaxError { SyntaxError(text: text, message: message) }

    mutating func take(_ token: String) -> Bool {
      guard peek == token else { return false }
      position += 1
      return true
    }

    mutating func expect(_ token: String) throws {
      guard take(token) else { throw error("`\(token)` expected, not `\(peek ?? "the end")`") }
    }

    mutating func conditional() throws -> FamilyExpression {
      let value = try level(0)
      guard take("if") else { return value }
      let test = try level(0)
      try expect("else")
      return .conditional(test, then: value, otherwise: try conditional())
    }

    /// Operators that bind alike, from the loosest; `not` stands before the comparisons.
    private static let levels: [[Operator]] = [
      [.or], [.and], [.equal, .unequal, .less, .atMost, .more, .atLeast, .isIn], [.otherwise],
      [.plus, .minus], [.times, .floorDivided, .remainder],
    ]

    private mutating func level(_ depth: Int) throws -> FamilyExpression {
      guard depth < Self.levels.count else { return try postfix() }
      if depth == 2, take("not") { return .not(try level(2)) }
      var value = try level(depth + 1)
      while let sign = Self.levels[depth].first(where: { $0.rawValue == peek }) {
        position += 1
        value = .binary(sign, value, try level(depth + 1))
      }
      return value
    }

    private mutating func postfix() throws -> FamilyExpression {
      var value = try primary()
      while true {
        if take("[") {
          let place = try conditional()
          try expect("]")
          value = .index(value, place)
        } else if take(".") {
          guard let path = peek else { throw error("a key is missing after `.`") }
          position += 1
          for key in path.split(separator: ".") { value = .member(value, String(key)) }
        } else {
          return value
        }
      }
    }

    private mutating func primary() throws -> FamilyExpression {
      guard let token = peek else { throw error("it ends too early") }
      position += 1
      switch token {
      case "(":
        let value = try conditional()
        try expect(")")
        return value
      case "[": return .list(try list(until: "]"))
      case "-": return .binary(.minus, .literal(.number(0)), try postfix())
      case "true": return .literal(.boolean(true))
      case "false": return .literal(.boolean(false))
      case "null": return .literal(.null)
      default: break
      }
      if let number = Double(token) { return .literal(.number(number)) }
      if token.first == "'" { return .literal(.text(String(token.dropFirst()))) }
      guard let first = token.first, first.isLetter || first == "_" else {
        throw error("`\(token)` is not expected here")
      }
      guard take("(") else { return .name(token) }
      guard let function = Function(rawValue: token) else {
        throw error("`\(token)` is not a function")
      }
      return .call(function, try list(until: ")"))
    }

    private mutating func list(until end: String) throws -> [FamilyExpression] {
      var parts: [FamilyExpression] = []
      while !take(end) {
        parts.append(try conditional())
        if !take(",") {
          try expect(end)
          break
        }
      }
      return parts
    }
  }

  /// Cuts a formula into words, numbers, signs, and texts that keep their opening quote.
  private enum Token {
    static func list(_ text: String) throws -> [String] {
      var tokens: [String] = []
      var rest = Substring(text)
      while let first = rest.first {
        if first.isWhitespace {
          rest.removeFirst()
        } else if first.isLetter || first.isNumber || first == "_" {
          let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
          tokens.append(String(word))
          rest.removeFirst(word.count)
        } else if first == "'" {
          rest.removeFirst()
          guard let end = rest.firstIndex(of: "'") else {
            throw SyntaxError(text: text, message: "a text is not closed")
          }
          tokens.append("'" + rest[..<end])
          rest = rest[rest.index(after: end)...]
        } else {
          let pair = String(rest.prefix(2))
          let sign = ["==", "!=", "<=", ">=", "//"].contains(pair) ? pair : String(first)
          tokens.append(sign)
          rest.removeFirst(sign.count)
        }
      }
      return tokens
    }
  }
}
