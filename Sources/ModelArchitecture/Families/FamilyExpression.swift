/// A formula over the keys of a config, as a family table writes it.
///
/// The notation is Python's, so that a table can be held beside the library's module: `a if c else
/// b`, `and`, `or`, `not`, `in`, comparisons, `+ - * // %`, lists, `x[i]`, texts in single quotes;
/// and `x[i].y` for a key of a mapping.
/// `a otherwise b` is `b` where `a` is null; arithmetic with null is null. `i` is the layer from 0.
indirect enum FamilyExpression: Equatable, Sendable {
  case literal(FamilyValue)
  /// A key of the config or a name that the table defines.
  case name(String)
  case list([FamilyExpression])
  case call(Function, [FamilyExpression])
  case index(FamilyExpression, FamilyExpression)
  case member(FamilyExpression, String)
  case not(FamilyExpression)
  case binary(Operator, FamilyExpression, FamilyExpression)
  case conditional(FamilyExpression, then: FamilyExpression, otherwise: FamilyExpression)

  enum Operator: String, CaseIterable, Sendable {
    case or, and
    case isIn = "in"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case otherwise
    case plus = "+"
    case minus = "-"
    case times = "*"
    case floorDivided = "//"
    case remainder = "%"
  }

  enum Function: String, CaseIterable, Sendable {
    /// Entries of a list or letters of a text; null of what is neither.
    case length
    /// How often the second occurs in the first.
    case count
    case smallest = "min"
    case largest = "max"
    /// Down to a whole number.
    case floor
    /// A key is there and not null.
    case has
  }

  /// Whether the value can differ from layer to layer, given the names that do.
  func depends(on names: Set<String>) -> Bool {
    switch self {
    case .literal: false
    case .name(let name): names.contains(name)
    case .list(let parts), .call(_, let parts): parts.contains { $0.depends(on: names) }
    case .index(let list, let place): list.depends(on: names) || place.depends(on: names)
    case .not(let part), .member(let part, _): part.depends(on: names)
    case .binary(_, let left, let right): left.depends(on: names) || right.depends(on: names)
    case .conditional(let test, let then, let otherwise):
      test.depends(on: names) || then.depends(on: names) || otherwise.depends(on: names)
    }
  }

  /// The names in it, in order of appearance.
  var names: [String] {
    switch self {
    case .literal: []
    case .name(let name): [name]
    case .list(let parts), .call(_, let parts): parts.flatMap(\.names)
    case .index(let list, let place): list.names + place.names
    case .not(let part), .member(let part, _): part.names
    case .binary(_, let left, let right): left.names + right.names
    case .conditional(let test, let then, let otherwise):
      then.names + otherwise.names + test.names
    }
  }
}

extension FamilyExpression {
  /// The value, with names looked up by the caller.
  func value(_ lookup: (String) -> FamilyValue) -> FamilyValue {
    switch self {
    case .literal(let value): return value
    case .name(let name): return lookup(name)
    case .list(let parts): return .list(parts.map { $0.value(lookup) })
    case .call(let function, let parts):
      return Self.apply(function, parts.map { $0.value(lookup) })
    case .index(let list, let place):
      return Self.element(list.value(lookup), at: place.value(lookup))
    case .member(let part, let key):
      guard case .mapping(let entries) = part.value(lookup) else { return .null }
      return entries[key] ?? .null
    case .not(let part): return .boolean(!part.value(lookup).isTrue)
    case .conditional(let test, let then, let otherwise):
      return (test.value(lookup).isTrue ? then : otherwise).value(lookup)
    case .binary(.and, let left, let right):
      return .boolean(left.value(lookup).isTrue && right.value(lookup).isTrue)
    case .binary(.or, let left, let right):
      return .boolean(left.value(lookup).isTrue || right.value(lookup).isTrue)
    case .binary(.otherwise, let left, let right):
      let value = left.value(lookup)
      return value.isNull ? right.value(lookup) : value
    case .binary(let sign, let left, let right):
      return Self.apply(sign, left.value(lookup), right.value(lookup))
    }
  }

  private static func element(_ list: FamilyValue, at place: FamilyValue) -> FamilyValue {
    guard let index = place.integer else { return .null }
    switch list {
    case .list(let values):
      let place = index < 0 ? values.count + index : index
      return values.indices.contains(place) ? values[place] : .null
    case .text(let text):
      guard index >= 0, let letter = text.dropFirst(index).first else { return .null }
      return .text(String(letter))
    default: return .null
    }
  }

  private static func apply(
    _ sign: Operator, _ left: FamilyValue, _ right: FamilyValue
  ) -> FamilyValue {
    switch sign {
    case .equal: return .boolean(left.isEqual(to: right))
    case .unequal: return .boolean(!left.isEqual(to: right))
    case .isIn:
      guard case .list(let values) = right else { return .boolean(false) }
      return .boolean(values.contains { $0.isEqual(to: left) })
    default: break
    }
    guard let left = left.number, let right = right.number else { return .null }
    switch sign {
    case .less: return .boolean(left < right)
    case .atMost: return .boolean(left <= right)
    case .more: return .boolean(left > right)
    case .atLeast: return .boolean(left >= right)
    case .plus: return .number(left + right)
    case .minus: return .number(left - right)
    case .times: return .number(left * right)
    case .floorDivided: return right == 0 ? .null : .number((left / right).rounded(.down))
    case .remainder:
      return right == 0 ? .null : .number(left - right * (left / right).rounded(.down))
    case .or, .and, .isIn, .equal, .unequal, .otherwise: return .null
    }
  }

  private static func apply(_ function: Function, _ values: [FamilyValue]) -> FamilyValue {
    let numbers = values.compactMap(\.number)
    switch function {
    case .length:
      switch values.first {
      case .list(let entries): return .number(Double(entries.count))
      case .text(let text): return .number(Double(text.count))
      default: return .null
      }
    case .count:
      guard values.count == 2 else { return .null }
      switch values[0] {
      case .list(let entries):
        return .number(Double(entries.count { $0.isEqual(to: values[1]) }))
      case .text(let text): return .number(Double(text.count { .text(String($0)) == values[1] }))
      default: return .null
      }
    case .smallest: return numbers.min().map { .number($0) } ?? .null
    case .largest: return numbers.max().map { .number($0) } ?? .null
    case .floor: return numbers.first.map { .number($0.rounded(.down)) } ?? .null
    case .has: return .boolean(values.first.map { !$0.isNull } ?? false)
    }
  }
}
