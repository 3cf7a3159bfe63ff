/// A list of patterns as one file has it, arranged by what they can name.
///
/// A literal names a module, what it is in, or a part of its path: `self_attn` is every matrix of
/// attention, `model.layers.3` all of a layer, `mlp.gate` the router and not `mlp.gate_proj`.
struct ModulePatterns: Equatable, Sendable {
  private var literals: Set<String> = []
  private var globs: [Int: [ModulePattern]] = [:]
  private var generalGlobs: [ModulePattern] = []
  private var expressions: [ModulePattern] = []
  private(set) var classes: [String] = []
  /// Whether one of them is about the output head.
  private(set) var nameHead = false
  /// Whether it can matter which layer a module is in.
  private(set) var dependOnLayer = false

  var isEmpty: Bool {
    literals.isEmpty && globs.isEmpty && generalGlobs.isEmpty && expressions.isEmpty
  }

  /// False when the pattern is not understood.
  mutating func add(_ text: String) -> Bool {
    if text.contains("lm_head") || text == "head" { nameHead = true }
    if text.hasPrefix("re:") { return add(regularExpression: String(text.dropFirst(3))) }
    let name = Self.bare(text)
    if name.hasPrefix("layers.") || name.contains(where: \.isNumber) { dependOnLayer = true }
    guard name.contains(where: { $0 == "*" || $0 == "?" }) else {
      if name.first?.isUppercase == true { classes.append(name) }
      literals.insert(name)
      return true
    }
    if let layer = Self.layer(of: name) {
      globs[layer, default: []].append(ModulePattern(glob: name))
    } else {
      generalGlobs.append(ModulePattern(glob: name))
    }
    return true
  }

  mutating func add(regularExpression text: String) -> Bool {
    guard let pattern = ModulePattern(regularExpression: text) else { return false }
    if !text.replacing("\\.", with: "").isPlain { dependOnLayer = true }
    expressions.append(pattern)
    return true
  }

  /// - Parameter module: without what stands before its block: `self_attn.q_proj`.
  func match(_ module: String, layer: Int) -> Bool {
    let path = "layers.\(layer)"
    let parts = module.split(separator: ".")
    let inside = (0..<parts.count).flatMap { start in
      (start + 1...parts.count).map { parts[start..<$0].joined(separator: ".") }
    }
    // The module and what it is in, from the layer down.
    let around = [path] + (1...parts.count).map { "\(path)." + parts[..<$0].joined(separator: ".") }
    if around.contains(where: literals.contains) || inside.contains(where: literals.contains) {
      return true
    }
    let own = globs[layer] ?? []
    if own.contains(where: { glob in around.contains { glob.matches($0) } }) { return true }
    if generalGlobs.contains(where: { glob in (around + inside).contains { glob.matches($0) } }) {
      return true
    }
    return expressions.contains { pattern in
      Self.beforeLayers.contains { pattern.matches("\($0)\(path).\(module)") }
    }
  }

  /// What an expression may expect before `layers`.
  private static let beforeLayers = [
    "model.", "language_model.model.", "model.language_model.", "backbone.",
  ]

  private static func bare(_ text: String) -> String {
    for prefix in ModuleNames.prefixes where text.hasPrefix(prefix + "layers.") {
      return String(text.dropFirst(prefix.count))
    }
    return text
  }

  /// The layer that a glob is about, when it is one.
  private static func layer(of name: String) -> Int? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0] == "layers" else { return nil }
    return Int(parts[1])
  }
}

extension String {
  /// Has neither numbers nor what may stand for them, nor the word before them.
  fileprivate var isPlain: Bool {
    !contains("layers") && !contains { $0.isNumber || $0 == "\\" || $0 == "[" }
  }
}
