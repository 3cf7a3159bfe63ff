internal import Yams

/// The keys of one mapping, read strictly: what is never asked for is an unknown key.
///
///     let map = node.mapping()
///     let ranks = map.optional("tensor")?.integer(in: 1...8) ?? 1
///     let file = map.required("file")?.string() ?? ""
///     map.finish()
///
/// `finish()` reports every key that no reader asked for, with the nearest one that a reader did.
package final class ConfigMapping {
  private let mapping: Node.Mapping
  private let owner: ConfigNode
  private let isStandIn: Bool
  private var asked: [String] = []

  init(_ mapping: Node.Mapping, of owner: ConfigNode, isStandIn: Bool = false) {
    self.mapping = mapping
    self.owner = owner
    self.isStandIn = isStandIn
    if !isStandIn { owner.source.observer?.reads(owner.pattern) }
  }

  package var path: String { owner.path }
  package var location: SourceLocation { owner.location }

  /// The keys in file order.
  package var keys: [String] { mapping.keys.compactMap { $0.scalar?.string } }

  package func optional(_ key: String) -> ConfigNode? {
    if !asked.contains(key) { asked.append(key) }
    owner.source.observer?.asks(owner.pattern, for: key)
    guard let (_, value) = mapping.first(where: { $0.key.scalar?.string == key }) else {
      return nil
    }
    let child = owner.child(key, value)
    return child.isNull ? nil : child
  }

  package func required(_ key: String) -> ConfigNode? {
    if !isStandIn { owner.source.observer?.needs(owner.pattern, key) }
    if let child = optional(key) { return child }
    if !isStandIn {
      let name = owner.path.isEmpty ? key : "\(owner.path).\(key)"
      owner.source.report(
        "missing-key", "missing key `\(name)`", at: owner.location,
        path: owner.path.isEmpty ? nil : owner.path,
        hint: owner.source.example(of: key, in: owner.path).map {
          "add for example `\(key): \($0)`"
        })
    }
    return nil
  }

  /// Every entry in file order, for mappings whose keys are names.
  package func entries() -> [(key: String, value: ConfigNode)] {
    owner.source.observer?.takesNames(owner.pattern)
    return contents(step: ProbeDocument.anyName)
  }

  /// Every entry again, of a mapping whose keys have been asked for.
  package func contents(step: String? = nil) -> [(key: String, value: ConfigNode)] {
    asked += keys
    return mapping.compactMap { entry in
      entry.key.scalar.map { ($0.string, owner.child($0.string, entry.value, step: step)) }
    }
  }

  /// Whether a key is there that is read elsewhere.
  package func has(_ key: String) -> Bool {
    owner.source.observer?.asks(owner.pattern, for: key)
    return keys.contains(key)
  }

  package func report(_ code: String, _ message: String, notes: [String] = [], hint: String? = nil)
  {
    owner.report(code, message, notes: notes, hint: hint)
  }

  /// Reports the keys nobody asked for.
  package func finish() {
    for (key, value) in mapping {
      guard let name = key.scalar?.string, asked.contains(name) else {
        let shown = key.scalar?.string ?? "(not text)"
        let place = owner.child(shown, value)
        var location = place.location
        if location.line != nil, let mark = key.mark {
          location.line = mark.line
          location.column = mark.column
        }
        let spaced = (place.isNull ? Self.spaced(shown) : nil)
          .map { "a space stands behind a colon: `\($0)`" }
        let nearest = Suggestion.nearest(to: shown, in: asked).map { "did you mean `\($0)`?" }
        let hint = spaced ?? nearest
        owner.source.report(
          "unknown-key", "unknown key `\(place.path)`", at: location, path: nil,
          notes: hint == nil ? ["known here: " + asked.joined(separator: ", ")] : [], hint: hint)
        continue
      }
    }
  }

  /// What was meant by `{rate:2}`, which is one key to YAML; nil without such a colon.
  private static func spaced(_ key: String) -> String? {
    guard let colon = key.firstIndex(of: ":"), colon > key.startIndex else { return nil }
    let value = key[key.index(after: colon)...]
    return value.isEmpty ? nil : "\(key[..<colon]): \(value)"
  }
}
