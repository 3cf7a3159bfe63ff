/// A pattern over the names of modules: a regular expression or a glob, as checkpoints write them.
///
/// What Python's `re` has beyond this is not understood: back references, look-around, flags.
struct ModulePattern: Equatable, Sendable {
  fileprivate indirect enum Node: Equatable, Sendable {
    case byte(UInt8)
    case any
    case oneOf([ClosedRange<UInt8>], negated: Bool)
    case start
    case end
    case choice([[Node]])
    case several(Node, from: Int, to: Int)
  }

  private var nodes: [Node]

  /// `*`, `?` and `[...]`, over the whole name.
  init(glob: String) {
    nodes = []
    for byte in glob.utf8 {
      switch byte {
      case UInt8(ascii: "*"): nodes.append(.several(.any, from: 0, to: .max))
      case UInt8(ascii: "?"): nodes.append(.any)
      default: nodes.append(.byte(byte))
      }
    }
    nodes.append(.end)
  }

  /// From the beginning of the name, as Python's `re.match`; nil when it is not understood.
  init?(regularExpression text: String) {
    var parser = Parser(bytes: Array(text.utf8))
    guard let nodes = parser.alternatives(), parser.isAtEnd else { return nil }
    self.nodes = [nodes]
  }

  func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return Self.match(nodes[...], bytes, 0) { _ in true }
  }

  private static func match(
    _ nodes: ArraySlice<Node>, _ bytes: [UInt8], _ place: Int, _ rest: (Int) -> Bool
  ) -> Bool {
    guard let node = nodes.first else { return rest(place) }
    let others = nodes.dropFirst()
    switch node {
    case .start: return place == 0 && match(others, bytes, place, rest)
    case .end: return place == bytes.count && match(others, bytes, place, rest)
    case .choice(let list):
      return list.contains { choice in
        match(choice[...], bytes, place) { match(others, bytes, $0, rest) }
      }
    case .several(let one, let least, let most):
      return several(one, least, most, bytes, place) { match(others, bytes, $0, rest) }
    case .byte, .any, .oneOf:
      guard place < bytes.count, node.accepts(bytes[place]) else { return false }
      return match(others, bytes, place + 1, rest)
    }
  }

  /// Takes as many repeats as there are, then fewer, until the rest matches.
  private static func several(
    _ node: Node, _ least: Int, _ most: Int, _ bytes: [UInt8], _ place: Int, _ rest: (Int) -> Bool
  ) -> Bool {
    if node.isOneByte {
      var end = place
      while end < bytes.count, end - place < most, node.accepts(bytes[end]) { end += 1 }
      while end - place >= least {
        if rest(end) { return true }
        end -= 1
      }
      return false
    }
    if most > 0 {
      let more = match([node], bytes, place) { next in
        next > place
          && several(node, max(0, least - 1), most == .max ? most : most - 1, bytes, next, rest)
      }
      if more { return true }
    }
    return least == 0 && rest(place)
  }

  private struct Parser {
    let bytes: [UInt8]
    var place = 0

    var isAtEnd: Bool { place == bytes.count }
    private var next: Character? { isAtEnd ? nil : Character(UnicodeScalar(bytes[place])) }

    private mutating func take(_ character: Character) -> Bool {
      guard next == character else { return false }
      place += 1
      return true
    }

    mutating func alternatives() -> Node? {
      var choices: [[Node]] = []
      repeat {
        guard let sequence = sequence() else { return nil }
        choices.append(sequence)
      } while take("|")
      return .choice(choices)
    }

    private mutating func sequence() -> [Node]? {
      var nodes: [Node] = []
      while let character = next, character != "|", character != ")" {
        guard let atom = atom(), let node = repeated(atom) else { return nil }
        nodes.append(node)
      }
      return nodes
    }

    private mutating func repeated(_ atom: Node) -> Node? {
      let node: Node
      if take("*") {
        node = .several(atom, from: 0, to: .max)
      } else if take("+") {
        node = .several(atom, from: 1, to: .max)
      } else if take("?") {
        return .several(atom, from: 0, to: 1)
      } else if take("{") {
        guard let least = number() else { return nil }
        let most = take(",") ? number() ?? .max : least
        guard take("}") else { return nil }
        node = .several(atom, from: least, to: most)
      } else {
        return atom
      }
      // Whether it takes few or many first does not change what matches.
      _ = take("?")
      return node
    }

    private mutating func number() -> Int? {
      var digits = ""
      while let character = next, character.isNumber {
        digits.append(character)
        place += 1
      }
      return Int(digits)
    }

    private mutating func atom() -> Node? {
      defer { place += 1 }
      switch next {
      case ".": return .any
      case "^": return .start
      case "$": return .end
      case "[": return set()
      case "(":
        place += 1
        if take("?"), !take(":") { return nil }
        guard let inner = alternatives(), next == ")" else { return nil }
        return inner
      case "\\":
        place += 1
        return next.flatMap(escaped)
      case "*", "+", "?", "{", nil: return nil
      default: return .byte(bytes[place])
      }
    }

    private func escaped(_ character: Character) -> Node? {
      let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
      let letters = [
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_")...UInt8(ascii: "_"),
      ]
      switch character {
      case "d": return .oneOf([digits], negated: false)
      case "D": return .oneOf([digits], negated: true)
      case "w": return .oneOf(letters + [digits], negated: false)
      case "W": return .oneOf(letters + [digits], negated: true)
      default: return character.isLetter || character.isNumber ? nil : .byte(bytes[place])
      }
    }

    /// From its bracket to the closing one, at which it stays.
    private mutating func set() -> Node? {
      place += 1
      let negated = take("^")
      var ranges: [ClosedRange<UInt8>] = []
      while let character = next, character != "]" {
        let low = bytes[place]
        place += 1
        if next == "-", place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "]") {
          let high = bytes[place + 1]
          guard low <= high else { return nil }
          ranges.append(low...high)
          place += 2
        } else {
          ranges.append(low...low)
        }
      }
      return next == "]" ? .oneOf(ranges, negated: negated) : nil
    }
  }
}

extension ModulePattern.Node {
  fileprivate var isOneByte: Bool {
    switch self {
    case .byte, .any, .oneOf: true
    case .start, .end, .choice, .several: false
    }
  }

  fileprivate func accepts(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .any: true
    case .oneOf(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
    case .start, .end, .choice, .several: false
    }
  }
}
