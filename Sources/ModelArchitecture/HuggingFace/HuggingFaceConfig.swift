internal import Diagnostics

/// Reads a Hugging Face `config.json`, unmodified, into an `Architecture`.
///
///     let model = try HuggingFaceConfig.read(text, file: "config.json", name: "my/model")
///
/// A family that is not known is refused, never read as a similar one: one unknown term in the
/// attention changes memory and time by more than any other error of the simulator.
package enum HuggingFaceConfig {
  /// A file beside the config that says what its modules are quantized to.
  package struct QuantizationFile {
    var text: String
    var path: String

    package init(text: String, path: String) {
      self.text = text
      self.path = path
    }
  }

  /// - Parameter beside: `hf_quant_config.json`, which counts where the config itself says nothing.
  /// - Throws: `InvalidInput` with every problem of the file, in file order.
  package static func read(
    _ text: String, file: String, name: String, beside: QuantizationFile? = nil
  ) throws -> Architecture {
    let source = ConfigSource(file: file, kind: "model")
    let root = try source.parse(text).mapping()
    try source.check()
    guard let type = type(of: root), let family = family(type, root) else {
      try source.check()
      preconditionFailure("a missing family was not reported: \(file)")
    }
    let keys = ConfigKeys(root: root, text: family.text, table: family.table)
    let fields = ModelFields(root: root, text: keys.text)
    let reader = FamilyReader(family.table, keys, of: source)
    reader.quantization = CheckpointQuantization.read(fields, beside: try mapping(beside))
    var architecture = reader.architecture(name: name)
    architecture.family = type
    architecture.checkpointWeights = fields.plainWeights
    if !architecture.isEncoder, let head = ScoreHead(root, family: type) {
      architecture.scoreHead = head
      architecture.surroundings.add(head, hiddenSize: architecture.hiddenSize)
    }
    try source.check()
    if let quantization = reader.quantization {
      if architecture.headParameters > 0 {
        architecture.surroundings.headFormat = quantization.headFormat
      }
      architecture.describe(quantization)
    }
    return architecture.draftVocabularySize == nil ? architecture : architecture.asHead(.eagle3)
  }

  private static func mapping(_ file: QuantizationFile?) throws -> ConfigMapping? {
    guard let file else { return nil }
    let source = ConfigSource(file: file.path, kind: "model")
    let root = try source.parse(file.text).mapping()
    try source.check()
    return root
  }

  /// The `model_type`, or that of the first known class in `architectures` where there is none.
  private static func type(of root: ConfigMapping) -> String? {
    if let node = root.optional("model_type") { return node.string() }
    let classes = root.optional("architectures").map { $0.isSequence ? $0.sequence() : [] } ?? []
    for node in classes {
      if let type = FamilyCatalogue.type(ofClass: node.string()) { return type }
    }
    _ = root.required("model_type")
    return nil
  }

  private struct Family {
    var table: FamilyTable
    /// The language model's keys, when they lie in a mapping of their own.
    var text: ConfigMapping?
  }

  /// A family that wraps a language model lays what it changes over that one's table.
  private static func family(_ type: String, _ root: ConfigMapping) -> Family? {
    guard let table = understood(type, in: root) else { return nil }
    guard let inner = table.textFamily else { return Family(table: table, text: nil) }
    let text = table.text.lazy.compactMap { mapping($0, in: root) }.first
    let stated = text?.optional("model_type")?.string()
    // A config of words alone, as `text_config: {model_type: ...}` of a type that the wrapper has.
    guard let textTable = understood(stated ?? inner, in: text ?? root) else { return nil }
    return Family(table: FamilyCatalogue.table(type, over: textTable) ?? table, text: text)
  }

  private static func mapping(_ path: String, in root: ConfigMapping) -> ConfigMapping? {
    var map: ConfigMapping? = root
    for key in path.split(separator: ".") {
      let node = map?.optional(String(key))
      map = node?.isMapping == true ? node?.mapping() : nil
    }
    return map
  }

  private static func understood(_ type: String, in map: ConfigMapping) -> FamilyTable? {
    guard let table = FamilyCatalogue.table(type) else {
      let nearest = Suggestion.nearest(to: type, in: FamilyCatalogue.types)
      report(
        map, "unsupported model family: `\(type)`",
        notes: ["nothing is known of it, so it is read as no other"],
        hint: nearest.map { "did you mean `\($0)`?" })
      return nil
    }
    guard let reason = table.notUnderstood else { return table }
    report(map, "unsupported model family: `\(type)`", notes: ["not understood: \(reason)"])
    return nil
  }

  private static func report(
    _ map: ConfigMapping, _ message: String, notes: [String] = [], hint: String? = nil
  ) {
    if let node = map.optional("model_type") {
      node.report("unsupported-family", message, notes: notes, hint: hint)
    } else {
      map.report("unsupported-family", message, notes: notes, hint: hint)
    }
  }
}
