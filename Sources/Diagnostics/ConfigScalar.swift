internal import Yams

/// A scalar of a file as JSON and YAML understand it: quoted text is never a number or a truth
/// value.
package enum ConfigScalar: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
}

extension ConfigNode {
  /// The node's single value; nil for a mapping or a list.
  package var scalar: ConfigScalar? {
    guard let scalar = node.scalar else { return nil }
    guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
    if isNull { return .null }
    switch scalar.string {
    case "true", "True": return .boolean(true)
    case "false", "False": return .boolean(false)
    default: return Double(scalar.string).map { .number($0) } ?? .text(scalar.string)
    }
  }
}
