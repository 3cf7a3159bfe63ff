internal import Diagnostics

/// The keys of one `config.json` that concern the whole file, whatever its family.
struct ModelFields {
  /// The whole file.
  let root: ConfigMapping
  /// The language model's keys.
  let text: ConfigMapping

  /// A key of the language model that a multimodal file may also give for the whole model.
  func optionalAnywhere(_ key: String) -> ConfigNode? { text.optional(key) ?? root.optional(key) }
}
