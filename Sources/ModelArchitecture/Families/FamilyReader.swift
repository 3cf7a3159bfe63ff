internal import Diagnostics

/// Evaluates a family's table on one config, and says what is missing or cannot be.
final class FamilyReader {
  let table: FamilyTable
  let keys: ConfigKeys
  let source: ConfigSource
  /// The layer that is being read; nil outside the layers.
  var layer: Int?
  /// The part of that layer that is being read.
  var part = 0
  /// What the checkpoint says of its modules' formats; nil when it is not quantized.
  var quantization: CheckpointQuantization?
  var formatsOfEveryLayer: [FormatKey: StoredFormat] = [:]
  private let layerNames: Set<String>
  private var constants: [String: FamilyValue] = [:]
  private var reported: Set<String> = []

  init(_ table: FamilyTable, _ keys: ConfigKeys, of source: ConfigSource) {
    self.table = table
    self.keys = keys
    self.source = source
    layerNames = table.layerNames
  }

  // MARK: Values

  func value(_ field: String) -> FamilyValue {
    table.fields[field].map(value) ?? .null
  }

  func value(_ formula: FamilyExpression) -> FamilyValue {
    formula.value { [self] in lookup($0) }
  }

  private func lookup(_ name: String) -> FamilyValue {
    switch name {
    case "i": return layer.map { .number(Double($0)) } ?? .null
    case "part": return .number(Double(part))
    default: break
    }
    guard let formula = table.definitions[name] else { return keys.value(of: name, layer: layer) }
    if keys.variesByLayer || layerNames.contains(name) { return value(formula) }
    if let known = constants[name] { return known }
    let found = value(formula)
    constants[name] = found
    return found
  }

  func flag(_ field: String) -> Bool { value(field).isTrue }

  func word<Word: CaseIterable & RawRepresentable<String>>(
    _ field: String, _ type: Word.Type
  ) -> Word? {
    let value = value(field)
    if value.isNull { return nil }
    if let word = value.text.flatMap(Word.init(rawValue:)) { return word }
    refuse(keyOf(field), "`\(value.shown)` in this family")
    return nil
  }

  /// A needed count from 1, or 1 after a report.
  func count(_ field: String, _ limit: Limit) -> Int {
    optionalCount(field, limit) ?? missing(field)
  }

  func optionalCount(_ field: String, _ limit: Limit) -> Int? {
    integer(field, in: 1...limit.rawValue)
  }

  /// Absent, null and 0 all mean none.
  func countOrNone(_ field: String, _ limit: Limit) -> Int {
    integer(field, in: 0...limit.rawValue) ?? 0
  }

  /// One side of a matrix; 0 where there is none.
  func side(_ formula: FamilyExpression, of name: String) -> Int {
    integer(formula, named: name, in: 0...Limit.innerTogether.rawValue) ?? 0
  }

  private func integer(_ field: String, in range: ClosedRange<Int>) -> Int? {
    integer(table.fields[field] ?? .literal(.null), named: field, in: range)
  }

  private func integer(
    _ formula: FamilyExpression, named name: String, in range: ClosedRange<Int>
  ) -> Int? {
    let value = value(formula)
    if value.isNull { return nil }
    guard let integer = value.integer, range.contains(integer) else {
      reportRange(name, formula, value, range)
      return range.lowerBound
    }
    return integer
  }

  // MARK: Reports

  /// A key in a field's formula that the file does not state or states as null, else its first.
  private func keyOf(_ field: String) -> String {
    let names = keyNames(table.fields[field] ?? .literal(.null), depth: 0)
    return names.first { keys.value(of: $0, layer: layer).isNull } ?? names.first ?? field
  }

  /// Names of keys, through the table's own names.
  private func keyNames(_ formula: FamilyExpression, depth: Int) -> [String] {
    formula.names.flatMap { name -> [String] in
      if name == "i" || name == "part" { return [] }
      guard let inner = table.definitions[name], depth < 8 else { return [name] }
      return keyNames(inner, depth: depth + 1)
    }
  }

