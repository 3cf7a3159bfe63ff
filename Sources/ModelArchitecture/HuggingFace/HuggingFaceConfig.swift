internal import Diagnostics

/// Reads a Hugging Face `config.json`, unmodified, into an `Architecture`.
///
///     let model = try HuggingFaceConfig.read(text, file: "config.json", name: "my/model")
///
/// A family that is not known is refused, never read as a similar one: one unknown term in the
/// attention changes memory and time by more than any other error of the simulator.
package enum HuggingFaceConfig {
  /// - Throws: `InvalidInput` with every problem of the file, in file order.
  package static func read(_ text: String, file: String, name: String) throws -> Architecture {
    let source = ConfigSource(file: file, kind: "model")
    let root = try source.parse(text).mapping()
    try source.check()
    guard let family = ModelFamily.of(root) else {
      try source.check()
      preconditionFailure("a missing family was not reported: \(file)")
    }
    let fields = ModelFields(root, of: source)
    let shape = family.shape(fields)
    let architecture = Architecture(
      name: name, family: family.rawValue, hiddenSize: fields.hiddenSize,
      vocabularySize: vocabularySize(fields, shape),
      tiesEmbeddings: fields.optionalAnywhere("tie_word_embeddings")?.boolean()
        ?? shape.tiesEmbeddingsByDefault,
      maximumContext: fields.optionalCount("max_position_embeddings", .tokens)
        ?? shape.defaultMaximumContext,
      hasPostNorms: shape.hasPostNorms, layers: shape.layers,
      multiTokenPredictionLayers: shape.multiTokenPredictionLayers,
      checkpointWeights: fields.checkpointWeights)
    try source.check()
    return architecture
  }

  private static func vocabularySize(_ fields: ModelFields, _ shape: FamilyShape) -> Int {
    if let value = shape.defaultVocabularySize {
      return fields.count("vocab_size", .vocabulary, default: value)
    }
    return fields.count("vocab_size", .vocabulary)
  }
}

/// What a family's reader finds beyond the keys that all families share.
struct FamilyShape {
  var layers: [Layer]
  var multiTokenPredictionLayers = 0
  var hasPostNorms = false
  // Defaults of the family's class in transformers, for keys that its files leave out.
  var tiesEmbeddingsByDefault = false
  var defaultVocabularySize: Int?
  var defaultMaximumContext: Int?
}
