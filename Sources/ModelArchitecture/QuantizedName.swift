/// The name of a checkpoint that says its format at the end: `Qwen/Qwen3-32B-AWQ`.
///
/// It has the shape of the model that is named before, and a half or a quarter of its bytes.
package struct QuantizedName: Equatable, Sendable {
  /// The model in the catalogue; nil where none is called so.
  package let model: String?
  /// As `quantization.weights` calls it.
  package let format: String

  /// Endings as publishers write them, those that end in another one first.
  package static let endings: [(text: String, format: String)] = [
    ("-unsloth-bnb-4bit", "int4"), ("-bnb-4bit", "int4"), ("-gptq-int4", "int4"),
    ("-gptq-int8", "int8"), ("-awq-int4", "int4"), ("-awq", "int4"), ("-gptq", "int4"),
    ("-int4", "int4"), ("-int8", "int8"), ("-4bit", "int4"), ("-8bit", "int8"),
    ("-quantized.w4a16", "int4"), ("-quantized.w8a8", "int8"), ("-w4a16", "int4"),
    ("-w8a8", "int8"), ("-fp8-dynamic", "fp8"), ("-fp8-block", "fp8_block"), ("-fp8-kv", "fp8"),
    ("-fp8", "fp8"),
    ("-nvfp4", "nvfp4"), ("-mxfp4", "mxfp4"), ("-fp4", "nvfp4"), ("-gguf", "int4"),
  ]

  /// Nil where a name does not end in a format.
  package init?(_ name: String) {
    let lowered = name.lowercased()
    guard let ending = Self.endings.first(where: { lowered.hasSuffix($0.text) }) else { return nil }
    model = Self.known(String(name.dropLast(ending.text.count)))
    format = ending.format
  }

  /// Whoever quantizes a model publishes it under a name of their own, often like `Meta-Llama-3.1`.
  private static func known(_ name: String) -> String? {
    let bare = ModelCatalogue.bareName(name)
    let short = bare.hasPrefix("Meta-") ? String(bare.dropFirst(5)) : bare
    for candidate in [name, bare, short, short + "-hf"] {
      if let variant = ModelVariants.named(candidate) { return variant.name }
      if let full = ModelCatalogue.fullName(of: candidate) { return full }
    }
    let alike = ModelCatalogue.names.filter { ModelCatalogue.isAlike(short, $0) }
    return alike.count == 1 ? alike[0] : nil
  }
}
