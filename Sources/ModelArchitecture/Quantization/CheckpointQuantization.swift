internal import Diagnostics

/// What a checkpoint says of the formats of its modules.
///
///     let quantization = CheckpointQuantization(reading: config, hasHead: ...)
///     quantization.format(of: .attentionOutput, layer: 3)
///
/// The rules are tried in order and the first that names a module decides; a module that none names
/// is in `fallback`.
struct CheckpointQuantization {
  struct Rule: Equatable {
    var patterns: ModulePatterns
    var format: StoredFormat
  }

  /// The method as the file names it: `compressed-tensors`, `modelopt`, `fp8`.
  var method: String
  var rules: [Rule] = []
  var fallback = StoredFormat.bfloat16
  /// The output head is in `fallback` too, which engines otherwise leave in 16 bits.
  var quantizesHead = false
  /// Engines quantize nothing but experts by this method.
  var expertsAlone = false
  /// The cache is in FP8 when nothing else is asked for.
  var hasFP8Cache = false
  /// Why the formats are not known; nil when they are.
  var unread: String?

  init(method: String) { self.method = method }

  var dependsOnLayer: Bool { rules.contains { $0.patterns.dependOnLayer } }

  /// What the output head is in: 16 bits unless a rule names it.
  var headFormat: StoredFormat {
    guard unread == nil else { return .bfloat16 }
    return rules.first { $0.patterns.nameHead }?.format ?? (quantizesHead ? fallback : .bfloat16)
  }

  /// - Parameter mixed: is told of a part whose modules do not have one format.
  func format(
    of part: LayerPart, isGated: Bool = true, in blocks: ModuleBlocks = ModuleBlocks(), layer: Int,
    mixed: (_ module: String) -> Void
  ) -> StoredFormat {
    if expertsAlone, part != .expertUp, part != .expertDown { return .bfloat16 }
    var found: StoredFormat?
    for aliases in ModuleNames.modules(of: part, isGated: isGated, in: blocks) {
      let format = format(aliases, layer, part)
      if let found, found != format {
        mixed("layers.\(layer).\(aliases[0])")
        return found
      }
      found = format
    }
    return found ?? fallback
  }

  private func format(_ aliases: [String], _ layer: Int, _ part: LayerPart) -> StoredFormat {
    for rule in rules where aliases.contains(where: { rule.patterns.match($0, layer: layer) }) {
      return rule.format
    }
    let byClass = rules.first { rule in
      rule.patterns.classes.contains { ModuleNames.isClass($0, of: part) }
    }
    return byClass?.format ?? fallback
  }

  mutating func add(_ node: ConfigNode?, as format: StoredFormat) {
    guard let node, !node.isNull else { return }
    add(node.isSequence ? node.sequence().map { $0.string() } : [node.string()], as: format, node)
  }

  mutating func add(_ names: [String], as format: StoredFormat, _ node: ConfigNode) {
    var patterns = ModulePatterns()
    for name in names where !patterns.add(name) {
      node.report(
        "unsupported-value", "`\(node.path)` has a pattern that is not understood: \(name)")
    }
    rules.append(Rule(patterns: patterns, format: format))
  }
}