  private func missing(_ field: String) -> Int {
    let key = keyOf(field)
    guard reported.insert("missing " + key).inserted else { return 1 }
    if let node = keys.node(of: key) {
      node.report("unsupported-value", "`\(node.path)` is not understood here")
    } else {
      let path = keys.text.path
      let name = path.isEmpty ? key : "\(path).\(key)"
      source.report(
        "missing-key", "missing key `\(name)`", at: keys.text.location,
        path: path.isEmpty ? nil : path)
    }
    return 1
  }

  private func reportRange(
    _ field: String, _ formula: FamilyExpression, _ value: FamilyValue, _ range: ClosedRange<Int>
  ) {
    let names = keyNames(formula, depth: 0)
    // The key whose own value it is, which the usual reader words best; else the first it is of.
    let named = names.first { keys.value(of: $0, layer: layer) == value }
    guard let key = named ?? names.first, reported.insert("range " + key).inserted else { return }
    guard let node = keys.node(of: key) else {
      source.report(
        "out-of-range",
        "`\(field)` must be from \(range.lowerBound) to \(range.upperBound): \(value.shown)",
        at: keys.text.location)
      return
    }
    if named != nil, node.scalar != nil {
      _ = node.integer(in: range)
    } else {
      node.report(
        "out-of-range",
        "`\(field)`, which follows from `\(node.path)`, must be from \(range.lowerBound) to "
          + "\(range.upperBound): \(value.shown)")
    }
  }

  /// Says that a value asks for something that no reader here describes.
  func refuse(_ key: String, _ why: String) {
    guard reported.insert("refused " + key).inserted else { return }
    guard let node = keys.node(of: key) else {
      source.report(
        "unsupported-value", "`\(key)` is not supported here: \(why)", at: keys.text.location)
      return
    }
    node.report("unsupported-value", "`\(node.path)` is not supported here: \(why)")
  }

  /// A list with one entry a layer has as many as there are layers.
  func checkLengths(layers: Int) {
    for formula in table.definitions.values.map({ $0 }) + table.fields.values.map({ $0 }) {
      for key in formula.listsByLayer where reported.insert("length " + key).inserted {
        guard case .list(let values) = keys.value(of: key), !values.isEmpty,
          values.count != layers, !source.hasProblems, let node = keys.node(of: key)
        else { continue }
        node.report(
          "layer-count",
          "`\(node.path)` must have one entry a layer: \(values.count) for \(layers) layers")
      }
    }
  }
}

extension FamilyExpression {
  /// Keys that are indexed by the layer.
  fileprivate var listsByLayer: [String] {
    switch self {
    case .index(.name(let key), .name("i")): [key]
    case .literal, .name: []
    case .list(let parts), .call(_, let parts): parts.flatMap(\.listsByLayer)
    case .index(let list, let place): list.listsByLayer + place.listsByLayer
    case .not(let part), .member(let part, _): part.listsByLayer
    case .binary(_, let left, let right): left.listsByLayer + right.listsByLayer
    case .conditional(let test, let then, let otherwise):
      test.listsByLayer + then.listsByLayer + otherwise.listsByLayer
    }
  }
}

/// The largest value a key may have: an order beyond any known model, and small enough that no
/// product of counts here leaves 64 bits.
enum Limit: Int {
  case layers = 1024
  case experts = 4096
  /// Heads, head dimensions and state dimensions.
  case heads = 8192
  case hidden = 131_072
  case inner = 1_048_576
  /// Widths of several feed-forwards side by side.
  case innerTogether = 4_294_967_296
  case vocabulary = 16_777_216
  case tokens = 1_099_511_627_776
  /// Parameters beside the usual ones.
  case parameters = 1_000_000_000_000_000
}
