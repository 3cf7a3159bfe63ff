internal import Diagnostics

/// The keys of one `config.json`, read with the limits that keep every later product exact.
///
/// Configs carry dozens of keys that do not concern cost, so a key nobody asks for is not an error.
/// In multimodal files the language model's keys lie under `text_config`.
struct ModelFields {
  let source: ConfigSource
  /// The whole file.
  let root: ConfigMapping
  /// The language model's keys: `text_config` where there is one, else the whole file.
  let text: ConfigMapping
  let hiddenSize: Int
  let layerCount: Int

  init(_ root: ConfigMapping, of source: ConfigSource) {
    self.source = source
    self.root = root
    text = root.optional("text_config")?.mapping() ?? root
    hiddenSize = text.required("hidden_size")?.integer(in: 1...Limit.hidden.rawValue) ?? 1
    layerCount = text.required("num_hidden_layers")?.integer(in: 1...Limit.layers.rawValue) ?? 1
  }

  func optional(_ key: String) -> ConfigNode? { text.optional(key) }

  /// A key of the language model that a multimodal file may also give for the whole model.
  func optionalAnywhere(_ key: String) -> ConfigNode? { text.optional(key) ?? root.optional(key) }

  /// A needed count of at least 1, or 1 after a report.
  func count(_ key: String, _ limit: Limit) -> Int {
    text.required(key)?.integer(in: 1...limit.rawValue) ?? 1
  }

  /// A count with the value that the family's class in transformers gives it.
  func count(_ key: String, _ limit: Limit, default value: Int) -> Int {
    optionalCount(key, limit) ?? value
  }

  func optionalCount(_ key: String, _ limit: Limit) -> Int? {
    text.optional(key)?.integer(in: 1...limit.rawValue)
  }

  /// A count that may be 0 or absent, both meaning none.
  func countOrNone(_ key: String, _ limit: Limit) -> Int {
    text.optional(key)?.integer(in: 0...limit.rawValue) ?? 0
  }

  func flag(_ key: String, default value: Bool = false) -> Bool {
    text.optional(key)?.boolean() ?? value
  }

  /// Where a pattern of layers starts or repeats: 0 or more.
  func position(_ key: String) -> Int {
    text.required(key)?.integer(in: 0...Limit.layers.rawValue) ?? 0
  }

  /// A list with one entry a layer, or nil when it is absent, empty or of another length.
  func perLayer<Element>(
    _ key: String, _ element: (ConfigNode) -> Element
  ) -> [Element]? {
    guard let node = text.optional(key) else { return nil }
    let values = node.sequence().map(element)
    guard !values.isEmpty else { return nil }
    checkLayerCount(values.count, of: key)
    return values.count == layerCount ? values : nil
  }

  func checkLayerCount(_ entries: Int, of key: String) {
    // The count may be the stand-in for one that was reported already.
    guard entries != layerCount, !source.hasProblems, let node = text.optional(key) else { return }
    node.report(
      "layer-count",
      "`\(node.path)` must have one entry a layer: \(entries) for \(layerCount) layers")
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
  case vocabulary = 16_777_216
  case tokens = 1_099_511_627_776
}
