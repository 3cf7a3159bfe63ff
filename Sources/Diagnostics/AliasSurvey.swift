internal import Yams

/// How large a YAML text becomes with its aliases, found without following them.
///
/// The parser hashes keys and the readers walk values, and both follow aliases: thirty lines of
/// `b: &b [*a, *a]` take longer than a life. So the text is first composed with each `*` turned
/// into a letter. That makes an alias plain text, which cannot grow, and leaves everything else
/// where it was.
struct AliasSurvey {
  /// What a node is with its aliases.
  struct Extent {
    /// Itself and everything below it; saturates.
    var values = 1
    var height = 1
  }

  /// A character that stands for `*`: of the private use area, so that no file has it by itself.
  private static let stand: Unicode.Scalar = "\u{E000}"

  static func withoutAliases(_ text: String) -> String { replacing("*", by: stand, in: text) }
  static func withAliases(_ text: String) -> String { replacing(stand, by: "*", in: text) }

  /// By scalars: a combining mark behind a `*` is no part of it for the parser.
  private static func replacing(
    _ old: Unicode.Scalar, by new: Unicode.Scalar, in text: String
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == old ? new : scalar) }
    return String(scalars)
  }

  /// Where a key stands that is or holds an alias or a structure, or an alias that runs into other
  /// text, from which on the parser would read something else.
  private(set) var computedKey: Mark?
  private var anchors: [String: Extent] = [:]

  /// The extent of a document composed of a text without aliases.
  mutating func extent(of node: Node) -> Extent {
    var extent = Extent()
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        if key.scalar.map(Self.isAlias) != false { computedKey = computedKey ?? key.mark }
        include(key, in: &extent)
        include(value, in: &extent)
      }
    case .sequence(let sequence):
      for entry in sequence { include(entry, in: &extent) }
    case .scalar(let scalar) where Self.isAlias(scalar):
      let name = scalar.string.unicodeScalars.dropFirst()
      if !name.allSatisfy(Self.isOfName) { computedKey = computedKey ?? scalar.mark }
      // An alias of nothing is left to the parser to refuse.
      extent = anchors[String(String.UnicodeScalarView(name))] ?? extent
    case .scalar, .alias: break
    }
    if let anchor = node.anchor { anchors[anchor.rawValue] = extent }
    return extent
  }

  private mutating func include(_ node: Node, in whole: inout Extent) {
    let part = extent(of: node)
    whole.values =
      whole.values.addingReportingOverflow(part.values).overflow
      ? .max : whole.values + part.values
    whole.height = max(whole.height, part.height + 1)
  }

  /// Quoted text may begin with anything.
  private static func isAlias(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && scalar.string.unicodeScalars.first == stand
  }

  /// What the parser takes for a letter of an alias's name.
  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
